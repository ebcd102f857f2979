#include "text/normalise/german_tables.h"

#include "text/normalise/measures.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "Komma", w.minus = "minus", w.plus = "plus", w.percent = "Prozent",
  w.per_mille = "Promille";
  w.and_ = "und", w.to = "bis", w.times = "mal", w.by = "mal", w.equals = "gleich",
  w.degrees = "Grad";
  w.number = "Nummer", w.at = "ät", w.dot = "Punkt", w.slash = "Schrägstrich",
  w.dash = "Bindestrich";
  w.underscore = "Unterstrich", w.colon = "Doppelpunkt", w.hashtag = "Hashtag",
  w.section = "Paragraph";
  w.copyright = "Copyright", w.about = "etwa", w.plus_minus = "plus minus",
  w.divided_by = "geteilt durch";
  w.less_than = "kleiner als", w.greater_than = "größer als", w.square = "Quadrat",
  w.cubic = "Kubik";
  w.per = "pro", w.flag_of = "Flagge", w.power = "hoch", w.out_of = "von", w.over = "zu",
  w.score = "zu", w.or_ = "oder", w.backslash = "Backslash", w.squared = "zum Quadrat";
  return w;
}

std::map<std::string, Abbreviation> abbreviations() {
  return {
      {"z.b.", {"zum Beispiel"}},
      {"d.h.", {"das heißt"}},
      {"u.a.", {"unter anderem"}},
      {"usw.", {"und so weiter", true}},
      {"u.s.w.", {"und so weiter", true}},
      {"etc.", {"et cetera", true}},
      {"bzw.", {"beziehungsweise"}},
      {"ca.", {"circa"}},
      {"evtl.", {"eventuell"}},
      {"ggf.", {"gegebenenfalls"}},
      {"inkl.", {"inklusive"}},
      {"exkl.", {"exklusive"}},
      {"max.", {"maximal"}},
      {"min.", {"minimal"}},
      {"mind.", {"mindestens"}},
      {"vgl.", {"vergleiche"}},
      {"s.", {"siehe"}},
      {"s.o.", {"siehe oben", true}},
      {"s.u.", {"siehe unten", true}},
      {"u.ä.", {"und Ähnliches", true}},
      {"o.ä.", {"oder Ähnliches", true}},
      {"i.d.r.", {"in der Regel"}},
      {"z.t.", {"zum Teil"}},
      {"z.zt.", {"zur Zeit"}},
      {"v.a.", {"vor allem"}},
      {"u.u.", {"unter Umständen"}},
      {"m.e.", {"meines Erachtens"}},
      {"i.a.", {"im Allgemeinen"}},
      {"a.d.", {"an der"}},
      {"v.chr.", {"vor Christus", true}},
      {"n.chr.", {"nach Christus", true}},
      {"dr.", {"Doktor"}},
      {"prof.", {"Professor"}},
      {"hr.", {"Herr"}},
      {"hrn.", {"Herrn"}},
      {"fr.", {"Frau"}},
      {"frl.", {"Fräulein"}},
      {"dipl.", {"Diplom"}},
      {"ing.", {"Ingenieur"}},
      {"st.", {"Sankt"}},
      {"str.", {"Straße", true}},
      {"nr.", {"Nummer"}},
      {"bd.", {"Band"}},
      {"kap.", {"Kapitel"}},
      {"abb.", {"Abbildung"}},
      {"abs.", {"Absatz"}},
      {"art.", {"Artikel"}},
      {"aufl.", {"Auflage"}},
      {"tel.", {"Telefon"}},
      {"geb.", {"geboren"}},
      {"gest.", {"gestorben"}},
      {"verh.", {"verheiratet"}},
      {"bspw.", {"beispielsweise"}},
      {"sog.", {"sogenannte"}},
      {"allg.", {"allgemein"}},
      {"engl.", {"englisch"}},
      {"dt.", {"deutsch"}},
      {"franz.", {"französisch"}},
      {"lat.", {"lateinisch"}},
      {"jh.", {"Jahrhundert", true}},
      {"jhd.", {"Jahrhundert", true}},
      {"std.", {"Stunden"}},
      {"mio.", {"Millionen"}},
      {"mrd.", {"Milliarden"}},
      {"jan.", {"Januar"}},
      {"feb.", {"Februar"}},
      {"aug.", {"August"}},
      {"sept.", {"September"}},
      {"okt.", {"Oktober"}},
      {"nov.", {"November"}},
      {"dez.", {"Dezember"}},
      {"zzgl.", {"zuzüglich"}},
      {"abzgl.", {"abzüglich"}},
      {"vs.", {"versus"}},
      {"o.g.", {"oben genannt"}},
      {"u.v.m.", {"und vieles mehr", true}},
      {"hl.", {"heilige"}},
      {"jr.", {"junior", true}},
      {"sen.", {"senior"}},
      {"bzgl.", {"bezüglich"}},
      {"a.m.", {"am Main", true}},
      {"med.", {"med"}},
      {"phil.", {"phil"}},
      {"jur.", {"jur"}},
      {"ff.", {"folgende", true}},
      {"u.", {"und"}},
      {"jg.", {"Jahrgang"}},
  };
}

