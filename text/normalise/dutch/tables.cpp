#include "text/normalise/dutch/dutch.h"
#include "text/normalise/word_list.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "komma", w.minus = "min", w.plus = "plus", w.percent = "procent";
  w.per_mille = "promille", w.and_ = "en", w.or_ = "of", w.to = "tot", w.times = "keer";
  w.by = "bij", w.equals = "is", w.degrees = "graden", w.number = "nummer";
  w.at = "apenstaartje", w.dot = "punt", w.slash = "slash", w.dash = "streepje";
  w.underscore = "laag streepje", w.colon = "dubbele punt", w.hash = "hekje";
  w.hashtag = "hashtag", w.question_mark = "vraagteken", w.section = "paragraaf";
  w.sections = "paragrafen", w.copyright = "copyright", w.about = "ongeveer";
  w.approximately = "ongeveer", w.plus_minus = "plus min", w.divided_by = "gedeeld door";
  w.less_than = "kleiner dan", w.greater_than = "groter dan", w.square = "vierkante";
  w.cubic = "kubieke", w.per = "per", w.flag_of = "vlag van", w.backslash = "backslash";
  w.power = "tot de macht", w.squared = "kwadraat", w.cubed = "tot de derde";
  w.out_of = "van de", w.score = "", w.over = "op", w.sign_of_about = "ongeveer";
  w.page = "pagina", w.version = "versie", w.zero_point = "nul", w.degree = "graad";
  w.minutes = "minuten", w.seconds = "seconden", w.north = "noord", w.south = "zuid";
  w.east = "oost", w.west = "west", w.quintillion = "triljoen";
  return w;
}

// What spelling says of signs.
WordTable character_names() {
  return {{"!", "uitroepteken"},
          {"?", "vraagteken"},
          {".", "punt"},
          {",", "komma"},
          {";", "puntkomma"},
          {":", "dubbele punt"},
          {"'", "apostrof"},
          {"’", "apostrof"},
          {"\"", "aanhalingsteken"},
          {"(", "haakje openen"},
          {")", "haakje sluiten"},
          {"[", "vierkant haakje openen"},
          {"]", "vierkant haakje sluiten"},
          {"{", "accolade openen"},
          {"}", "accolade sluiten"},
          {"<", "kleiner dan"},
          {">", "groter dan"},
          {"/", "slash"},
          {"\\", "backslash"},
          {"-", "streepje"},
          {"–", "gedachtestreepje"},
          {"—", "gedachtestreepje"},
          {"_", "laag streepje"},
          {"&", "en-teken"},
          {"@", "apenstaartje"},
          {"#", "hekje"},
          {"*", "sterretje"},
          {"+", "plus"},
          {"=", "is gelijk aan"},
          {"%", "procent"},
          {"^", "dakje"},
          {"~", "tilde"},
          {"`", "accent grave"},
          {"|", "verticale streep"},
          {"…", "beletselteken"}};
}

WordTable signs() {
  return {{"≥", "groter dan of gelijk aan"},
          {"≤", "kleiner dan of gelijk aan"},
          {">=", "groter dan of gelijk aan"},
          {"<=", "kleiner dan of gelijk aan"},
          {"≠", "is niet gelijk aan"},
          {"!=", "is niet gelijk aan"},
          {"!==", "is niet gelijk aan"},
          {"≡", "is identiek aan"},
          {"==", "is gelijk aan"},
          {"===", "is gelijk aan"},
          {":=", "wordt"},
          {"→", "naar"},
          {"->", "naar"},
          {"⇒", "dus"},
          {"=>", "dus"},
          {"←", "van"},
          {"<-", "van"},
          {"↔", "heen en terug"},
          {"<->", "heen en terug"},
          {"⇔", "dan en slechts dan als"},
          {"<=>", "dan en slechts dan als"},
          {"&&", "en"},
          {"||", "of"},
          {"√", "wortel van"},
          {"∛", "derdemachtswortel van"},
          {"∞", "oneindig"},
          {"∑", "som van"},
          {"∏", "product van"},
          {"∫", "integraal van"},
          {"∂", "partieel"},
          {"∈", "is een element van"},
          {"∉", "is geen element van"},
          {"⊂", "is een deelverzameling van"},
          {"⊆", "is een deelverzameling van"},
          {"∪", "verenigd met"},
          {"∩", "doorsnede met"},
          {"∅", "de lege verzameling"},
          {"∀", "voor alle"},
          {"∃", "er bestaat"},
          {"∝", "is evenredig met"},
          {"∓", "min of plus"},
          {"¬", "niet"},
          {"∧", "en"},
          {"∨", "of"},
          {"⊥", "staat loodrecht op"},
          {"∥", "is evenwijdig aan"},
          {"∠", "hoek"},
          {"∴", "dus"},
          {"®", "geregistreerd merk"},
          {"™", "handelsmerk"},
          {"¶", "alinea"},
          {"n!", "faculteit"}};
}

