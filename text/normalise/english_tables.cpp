#include "text/normalise/english_tables.h"

#include "text/normalise/measures.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "point", w.minus = "minus", w.plus = "plus", w.percent = "percent";
  w.per_mille = "per mille", w.and_ = "and", w.to = "to", w.times = "times", w.by = "by";
  w.equals = "equals", w.degrees = "degrees", w.number = "number", w.at = "at", w.dot = "dot";
  w.slash = "slash", w.dash = "dash", w.underscore = "underscore", w.colon = "colon";
  w.hashtag = "hashtag", w.section = "section", w.copyright = "copyright", w.about = "about";
  w.plus_minus = "plus or minus", w.divided_by = "divided by", w.less_than = "less than";
  w.greater_than = "greater than", w.square = "square", w.cubic = "cubic", w.per = "per";
  w.flag_of = "flag of", w.power = "to the power of", w.out_of = "out of", w.over = "over",
  w.score = "to", w.or_ = "or", w.backslash = "backslash", w.squared = "squared";
  return w;
}

std::map<std::string, Abbreviation> abbreviations() {
  return {
      {"mr.", {"mister"}},
      {"mrs.", {"missus"}},
      {"ms.", {"miz"}},
      {"dr.", {"doctor"}},
      {"prof.", {"professor"}},
      {"st.", {"saint"}},
      {"rev.", {"reverend"}},
      {"gen.", {"general"}},
      {"col.", {"colonel"}},
      {"capt.", {"captain"}},
      {"lt.", {"lieutenant"}},
      {"sgt.", {"sergeant"}},
      {"maj.", {"major"}},
      {"cmdr.", {"commander"}},
      {"gov.", {"governor"}},
      {"sen.", {"senator"}},
      {"rep.", {"representative"}},
      {"pres.", {"president"}},
      {"hon.", {"honorable"}},
      {"messrs.", {"messieurs"}},
      {"mt.", {"mount"}},
      {"ft.", {"fort"}},
      {"jr.", {"junior", true}},
      {"sr.", {"senior", true}},
      {"inc.", {"incorporated", true}},
      {"ltd.", {"limited", true}},
      {"co.", {"company", true}},
      {"corp.", {"corporation", true}},
      {"bros.", {"brothers"}},
      {"etc.", {"et cetera", true}},
      {"e.g.", {"for example"}},
      {"i.e.", {"that is"}},
      {"vs.", {"versus"}},
      {"v.", {"versus"}},
      {"cf.", {"compare"}},
      {"al.", {"al", true}},
      {"approx.", {"approximately"}},
      {"dept.", {"department"}},
      {"est.", {"estimated"}},
      {"fig.", {"figure"}},
      {"figs.", {"figures"}},
      {"vol.", {"volume"}},
      {"vols.", {"volumes"}},
      {"chap.", {"chapter"}},
      {"ch.", {"chapter"}},
      {"ed.", {"edition"}},
      {"eds.", {"editors"}},
      {"pp.", {"pages"}},
      {"esq.", {"esquire", true}},
      {"mon.", {"Monday"}},
      {"tue.", {"Tuesday"}},
      {"tues.", {"Tuesday"}},
      {"thur.", {"Thursday"}},
      {"thurs.", {"Thursday"}},
      {"fri.", {"Friday"}},
      {"ave.", {"avenue", true}},
      {"blvd.", {"boulevard", true}},
      {"rd.", {"road", true}},
      {"apt.", {"apartment"}},
      {"hwy.", {"highway"}},
      {"a.m.", {"^A ^M", true}},
      {"p.m.", {"^P ^M", true}},
      {"a.d.", {"^A ^D", true}},
      {"b.c.", {"^B ^C", true}},
      {"ph.d.", {"^P ^H ^D", true}},
      {"m.d.", {"^M ^D", true}},
      {"p.s.", {"^P ^S"}},
      {"r.s.v.p.", {"^R ^S ^V ^P"}},
      {"n.b.", {"nota bene"}},
      {"jan.", {"January"}},
      {"feb.", {"February"}},
      {"aug.", {"August"}},
      {"sept.", {"September"}},
      {"oct.", {"October"}},
      {"nov.", {"November"}},
      {"dec.", {"December"}},
      {"min.", {"minimum"}},
      {"max.", {"maximum"}},
      {"misc.", {"miscellaneous"}},
      {"esp.", {"especially"}},
      {"assn.", {"association"}},
      {"univ.", {"university"}},
      {"tel.", {"telephone"}},
      {"ext.", {"extension"}},
      {"encl.", {"enclosed"}},
      {"c.", {"circa"}},
      {"ca.", {"circa"}},
      {"w.r.t.", {"with respect to"}},
      {"viz.", {"namely"}},
      {"ibid.", {"ibidem", true}},
      {"pts.", {"points", true}},
      {"agg.", {"aggregate", true}},
      {"rte.", {"route"}},
      {"eq.", {"equation"}},
      {"sc.", {"scene"}},
      {"ll.", {"lines"}},
      {"temp.", {"temperature"}},
      {"bldg.", {"building", true}},
      {"b.a.", {"^B ^A", true}},
      {"b.sc.", {"^B ^S ^C", true}},
      {"m.sc.", {"^M ^S ^C", true}},
  };
}

}  // namespace

