#include "text/normalise/english/english.h"
#include "text/normalise/word_list.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "point", w.minus = "minus", w.plus = "plus", w.percent = "percent";
  w.per_mille = "per mille", w.and_ = "and", w.or_ = "or", w.to = "to", w.times = "times";
  w.by = "by", w.equals = "equals", w.degrees = "degrees", w.number = "number", w.at = "at";
  w.dot = "dot", w.slash = "slash", w.dash = "dash", w.underscore = "underscore";
  w.colon = "colon", w.hash = "hash", w.hashtag = "hashtag", w.question_mark = "question mark";
  w.section = "section", w.sections = "sections", w.copyright = "copyright", w.about = "about";
  w.approximately = "approximately", w.plus_minus = "plus or minus", w.divided_by = "divided by";
  w.less_than = "less than", w.greater_than = "greater than", w.square = "square";
  w.cubic = "cubic", w.per = "per", w.flag_of = "flag of", w.backslash = "backslash";
  w.power = "to the power of", w.squared = "squared", w.cubed = "cubed", w.out_of = "out of";
  w.score = "to", w.over = "over", w.page = "page", w.version = "version", w.degree = "degree";
  w.minutes = "minutes", w.seconds = "seconds", w.north = "north", w.south = "south";
  w.east = "east", w.west = "west", w.quintillion = "quintillion";
  return w;
}

// What spelling says of signs.
WordTable character_names() {
  return {{"!", "exclamation mark"},
          {"?", "question mark"},
          {".", "dot"},
          {",", "comma"},
          {";", "semicolon"},
          {":", "colon"},
          {"'", "apostrophe"},
          {"’", "apostrophe"},
          {"\"", "quote"},
          {"(", "open parenthesis"},
          {")", "close parenthesis"},
          {"[", "open bracket"},
          {"]", "close bracket"},
          {"{", "open brace"},
          {"}", "close brace"},
          {"<", "less than"},
          {">", "greater than"},
          {"/", "slash"},
          {"\\", "backslash"},
          {"-", "dash"},
          {"–", "dash"},
          {"—", "dash"},
          {"_", "underscore"},
          {"&", "ampersand"},
          {"@", "at"},
          {"#", "hash"},
          {"*", "asterisk"},
          {"+", "plus"},
          {"=", "equals"},
          {"%", "percent"},
          {"^", "caret"},
          {"~", "tilde"},
          {"`", "backtick"},
          {"|", "vertical bar"},
          {"…", "ellipsis"}};
}

WordTable signs() {
  return {{"≥", "greater than or equal to"},
          {"≤", "less than or equal to"},
          {">=", "greater than or equal to"},
          {"<=", "less than or equal to"},
          {"≠", "not equal to"},
          {"!=", "not equal to"},
          {"!==", "not equal to"},
          {"≡", "is identical to"},
          {"==", "equals"},
          {"===", "equals"},
          {":=", "becomes"},
          {"→", "to"},
          {"->", "to"},
          {"⇒", "implies"},
          {"=>", "implies"},
          {"⟹", "implies"},
          {"←", "from"},
          {"<-", "from"},
          {"↔", "to and from"},
          {"<->", "to and from"},
          {"⇔", "if and only if"},
          {"<=>", "if and only if"},
          {"&&", "and"},
          {"||", "or"},
          {"√", "the square root of"},
          {"∛", "the cube root of"},
          {"∞", "infinity"},
          {"∑", "the sum of"},
          {"∏", "the product of"},
          {"∫", "the integral of"},
          {"∂", "partial"},
          {"∇", "nabla"},
          {"∈", "is an element of"},
          {"∉", "is not an element of"},
          {"⊂", "is a subset of"},
          {"⊆", "is a subset of"},
          {"∪", "union"},
          {"∩", "intersection"},
          {"∅", "the empty set"},
          {"∀", "for all"},
          {"∃", "there exists"},
          {"∝", "is proportional to"},
          {"∓", "minus or plus"},
          {"¬", "not"},
          {"∧", "and"},
          {"∨", "or"},
          {"⊥", "is perpendicular to"},
          {"∥", "is parallel to"},
          {"∠", "angle"},
          {"∴", "therefore"},
          {"′", "prime"},
          {"®", "registered"},
          {"™", "trademark"},
          {"¶", "paragraph"},
          {"†", "dagger"},
          {"‰", "per mille"},
          {"n!", "factorial"}};
}

}  // namespace