std::map<std::string, std::string> emoji() {
  return {{"😀", "grijnzend gezicht"},
          {"😂", "gezicht met tranen van het lachen"},
          {"😊", "blozend lachend gezicht"},
          {"😍", "verliefd gezicht"},
          {"😢", "huilend gezicht"},
          {"😭", "snikkend gezicht"},
          {"😉", "knipogend gezicht"},
          {"😎", "gezicht met zonnebril"},
          {"😡", "boos gezicht"},
          {"🤔", "nadenkend gezicht"},
          {"👍", "duim omhoog"},
          {"👎", "duim omlaag"},
          {"👏", "klappende handen"},
          {"🙏", "gevouwen handen"},
          {"❤", "rood hart"},
          {"💔", "gebroken hart"},
          {"🔥", "vuur"},
          {"🎉", "confetti"},
          {"✅", "vinkje"},
          {"❌", "kruis"},
          {"⭐", "ster"},
          {"☀", "zon"},
          {"🌙", "maan"},
          {"🚀", "raket"},
          {"🐱", "kat"},
          {"🐶", "hond"},
          {"🎂", "verjaardagstaart"},
          {"🍕", "pizza"},
          {"☕", "koffie"},
          {"🎄", "kerstboom"},
          {"👋", "zwaaiende hand"},
          {"💪", "gespierde arm"},
          {"⚠", "waarschuwing"},
          {"🎵", "muzieknoot"}};
}

}  // namespace