std::map<std::string, std::string> emoji() {
  return {{"😀", "grinsendes Gesicht"},
          {"😂", "Tränen lachendes Gesicht"},
          {"😊", "lächelndes Gesicht"},
          {"😍", "verliebtes Gesicht"},
          {"😢", "weinendes Gesicht"},
          {"😭", "heulendes Gesicht"},
          {"😉", "zwinkerndes Gesicht"},
          {"😎", "cooles Gesicht"},
          {"😡", "wütendes Gesicht"},
          {"🤔", "nachdenkliches Gesicht"},
          {"👍", "Daumen hoch"},
          {"👎", "Daumen runter"},
          {"👏", "klatschende Hände"},
          {"🙏", "gefaltete Hände"},
          {"❤", "rotes Herz"},
          {"💔", "gebrochenes Herz"},
          {"🔥", "Feuer"},
          {"🎉", "Konfetti"},
          {"✅", "Häkchen"},
          {"❌", "Kreuz"},
          {"⭐", "Stern"},
          {"☀", "Sonne"},
          {"🌙", "Mond"},
          {"🚀", "Rakete"},
          {"🐱", "Katze"},
          {"🐶", "Hund"},
          {"🎂", "Geburtstagskuchen"},
          {"🍕", "Pizza"},
          {"☕", "Kaffee"},
          {"🎄", "Weihnachtsbaum"},
          {"👋", "winkende Hand"},
          {"💪", "starker Arm"},
          {"⚠", "Warnung"},
          {"🎵", "Musiknote"}};
}

}  // namespace