Language english_tables() {
  Language l;
  l.family = "en";
  l.words = vocabulary();
  l.months = {"January",
              "February",
              "March",
              "April",
              "May",
              "June",
              "July",
              "August",
              "September",
              "October",
              "November",
              "December"};
  for (int i = 0; i < 12; ++i) {
    l.month_of[lower_case(l.months[i])] = i + 1;
    l.month_of[lower_case(l.months[i]).substr(0, 3)] = i + 1;
    l.month_of[lower_case(l.months[i]).substr(0, 3) + "."] = i + 1;
  }
  l.month_of["sept"] = l.month_of["sept."] = 9;
  l.abbreviations = abbreviations();
  l.streets = {{"st", "street"},
               {"dr", "drive"},
               {"ave", "avenue"},
               {"rd", "road"},
               {"blvd", "boulevard"},
               {"ln", "lane"},
               {"ct", "court"},
               {"pl", "place"},
               {"sq", "square"},
               {"pkwy", "parkway"}};
  l.bare_abbreviations = {{"Mr", "mister"},
                          {"Mrs", "missus"},
                          {"Ms", "miz"},
                          {"Dr", "doctor"},
                          {"PhD", "^P ^H ^D"},
                          {"vs", "versus"},
                          {"Hwy", "highway"},
                          {"Prof", "professor"},
                          {"St", "saint"},
                          {"Jr", "junior"},
                          {"Sr", "senior"},
                          {"approx", "approximately"},
                          {"dept", "department"},
                          {"govt", "government"}};
  l.slashed_abbreviations = {{"w/", "with"},
                             {"w/o", "without"},
                             {"w/out", "without"},
                             {"w/in", "within"},
                             {"b/c", "because"},
                             {"c/o", "care of"},
                             {"n/a", "^N ^A"},
                             {"a/c", "^A ^C"},
                             {"s/he", "she or he"},
                             {"y/y", "year over year"}};
  l.weekdays = {{"mon", "Monday"},
                {"tue", "Tuesday"},
                {"tues", "Tuesday"},
                {"wed", "Wednesday"},
                {"thu", "Thursday"},
                {"thurs", "Thursday"},
                {"fri", "Friday"},
                {"sat", "Saturday"},
                {"sun", "Sunday"}};
  l.per_nouns = {{"mo", "month"},
                 {"yr", "year"},
                 {"wk", "week"},
                 {"hr", "hour"},
                 {"month", "month"},
                 {"year", "year"},
                 {"week", "week"},
                 {"day", "day"},
                 {"person", "person"},
                 {"night", "night"},
                 {"hour", "hour"},
                 {"sec", "second"}};
  l.alternatives = {
      "he", "she", "his", "her", "hers", "him", "himself", "herself", "yes", "no", "true", "false"};
  l.units = english_units();
  l.currencies = english_currencies();
  l.scales = {"thousand",
              "million",
              "billion",
              "trillion",
              "hundred",
              "bn",
              "tn",
              "mn",
              "k",
              "K",
              "M",
              "B",
              "m"};
  l.scale_names = {{"bn", {"billion", "billion"}},
                   {"tn", {"trillion", "trillion"}},
                   {"mn", {"million", "million"}},
                   {"B", {"billion", "billion"}},
                   {"M", {"million", "million"}},
                   {"m", {"million", "million"}},
                   {"k", {"thousand", "thousand"}},
                   {"K", {"thousand", "thousand"}}};
  l.day_first = false;
  l.century_words = {"century", "centuries"};
  l.monarchs = {"henry",     "louis",    "charles",   "james",   "george",    "edward",
                "richard",   "william",  "elizabeth", "mary",    "paul",      "pius",
                "benedict",  "francis",  "philip",    "peter",   "catherine", "nicholas",
                "alexander", "napoleon", "frederick", "wilhelm", "john",      "leo",
                "gregory",   "clement",  "innocent",  "urban",   "ramses",    "ptolemy",
                "xerxes",    "darius",   "sixtus",    "julius",  "albert",    "leopold",
                "ferdinand"};
  l.spoken_acronyms = {"NASA",   "NATO",  "UNESCO",  "UNICEF", "OPEC",  "AIDS", "LASER", "RADAR",
                       "SCUBA",  "SIM",   "PIN",     "RAM",    "ROM",   "GIF",  "JPEG",  "FIFA",
                       "UEFA",   "ASCII", "BIOS",    "DOS",    "NAFTA", "SWAT", "COVID", "POTUS",
                       "SCOTUS", "YOLO",  "LAN",     "WAN",    "IKEA",  "OSHA", "FEMA",  "ZIP",
                       "NASDAQ", "PETA",  "CAPTCHA", "SQUID",  "MIDI"};
  l.spelled_acronyms = {"USA",   "UK",   "EU",   "UN",  "US",  "FBI",  "CIA",  "BBC",  "CNN",
                        "NBA",   "NFL",  "IBM",  "CEO", "CFO", "CTO",  "DNA",  "RNA",  "TV",
                        "PC",    "AI",   "IT",   "HIV", "ATM", "GPS",  "USB",  "API",  "URL",
                        "HTML",  "CPU",  "GPU",  "UFO", "VIP", "DIY",  "ADHD", "ISBN", "IMDB",
                        "NAACP", "AARP", "HDMI", "LED", "SUV", "CD",   "DVD",  "FAQ",  "IQ",
                        "ID",    "OK",   "AM",   "PM",  "AD",  "BC",   "LA",   "DC",   "NYPD",
                        "UCLA",  "IOU",  "HBO",  "AC",  "MIT", "RSVP", "ESPN", "YMCA", "AFAIK"};
  l.capital_words = {"NO",  "YES", "STOP", "GO",  "THE",  "AND",  "NOT", "YOU", "ALL", "NOW", "NEW",
                     "BUT", "FOR", "ARE",  "OUT", "OFF",  "ON",   "IN",  "UP",  "DO",  "IS",  "WE",
                     "HE",  "SHE", "ME",   "MY",  "TO",   "OF",   "SO",  "OR",  "BY",  "AT",  "AN",
                     "AS",  "BE",  "IF",   "HIS", "HER",  "HOW",  "WHY", "WHO", "CAN", "GET", "GOT",
                     "HOT", "BIG", "BAD",  "RED", "ONE",  "TWO",  "TEN", "ANY", "WAS", "HAS", "HAD",
                     "LET", "RUN", "SEE",  "SAY", "HEY",  "WOW",  "OH",  "OUR", "END", "DAY", "OLD",
                     "MAN", "WAY", "TOO",  "WIN", "YOUR", "THIS", "THAT"};
  l.letter_ipa = {{"A", "ˈeɪ"},  {"B", "bˈiː"},  {"C", "sˈiː"},       {"D", "dˈiː"}, {"E", "ˈiː"},
                  {"F", "ˈɛf"},  {"G", "dʒˈiː"}, {"H", "ˈeɪtʃ"},      {"I", "ˈaɪ"},  {"J", "dʒˈeɪ"},
                  {"K", "kˈeɪ"}, {"L", "ˈɛl"},   {"M", "ˈɛm"},        {"N", "ˈɛn"},  {"O", "ˈoʊ"},
                  {"P", "pˈiː"}, {"Q", "kjˈuː"}, {"R", "ˈɑːɹ"},       {"S", "ˈɛs"},  {"T", "tˈiː"},
                  {"U", "jˈuː"}, {"V", "vˈiː"},  {"W", "dˈʌbəljˌuː"}, {"X", "ˈɛks"}, {"Y", "wˈaɪ"},
                  {"Z", "zˈiː"}};
  l.emoji = {{"👍", "thumbs up"},
             {"👎", "thumbs down"},
             {"❤", "heart"},
             {"🙏", "folded hands"},
             {"🤣", "rolling on the floor laughing"},
             {"☕", "coffee"}};
  l.year_cues = {"in",    "since", "by",      "from",     "until",  "till",  "before",
                 "after", "year",  "of",      "during",   "around", "circa", "late",
                 "early", "mid",   "spring",  "summer",   "autumn", "fall",  "winter",
                 "to",    "and",   "through", "copyright"};
  l.roman_cues = {"chapter",  "part",    "volume", "act",    "scene",    "book",     "section",
                  "article",  "phase",   "war",    "type",   "class",    "title",    "appendix",
                  "level",    "figure",  "table",  "bowl",   "mark",     "grade",    "stage",
                  "vol",      "chap",    "page",   "verse",  "canto",    "sonnet",   "psalm",
                  "chapters", "volumes", "acts",   "scenes", "books",    "sections", "articles",
                  "parts",    "pages",   "phases", "wars",   "figures",  "tables",   "levels",
                  "types",    "pp",      "p",      "ch",     "footnote", "sc"};
  return l;
}

}  // namespace tts