Language dutch_tables() {
  Language l;
  l.code = "nl";
  l.decimal = ',';
  l.thousands = '.';
  l.words = vocabulary();
  l.character_names = character_names();
  l.months = {"januari",
              "februari",
              "maart",
              "april",
              "mei",
              "juni",
              "juli",
              "augustus",
              "september",
              "oktober",
              "november",
              "december"};
  for (int i = 0; i < 12; ++i) l.month_of[l.months[i]] = i + 1;
  l.month_of.insert({{"jan.", 1},
                     {"feb.", 2},
                     {"mrt.", 3},
                     {"apr.", 4},
                     {"aug.", 8},
                     {"sept.", 9},
                     {"sep.", 9},
                     {"okt.", 10},
                     {"nov.", 11},
                     {"dec.", 12}});
  l.abbreviations = dutch_abbreviations();
  l.suffixes = {{"str", "straat"}, {"ln", "laan"}, {"pl", "plein"}, {"wg", "weg"}};
  l.weekdays_capitalised = false;
  l.sentence_openers = word_list(
      "aan al alle als bij daar dan dat de deze die dit door een er het hier hij hoe iedereen ik "
      "in "
      "is je jij maar met mijn na naar niet niemand nu of om omdat onze ook op over sinds te toen "
      "tot uit van veel voor waar waarom wanneer want wat we wie wij zij ze zijn zo zonder");
  l.bare_abbreviations = {{"dhr", "de heer"},
                          {"mevr", "mevrouw"},
                          {"bv", "^B ^V"},
                          {"tv", "^T ^V"},
                          {"PvdA", "^P ^V ^D ^A"},
                          {"usb", "^U ^S ^B"},
                          {"mln", "miljoen"},
                          {"mld", "miljard"},
                          {"BV", "^B ^V"},
                          {"vs", "versus"},
                          {"ca", "circa"},
                          {"bijv", "bijvoorbeeld"},
                          {"enz", "enzovoort"},
                          {"evt", "eventueel"},
                          {"incl", "inclusief"},
                          {"excl", "exclusief"}};
  l.slashed_abbreviations = {{"t/m", "tot en met"},
                             {"v/d", "van de"},
                             {"v/h", "van het"},
                             {"a/d", "aan de"},
                             {"i/d", "in de"},
                             {"p/m", "per maand"},
                             {"p/st", "per stuk"},
                             {"m/v", "man vrouw"}};
  l.weekdays = {{"ma", "maandag"},
                {"di", "dinsdag"},
                {"wo", "woensdag"},
                {"do", "donderdag"},
                {"vr", "vrijdag"},
                {"za", "zaterdag"},
                {"zo", "zondag"}};
  l.per_nouns = {{"maand", "maand"},
                 {"jaar", "jaar"},
                 {"dag", "dag"},
                 {"week", "week"},
                 {"uur", "uur"},
                 {"persoon", "persoon"},
                 {"nacht", "nacht"},
                 {"stuk", "stuk"}};
  l.alternatives = {"hij", "zij", "hem", "haar", "zijn", "ja", "nee"};
  l.units = dutch_units();
  l.powers = word_list("m km cm mm dm");
  l.durations = {{"d", {"dag", "dagen"}},
                 {"h", {"uur", "uur"}},
                 {"u", {"uur", "uur"}},
                 {"m", {"minuut", "minuten"}},
                 {"min", {"minuut", "minuten"}},
                 {"s", {"seconde", "seconden"}},
                 {"sec", {"seconde", "seconden"}}};
  l.unit_singular_after = word_list("per een de");
  l.signs = signs();
  l.clock_words = R"((?:uur|u\.?(?![A-Za-z])|h(?![A-Za-z])))";
  l.time_pairs = {{"van", "tot"}, {"tussen", "en"}, {"vanaf", "tot"}};
  l.time_cues = {"om"};
  l.between_cues = {"tussen"};
  l.space_thousands = true;
  l.distant_cues = word_list("in jaar sinds anno");
  l.conjunctions = word_list("en maar of omdat dat want");
  l.score_cues = word_list(
      "won wint wonnen gewonnen verloor verloren verslaat werd stand gelijkspel score eindstand "
      "ruststand zege winst nederlaag overwinning eindigde");
  l.label_cues = word_list(
      "artikel hoofdstuk deel nummer kamer spoor lijn pagina bladzijde tabel figuur afbeelding "
      "opgave vraag les aflevering paragraaf");
  l.digit_cues = word_list(
      "pin code pincode wachtwoord iban rekening rekeningnummer klantnummer bsn kaart kaartnummer "
      "toegangscode bevestigingscode verificatiecode doorkiesnummer toestel");
  l.call_cues = word_list("bel belde bellen tel telefoon fax mobiel alarmnummer sms");
  l.number_ends = word_list("nu voor en of als om in bij is was meteen direct");
  l.date_cues = word_list(
      "op van tot sinds vanaf per voor na maandag dinsdag woensdag donderdag vrijdag zaterdag "
      "zondag dd d.d");
  l.currencies = dutch_currencies();
  l.scales = {"duizend", "miljoen", "miljard", "mln.", "mld.", "mln", "mld"};
  l.scale_names = {{"mln.", {"miljoen", "miljoen"}},
                   {"mln", {"miljoen", "miljoen"}},
                   {"mld.", {"miljard", "miljard"}},
                   {"mld", {"miljard", "miljard"}}};
  l.roman_ending = "e";
  l.spoken_acronyms = {"NAVO",
                       "NASA",
                       "UNESCO",
                       "UNICEF",
                       "AIDS",
                       "FIFA",
                       "UEFA",
                       "IKEA",
                       "HEMA",
                       "RAM",
                       "SIM",
                       "PIN",
                       "HAVO",
                       "VAVO",
                       "COVID",
                       "OPEC",
                       "CITO",
                       "LAN"};
  l.spelled_acronyms = {"IBAN", "USB", "ABNA", "PDF", "URL",  "API", "CPU", "GPU", "LED",
                        "KPN",  "NL",  "RTL",  "SP",  "OM",   "AZ",  "PSV", "GPS", "AI",
                        "NOS",  "KLM", "NS",   "EU",  "VS",   "USA", "VN",  "VVD", "PVV",
                        "CDA",  "GGD", "ANWB", "DNA", "TV",   "PC",  "IT",  "BTW", "WC",
                        "CD",   "DVD", "OV",   "AOW", "BBC",  "CNN", "FBI", "CIA", "VRT",
                        "NPO",  "ING", "ISBN", "OK",  "KNMI", "AIVD"};
  l.capital_words = {"NEE", "JA",  "EN",   "OF",  "DE",   "HET", "EEN",   "IK",   "JE",
                     "JIJ", "HIJ", "ZIJ",  "WIJ", "IS",   "OP",  "TE",    "IN",   "AAN",
                     "VAN", "MET", "NIET", "NU",  "STOP", "GA",  "WEG",   "ALLE", "UIT",
                     "AF",  "ZO",  "DIT",  "DAT", "WAT",  "WIE", "NOOIT", "GEEN"};
  l.letter_ipa = {{"A", "ˈaː"},  {"B", "bˈeː"}, {"C", "sˈeː"}, {"D", "dˈeː"}, {"E", "ˈeː"},
                  {"F", "ˈɛf"},  {"G", "ɣˈeː"}, {"H", "hˈaː"}, {"I", "ˈi"},   {"J", "jˈeː"},
                  {"K", "kˈaː"}, {"L", "ˈɛl"},  {"M", "ˈɛm"},  {"N", "ˈɛn"},  {"O", "ˈoː"},
                  {"P", "pˈeː"}, {"Q", "kˈy"},  {"R", "ˈɛr"},  {"S", "ˈɛs"},  {"T", "tˈeː"},
                  {"U", "ˈy"},   {"V", "vˈeː"}, {"W", "ʋˈeː"}, {"X", "ˈɪks"}, {"Y", "ˈɛɪ"},
                  {"Z", "zˈɛt"}};
  l.emoji = emoji();
  l.emoji["👪"] = "gezin";
  l.year_cues = {"in", "jaar", "sinds", "tot", "van", "voor", "na", "uit", "vanaf", "rond", "en"};
  l.roman_cues = word_list(
      "hoofdstuk deel band akte scène wereldoorlog klasse type fase artikel titel boek "
      "hoofdstukken "
      "delen pagina bladzijde wereldoorlogen hfst episode aflevering");
  l.titles = word_list("koning koningin paus keizer keizerin tsaar sultan farao vorst prins");
  l.century_words = {"eeuw", "eeuwen"};
  l.monarchs = {"willem",
                "lodewijk",
                "karel",
                "filips",
                "hendrik",
                "albert",
                "leopold",
                "johannes",
                "paulus",
                "benedictus",
                "pius",
                "napoleon",
                "frederik",
                "elizabeth",
                "george",
                "peter",
                "alexander",
                "catharina"};
  return l;
}

}  // namespace tts
