#include "text/normalise/dutch_tables.h"

#include "text/normalise/measures.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "komma", w.minus = "min", w.plus = "plus", w.percent = "procent",
  w.per_mille = "promille";
  w.and_ = "en", w.to = "tot", w.times = "keer", w.by = "bij", w.equals = "is",
  w.degrees = "graden";
  w.number = "nummer", w.at = "apenstaartje", w.dot = "punt", w.slash = "slash",
  w.dash = "streepje";
  w.underscore = "laag streepje", w.colon = "dubbele punt", w.hashtag = "hashtag",
  w.section = "paragraaf";
  w.copyright = "copyright", w.about = "ongeveer", w.plus_minus = "plus min",
  w.divided_by = "gedeeld door";
  w.less_than = "kleiner dan", w.greater_than = "groter dan", w.square = "vierkante",
  w.cubic = "kubieke";
  w.per = "per", w.flag_of = "vlag van", w.power = "tot de macht", w.out_of = "van de",
  w.over = "op", w.score = "tot", w.or_ = "of", w.backslash = "backslash", w.squared = "kwadraat";
  return w;
}

std::map<std::string, Abbreviation> abbreviations() {
  return {
      {"bijv.", {"bijvoorbeeld"}},
      {"bv.", {"bijvoorbeeld"}},
      {"b.v.", {"bijvoorbeeld"}},
      {"d.w.z.", {"dat wil zeggen"}},
      {"o.a.", {"onder andere"}},
      {"enz.", {"enzovoort", true}},
      {"etc.", {"et cetera", true}},
      {"m.a.w.", {"met andere woorden"}},
      {"i.p.v.", {"in plaats van"}},
      {"t.o.v.", {"ten opzichte van"}},
      {"m.b.t.", {"met betrekking tot"}},
      {"n.a.v.", {"naar aanleiding van"}},
      {"i.v.m.", {"in verband met"}},
      {"m.b.v.", {"met behulp van"}},
      {"t.a.v.", {"ter attentie van"}},
      {"a.u.b.", {"alstublieft", true}},
      {"s.v.p.", {"alstublieft", true}},
      {"p.s.", {"^P ^S"}},
      {"e.d.", {"en dergelijke", true}},
      {"jl.", {"jongstleden", true}},
      {"v.chr.", {"voor Christus", true}},
      {"n.chr.", {"na Christus", true}},
      {"ca.", {"circa"}},
      {"dhr.", {"de heer"}},
      {"mevr.", {"mevrouw"}},
      {"mw.", {"mevrouw"}},
      {"dr.", {"dokter"}},
      {"drs.", {"doctorandus"}},
      {"prof.", {"professor"}},
      {"mr.", {"meester"}},
      {"ir.", {"ingenieur"}},
      {"ing.", {"ingenieur"}},
      {"ds.", {"dominee"}},
      {"st.", {"sint"}},
      {"str.", {"straat", true}},
      {"nr.", {"nummer"}},
      {"blz.", {"bladzijde"}},
      {"p.", {"pagina"}},
      {"pag.", {"pagina"}},
      {"hfst.", {"hoofdstuk"}},
      {"afb.", {"afbeelding"}},
      {"art.", {"artikel"}},
      {"tel.", {"telefoon"}},
      {"geb.", {"geboren"}},
      {"max.", {"maximaal"}},
      {"min.", {"minimaal"}},
      {"incl.", {"inclusief"}},
      {"excl.", {"exclusief"}},
      {"evt.", {"eventueel"}},
      {"resp.", {"respectievelijk"}},
      {"zgn.", {"zogenaamde"}},
      {"vgl.", {"vergelijk"}},
      {"vs.", {"versus"}},
      {"mln.", {"miljoen"}},
      {"mld.", {"miljard"}},
      {"jan.", {"januari"}},
      {"feb.", {"februari"}},
      {"aug.", {"augustus"}},
      {"sept.", {"september"}},
      {"okt.", {"oktober"}},
      {"nov.", {"november"}},
      {"dec.", {"december"}},
      {"gem.", {"gemiddeld"}},
      {"c.q.", {"casu quo"}},
      {"o.k.", {"^O ^K", true}},
      {"p.p.", {"per persoon", true}},
      {"jr.", {"junior", true}},
      {"sr.", {"senior", true}},
      {"o.l.v.", {"onder leiding van"}},
      {"z.o.z.", {"zie ommezijde", true}},
      {"w.o.", {"waaronder"}},
      {"a.s.", {"aanstaande"}},
      {"u.", {"uur", true}},
      {"p.m.", {"per maand", true}},
      {"p.j.", {"per jaar", true}},
  };
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
  l.family = "nl";
  l.decimal = ',';
  l.thousands = '.';
  l.words = vocabulary();
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
  l.abbreviations = abbreviations();
  l.bare_abbreviations = {{"dhr", "de heer"},
                          {"mevr", "mevrouw"},
                          {"bv", "^B ^V"},
                          {"tv", "^T ^V"},
                          {"BV", "^B ^V"},
                          {"vs", "versus"},
                          {"ca", "circa"},
                          {"bijv", "bijvoorbeeld"},
                          {"enz", "enzovoort"},
                          {"evt", "eventueel"},
                          {"incl", "inclusief"},
                          {"excl", "exclusief"}};
  l.slashed_abbreviations = {{"t/m", "tot en met"}, {"v/d", "van de"}, {"v/h", "van het"}};
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
  l.currencies = dutch_currencies();
  l.scales = {"duizend", "miljoen", "miljard", "mln.", "mld.", "mln", "mld"};
  l.scale_names = {{"mln.", {"miljoen", "miljoen"}},
                   {"mln", {"miljoen", "miljoen"}},
                   {"mld.", {"miljard", "miljard"}},
                   {"mld", {"miljard", "miljard"}}};
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
  l.spelled_acronyms = {"NOS", "KLM", "NS",   "EU",  "VS",   "USA", "VN",  "VVD", "PVV",
                        "CDA", "GGD", "ANWB", "DNA", "TV",   "PC",  "IT",  "BTW", "WC",
                        "CD",  "DVD", "OV",   "AOW", "BBC",  "CNN", "FBI", "CIA", "VRT",
                        "NPO", "ING", "ISBN", "OK",  "KNMI", "AIVD"};
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
  l.year_cues = {"in", "jaar", "sinds", "tot", "van", "voor", "na", "uit", "vanaf", "rond", "en"};
  l.roman_cues = {"hoofdstuk",
                  "deel",
                  "band",
                  "akte",
                  "scène",
                  "wereldoorlog",
                  "klasse",
                  "type",
                  "fase",
                  "artikel",
                  "titel",
                  "boek",
                  "hoofdstukken",
                  "delen",
                  "pagina",
                  "bladzijde",
                  "wereldoorlogen",
                  "hfst"};
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