Language german_tables() {
  Language l;
  l.family = "de";
  l.decimal = ',';
  l.thousands = '.';
  l.words = vocabulary();
  l.months = {"Januar",
              "Februar",
              "März",
              "April",
              "Mai",
              "Juni",
              "Juli",
              "August",
              "September",
              "Oktober",
              "November",
              "Dezember"};
  for (int i = 0; i < 12; ++i) l.month_of[lower_case(l.months[i])] = i + 1;
  l.month_of.insert({{"jan.", 1},
                     {"jänner", 1},
                     {"feb.", 2},
                     {"mrz.", 3},
                     {"apr.", 4},
                     {"aug.", 8},
                     {"sept.", 9},
                     {"sep.", 9},
                     {"okt.", 10},
                     {"nov.", 11},
                     {"dez.", 12}});
  l.abbreviations = abbreviations();
  l.bare_abbreviations = {{"Dr", "Doktor"},
                          {"Hr", "Herr"},
                          {"Fr", "Frau"},
                          {"GmbH", "^G ^M ^B ^H"},
                          {"Mio", "Millionen"},
                          {"Mrd", "Milliarden"},
                          {"LKW", "^L ^K ^W"},
                          {"Lkw", "^L ^K ^W"},
                          {"Pkw", "^P ^K ^W"},
                          {"vs", "versus"},
                          {"bzw", "beziehungsweise"},
                          {"ca", "circa"},
                          {"usw", "und so weiter"},
                          {"inkl", "inklusive"},
                          {"evtl", "eventuell"}};
  l.weekdays = {{"mo", "Montag"},
                {"di", "Dienstag"},
                {"mi", "Mittwoch"},
                {"do", "Donnerstag"},
                {"fr", "Freitag"},
                {"sa", "Samstag"},
                {"so", "Sonntag"}};
  l.per_nouns = {{"Monat", "Monat"},
                 {"Jahr", "Jahr"},
                 {"Tag", "Tag"},
                 {"Woche", "Woche"},
                 {"Stunde", "Stunde"},
                 {"Std.", "Stunde"},
                 {"Person", "Person"},
                 {"Nacht", "Nacht"},
                 {"Stück", "Stück"}};
  l.alternatives = {
      "er", "sie", "ihm", "ihr", "ihn", "sein", "ihre", "seine", "ihren", "seinen", "ja", "nein"};
  l.units = german_units();
  l.currencies = german_currencies();
  l.scales = {"Tausend",
              "tausend",
              "Million",
              "Millionen",
              "Milliarde",
              "Milliarden",
              "Billionen",
              "Mio.",
              "Mrd.",
              "Mio",
              "Mrd"};
  l.scale_names = {{"Mio.", {"Million", "Millionen", 'f'}},
                   {"Mio", {"Million", "Millionen", 'f'}},
                   {"Mrd.", {"Milliarde", "Milliarden", 'f'}},
                   {"Mrd", {"Milliarde", "Milliarden", 'f'}},
                   {"Million", {"Million", "Millionen", 'f'}},
                   {"Milliarde", {"Milliarde", "Milliarden", 'f'}}};
  l.spoken_acronyms = {"NATO", "NASA", "UNESCO", "UNO",   "UNICEF", "AIDS", "FIFA",
                       "UEFA", "TÜV",  "BAFÖG",  "IKEA",  "EDEKA",  "RAM",  "SIM",
                       "PIN",  "TAN",  "DAX",    "ASCII", "COVID",  "OPEC", "LAN"};
  l.spelled_acronyms = {"ARD", "ZDF", "BMW", "VW",   "EU",   "USA", "UN",  "CDU", "SPD",
                        "CSU", "FDP", "DDR", "BRD",  "DNA",  "TV",  "PC",  "IT",  "KI",
                        "LKW", "PKW", "EDV", "ADAC", "BKA",  "BND", "AOK", "OK",  "WG",
                        "ICE", "GEZ", "NDR", "WDR",  "ISBN", "AFD", "AEG", "SAP"};
  l.capital_words = {"NEIN", "JA",    "UND",  "ODER",  "DER", "DIE",  "DAS", "DU",  "ICH", "ER",
                     "SIE",  "ES",    "WIR",  "IHR",   "IST", "NIE",  "NUR", "SO",  "ZU",  "IN",
                     "IM",   "AM",    "AN",   "AUF",   "AUS", "MIT",  "VON", "NEU", "GUT", "HALT",
                     "STOP", "STOPP", "ALLE", "NICHT", "EIN", "KEIN", "WIE", "WAS", "WER", "WO"};
  l.letter_ipa = {{"A", "ˈaː"},   {"B", "bˈeː"}, {"C", "tsˈeː"}, {"D", "dˈeː"}, {"E", "ˈeː"},
                  {"F", "ˈɛf"},   {"G", "ɡˈeː"}, {"H", "hˈaː"},  {"I", "ˈiː"},  {"J", "jˈɔt"},
                  {"K", "kˈaː"},  {"L", "ˈɛl"},  {"M", "ˈɛm"},   {"N", "ˈɛn"},  {"O", "ˈoː"},
                  {"P", "pˈeː"},  {"Q", "kˈuː"}, {"R", "ˈɛɾ"},   {"S", "ˈɛs"},  {"T", "tˈeː"},
                  {"U", "ˈuː"},   {"V", "fˈaʊ"}, {"W", "vˈeː"},  {"X", "ˈɪks"}, {"Y", "ˈʏpsiːlɔn"},
                  {"Z", "tsˈɛt"}, {"Ä", "ˈɛː"},  {"Ö", "ˈøː"},   {"Ü", "ˈyː"}};
  l.emoji = emoji();
  l.year_cues = {"jahr", "jahre", "seit", "bis", "von", "vor", "nach", "um", "anno", "ab", "und"};
  l.roman_cues = {"kapitel",    "teil",      "band",  "akt",     "szene", "weltkrieg",
                  "klasse",     "typ",       "phase", "artikel", "titel", "stufe",
                  "buch",       "abschnitt", "seite", "seiten",  "bände", "kapiteln",
                  "weltkriege", "kap",       "bd",    "abb"};
  l.ordinal_cues = {"der",    "die",    "das",    "den",   "dem",   "des",  "im",    "am",
                    "zum",    "zur",    "vom",    "beim",  "ein",   "eine", "einen", "einem",
                    "einer",  "ihr",    "ihre",   "ihren", "ihrem", "sein", "seine", "seinen",
                    "seinem", "seiner", "mein",   "meine", "jeder", "jede", "jedes", "jedem",
                    "jeden",  "ab",     "diesem", "dieser"};
  l.ordinal_nouns = {"Jahrhundert", "Jh",    "Jhd",      "Mal",        "Weltkrieg",
                     "Klasse",      "Stock", "Etage",    "Platz",      "Kapitel",
                     "Geburtstag",  "Tag",   "Liga",     "Bundesliga", "Auflage",
                     "Stunde",      "Woche", "Runde",    "Quartal",    "Semester",
                     "Tür",         "Reihe", "Spieltag", "Halbzeit",   "Versuch"};
  l.century_words = {"Jahrhundert", "Jahrhunderts", "Jahrhunderte"};
  l.monarchs = {"ludwig",   "friedrich", "wilhelm",    "karl",     "heinrich", "otto",
                "franz",    "joseph",    "johannes",   "paul",     "benedikt", "pius",
                "georg",    "leopold",   "maximilian", "napoleon", "philipp",  "peter",
                "nikolaus", "alexander", "gustav",     "gregor",   "august",   "leo",
                "xaver",    "rudolf",    "louis",      "edward",   "elisabeth"};
  return l;
}

}  // namespace tts