Language english_tables() {
  Language l;
  l.code = "en";
  l.words = vocabulary();
  l.character_names = character_names();
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
  l.abbreviations = english_abbreviations();
  l.abbreviated_names = {"Ed.", "Al."};
  l.streets = {{"st", "street"},   {"dr", "drive"},      {"ave", "avenue"},
               {"av", "avenue"},   {"rd", "road"},       {"blvd", "boulevard"},
               {"ln", "lane"},     {"ct", "court"},      {"pl", "place"},
               {"sq", "square"},   {"pkwy", "parkway"},  {"expy", "expressway"},
               {"hwy", "highway"}, {"fwy", "freeway"},   {"ter", "terrace"},
               {"cir", "circle"},  {"trl", "trail"},     {"tpke", "turnpike"},
               {"aly", "alley"},   {"xing", "crossing"}, {"plz", "plaza"}};
  l.street_followers = word_list(
      "apt suite unit station bridge market school journal park north south east west n s e w ne "
      "nw se sw");
  l.no_street_names =
      word_list("dear hello hi the a our my your his her mr mrs ms prof yes no thanks");
  l.sentence_openers = word_list(
      "a after all although an and as at because but by for from he her his how however i if in "
      "it its many most my no now on one our she since so some that the their then there these "
      "they this those to today we what when where while who why with yes yet you your");
  l.word_letters = "I";
  l.bare_abbreviations = {
      {"Mr", "mister"},        {"Mrs", "missus"},      {"Ms", "miz"},
      {"Dr", "doctor"},        {"PhD", "^P ^H ^D"},    {"vs", "versus"},
      {"Hwy", "highway"},      {"Prof", "professor"},  {"St", "saint"},
      {"Jr", "junior"},        {"Sr", "senior"},       {"approx", "approximately"},
      {"dept", "department"},  {"govt", "government"}, {"LaTeX", "lah tech"},
      {"BCE", "^B ^C ^E"},     {"CE", "^C ^E"},        {"wtf", "^W ^T ^F"},
      {"lol", "^L ^O ^L"},     {"omg", "^O ^M ^G"},    {"imho", "^I ^M ^H ^O"},
      {"asap", "^A ^S ^A ^P"}, {"fyi", "^F ^Y ^I"},    {"btw", "^B ^T ^W"},
      {"idk", "^I ^D ^K"},     {"otp", "^O ^T ^P"},    {"ssn", "^S ^S ^N"},
      {"usb", "^U ^S ^B"},     {"tv", "^T ^V"},        {"pdf", "^P ^D ^F"},
      {"api", "^A ^P ^I"}};
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
                {"weds", "Wednesday"},
                {"thu", "Thursday"},
                {"thur", "Thursday"},
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
                 {"sec", "second"},
                 {"d", "day"},
                 {"min", "minute"},
                 {"user", "user"}};
  l.alternatives = {
      "he", "she", "his", "her", "hers", "him", "himself", "herself", "yes", "no", "true", "false"};
  l.units = english_units();
  l.powers = word_list("m km cm mm dm ft ft. mi yd in.");
  l.durations = {{"d", {"day", "days"}},
                 {"h", {"hour", "hours"}},
                 {"hr", {"hour", "hours"}},
                 {"hrs", {"hour", "hours"}},
                 {"m", {"minute", "minutes"}},
                 {"min", {"minute", "minutes"}},
                 {"mins", {"minute", "minutes"}},
                 {"s", {"second", "seconds"}},
                 {"sec", {"second", "seconds"}},
                 {"secs", {"second", "seconds"}}};
  l.singular_after = {"a", "an"};
  l.unit_singular_after = word_list("per a an one the");
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
  l.money_scales = {"b", "t"};
  l.scale_names = {{"bn", {"billion", "billion"}},
                   {"tn", {"trillion", "trillion"}},
                   {"mn", {"million", "million"}},
                   {"B", {"billion", "billion"}},
                   {"b", {"billion", "billion"}},
                   {"t", {"trillion", "trillion"}},
                   {"M", {"million", "million"}},
                   {"m", {"million", "million"}},
                   {"k", {"thousand", "thousand"}},
                   {"K", {"thousand", "thousand"}}};
  l.day_first = false;
  l.cents_named = true;
  l.emoji_by_unicode_name = true;
  l.signs = signs();
  l.roman_ending = "th";
  l.roman_possessive = true;
  l.century_words = {"century", "centuries"};
  l.monarchs = word_list(
      "henry louis charles james george edward richard william elizabeth mary paul pius benedict "
      "francis philip peter catherine nicholas alexander napoleon frederick wilhelm john leo "
      "gregory clement innocent urban ramses rameses amenhotep amenophis thutmose tutmosis seti "
      "mentuhotep senusret psamtik ptolemy cleopatra sargon cyrus darius xerxes artaxerxes "
      "antiochus philippe constantine theodosius justinian sixtus julius albert leopold ferdinand "
      "otto conrad rudolf matthias sigismund casimir ivan alexei suleiman mehmed murad selim pedro "
      "alfonso umberto emmanuel haakon harald olav gustav christian eric erik carl margrethe anne "
      "isabella margaret eleanor victoria joseph maximilian ludwig friedrich carlos felipe harold "
      "david robert stephen");
  l.titles = word_list("king queen pope emperor empress tsar czar sultan pharaoh prince duke");
  l.spoken_acronyms = {"NASA",   "NATO",  "UNESCO", "UNICEF", "OPEC",    "AIDS",  "LASER", "RADAR",
                       "SCUBA",  "SIM",   "PIN",    "RAM",    "ROM",     "GIF",   "JPEG",  "FIFA",
                       "UEFA",   "ASCII", "BIOS",   "DOS",    "NAFTA",   "SWAT",  "COVID", "POTUS",
                       "SCOTUS", "YOLO",  "LAN",    "WAN",    "IKEA",    "OSHA",  "FEMA",  "ZIP",
                       "NASDAQ", "NAND",  "SLAM",   "PETA",   "CAPTCHA", "SQUID", "MIDI"};
  l.spelled_acronyms = word_list(
      "USA UK EU UN US FBI CIA BBC CNN NBA NFL IBM CEO CFO CTO DNA RNA TV PC AI IT HIV ATM GPS USB "
      "API URL HTML CPU GPU UFO VIP DIY ADHD ISBN IMDB NAACP AARP HDMI LED SUV CD DVD FAQ IQ ID OK "
      "AM PM AD BC LA DC NYPD UCLA IOU HBO AC MIT RSVP ESPN YMCA AFAIK EV IPO IDE IRA KPI TPU MRI "
      "NGO IBAN IMHO IDK FYI BTW WTF LOL OMG ASAP COPD OCLC PDF SQL XML CSS PHP RPG DJ HR PR QA UI "
      "UX UV AR VR EMI ISO IEEE AAA COO CIO SSN OTP ETA EPA USPS AMA ADA IPA ATV ETF IRS ICU IVF "
      "OCD PMS PVC STD AKA DOA OEM OLED AOL ISP OS IOS OTC UAE USSR IMF ICE EEG EKG");
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
             {"❤", "red heart"},
             {"🙏", "folded hands"},
             {"🤣", "rolling on the floor laughing"},
             {"☕", "coffee"}};
  l.year_cues = {"in",    "since", "by",      "from",     "until",  "till",  "before",
                 "after", "year",  "of",      "during",   "around", "circa", "late",
                 "early", "mid",   "spring",  "summer",   "autumn", "fall",  "winter",
                 "to",    "and",   "through", "copyright"};
  l.distant_cues = {"in", "year", "since", "circa", "anno", "of"};
  l.between_cues = {"between"};
  l.label_cues = word_list(
      "chapter part volume section room gate page figure table step lesson episode track unit "
      "plan vitamin option exhibit number");
  l.digit_cues = word_list(
      "code pin card otp passcode password ssn iban account routing serial zip ending ext "
      "extension "
      "voicemail confirmation verification");
  l.call_cues = word_list("call dial text phone fax tel telephone mobile cell hotline helpline");
  l.number_ends = word_list(
      "now for today to if or and please when at then in on immediately instead is was with");
  l.time_cues = {"at"};
  l.conjunctions = word_list("and but or because which while that so then");
  l.onsets = word_list(
      "bl br ch cl cr dr dw fl fr gl gr gh kn kr ph pl pr ps qu rh sc sch scr sh shr sk sl sm sn "
      "sp "
      "spl spr squ st str sw th thr tr tw wh wr");
  l.codas = word_list(
      "bs bt ch ck cks ct cts ds dge ff ft fts gh ght ghs gs ks ld lds lf lk ll lls lm lp lps ls "
      "lt "
      "lts mb mp mps ms mpt nch nd nds ng ngs nk nks nn ns nt nts ps pt pts rb rd rds rf rg rk rks "
      "rl rls rm rms rn rns rp rps rs rst rt rth rts sh sk sks sp ss st sts tch th ths ts tt wd wl "
      "wls wn wns ws xt ys zz");
  l.roman_cues = {"episode",  "episodes", "chapter",  "part",    "volume", "act",    "scene",
                  "book",     "section",  "article",  "phase",   "war",    "type",   "class",
                  "title",    "appendix", "level",    "figure",  "table",  "bowl",   "mark",
                  "grade",    "stage",    "vol",      "chap",    "page",   "verse",  "canto",
                  "sonnet",   "psalm",    "chapters", "volumes", "acts",   "scenes", "books",
                  "sections", "articles", "parts",    "pages",   "phases", "wars",   "figures",
                  "tables",   "levels",   "types",    "pp",      "p",      "ch",     "footnote",
                  "sc"};
  return l;
}

}  // namespace tts
