#include "text/normalise/german/german.h"
#include "text/normalise/word_list.h"
#include "text/unicode.h"

namespace tts {
namespace {

Vocabulary vocabulary() {
  Vocabulary w;
  w.point = "Komma", w.minus = "minus", w.plus = "plus", w.percent = "Prozent";
  w.per_mille = "Promille", w.and_ = "und", w.or_ = "oder", w.to = "bis", w.times = "mal";
  w.by = "mal", w.equals = "gleich", w.degrees = "Grad", w.number = "Nummer", w.at = "ät";
  w.dot = "Punkt", w.slash = "Schrägstrich", w.dash = "Bindestrich";
  w.underscore = "Unterstrich", w.colon = "Doppelpunkt", w.hash = "Raute";
  w.hashtag = "Hashtag", w.question_mark = "Fragezeichen", w.section = "Paragraph";
  w.sections = "Paragraphen", w.copyright = "Copyright", w.about = "etwa";
  w.approximately = "ungefähr", w.plus_minus = "plus minus", w.divided_by = "geteilt durch";
  w.less_than = "kleiner als", w.greater_than = "größer als", w.square = "Quadrat";
  w.cubic = "Kubik", w.per = "pro", w.flag_of = "Flagge", w.backslash = "Backslash";
  w.power = "hoch", w.squared = "zum Quadrat", w.cubed = "hoch drei", w.out_of = "von";
  w.score = "zu", w.over = "zu", w.page = "Seite", w.version = "Version", w.zero_point = "null";
  w.degree = "Grad", w.minutes = "Minuten", w.seconds = "Sekunden", w.north = "Nord";
  w.south = "Süd", w.east = "Ost", w.west = "West", w.quintillion = "Trillionen";
  return w;
}

// What spelling says of signs.
WordTable character_names() {
  return {{"!", "Ausrufezeichen"},
          {"?", "Fragezeichen"},
          {".", "Punkt"},
          {",", "Komma"},
          {";", "Semikolon"},
          {":", "Doppelpunkt"},
          {"'", "Apostroph"},
          {"’", "Apostroph"},
          {"\"", "Anführungszeichen"},
          {"(", "Klammer auf"},
          {")", "Klammer zu"},
          {"[", "eckige Klammer auf"},
          {"]", "eckige Klammer zu"},
          {"{", "geschweifte Klammer auf"},
          {"}", "geschweifte Klammer zu"},
          {"<", "kleiner als"},
          {">", "größer als"},
          {"/", "Schrägstrich"},
          {"\\", "umgekehrter Schrägstrich"},
          {"-", "Bindestrich"},
          {"–", "Gedankenstrich"},
          {"—", "Gedankenstrich"},
          {"_", "Unterstrich"},
          {"&", "Und-Zeichen"},
          {"@", "At-Zeichen"},
          {"#", "Raute"},
          {"*", "Sternchen"},
          {"+", "plus"},
          {"=", "gleich"},
          {"%", "Prozent"},
          {"^", "Zirkumflex"},
          {"~", "Tilde"},
          {"`", "Gravis"},
          {"|", "senkrechter Strich"},
          {"…", "Auslassungspunkte"}};
}

WordTable signs() {
  return {{"≥", "größer oder gleich"},
          {"≤", "kleiner oder gleich"},
          {">=", "größer oder gleich"},
          {"<=", "kleiner oder gleich"},
          {"≠", "ungleich"},
          {"!=", "ungleich"},
          {"!==", "ungleich"},
          {"≡", "identisch mit"},
          {"==", "gleich"},
          {"===", "gleich"},
          {":=", "wird zu"},
          {"→", "nach"},
          {"->", "nach"},
          {"⇒", "daraus folgt"},
          {"=>", "daraus folgt"},
          {"←", "von"},
          {"<-", "von"},
          {"↔", "hin und zurück"},
          {"<->", "hin und zurück"},
          {"⇔", "genau dann wenn"},
          {"<=>", "genau dann wenn"},
          {"&&", "und"},
          {"||", "oder"},
          {"√", "Wurzel aus"},
          {"∛", "dritte Wurzel aus"},
          {"∞", "unendlich"},
          {"∑", "Summe über"},
          {"∏", "Produkt über"},
          {"∫", "Integral über"},
          {"∂", "partiell"},
          {"∈", "Element von"},
          {"∉", "kein Element von"},
          {"⊂", "Teilmenge von"},
          {"⊆", "Teilmenge von"},
          {"∪", "vereinigt mit"},
          {"∩", "geschnitten mit"},
          {"∅", "leere Menge"},
          {"∀", "für alle"},
          {"∃", "es existiert"},
          {"∝", "proportional zu"},
          {"∓", "minus plus"},
          {"¬", "nicht"},
          {"∧", "und"},
          {"∨", "oder"},
          {"⊥", "senkrecht zu"},
          {"∥", "parallel zu"},
          {"∠", "Winkel"},
          {"∴", "also"},
          {"®", "eingetragene Marke"},
          {"™", "Marke"},
          {"¶", "Absatz"},
          {"n!", "Fakultät"}};
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
  l.code = "de";
  l.decimal = ',';
  l.thousands = '.';
  l.words = vocabulary();
  l.character_names = character_names();
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
  l.month_of.insert({{"jan.", 1}, {"jänner", 1}, {"feb.", 2},  {"mrz.", 3},  {"apr.", 4},
                     {"aug.", 8}, {"sept.", 9},  {"sep.", 9},  {"mär.", 3},  {"märz.", 3},
                     {"jän.", 1}, {"mrz", 3},    {"jun.", 6},  {"jul.", 7},  {"okt", 10},
                     {"nov", 11}, {"dez", 12},   {"okt.", 10}, {"nov.", 11}, {"dez.", 12}});
  l.abbreviations = german_abbreviations();
  l.suffixes = {{"str", "straße"}, {"pl", "platz"}, {"nr", "nummer"}, {"ufr", "ufer"}};
  l.sentence_openers = word_list(
      "aber alle als am an auch auf aus bei bis da dabei damit dann das dass dazu dem den denn der "
      "deshalb die dies diese dieser dieses dort du durch ein eine einen einer er es für heute "
      "hier "
      "ich ihr ihre im in ist jetzt kein keine man mit nach nicht noch nun nur ob oder seit sein "
      "seine sie sind so und unter viele vom von vor war was wenn wer wie wir wo zu zum zur zwar");
  l.bare_abbreviations = {{"Dr", "Doktor"},
                          {"Hr", "Herr"},
                          {"Fr", "Frau"},
                          {"GmbH", "^G ^M ^B ^H"},
                          {"Mio", "Millionen"},
                          {"Mrd", "Milliarden"},
                          {"LKW", "^L ^K ^W"},
                          {"Lkw", "^L ^K ^W"},
                          {"MwSt", "Mehrwertsteuer"},
                          {"USt", "Umsatzsteuer"},
                          {"WK", "^W ^K"},
                          {"Tsd", "tausend"},
                          {"Co", "Co"},
                          {"Stk", "Stück"},
                          {"Mwst", "Mehrwertsteuer"},
                          {"usb", "^U ^S ^B"},
                          {"StGB", "^S ^T ^G ^B"},
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
                 {"Stück", "Stück"},
                 {"Stk.", "Stück"},
                 {"Stk", "Stück"},
                 {"Min.", "Minute"},
                 {"Kopf", "Kopf"},
                 {"qm", "Quadratmeter"}};
  l.alternatives = {
      "er", "sie", "ihm", "ihr", "ihn", "sein", "ihre", "seine", "ihren", "seinen", "ja", "nein"};
  l.units = german_units();
  l.powers = word_list("m km cm mm dm");
  l.durations = {{"d", {"Tag", "Tage", 'm'}},
                 {"h", {"Stunde", "Stunden", 'f'}},
                 {"Std", {"Stunde", "Stunden", 'f'}},
                 {"m", {"Minute", "Minuten", 'f'}},
                 {"min", {"Minute", "Minuten", 'f'}},
                 {"Min", {"Minute", "Minuten", 'f'}},
                 {"s", {"Sekunde", "Sekunden", 'f'}},
                 {"sec", {"Sekunde", "Sekunden", 'f'}},
                 {"Sek", {"Sekunde", "Sekunden", 'f'}}};
  l.unit_singular_after = word_list("pro je ein einen der");
  l.signs = signs();
  l.clock_words = "(?:Uhr|h(?![A-Za-z]))";
  l.time_pairs = {{"von", "bis"}, {"zwischen", "und"}, {"vom", "bis"}};
  l.time_cues = {"um", "gegen"};
  l.between_cues = {"zwischen"};
  l.nouns_capitalised = true;
  l.distant_cues = word_list("in im jahr jahre jahren anno seit");
  l.conjunctions = word_list("und aber oder weil dass denn");
  l.space_thousands = true;
  l.score_cues = word_list(
      "gewann gewannen gewonnen verlor verloren siegte siegten endete ergebnis endstand sieg "
      "niederlage unentschieden remis spielstand führte führten");
  l.label_cues = word_list(
      "artikel absatz kapitel nummer satz zimmer raum gleis linie seite band teil abschnitt punkt "
      "paragraph tabelle abbildung aufgabe frage lektion folge");
  l.digit_cues = word_list(
      "pin code tan passwort plz postleitzahl iban konto kontonummer kundennummer blz bankleitzahl "
      "karte kartennummer geheimzahl bestätigungscode sicherheitscode rufnummer durchwahl");
  l.call_cues = word_list(
      "tel telefon fax mobil handy notruf wähle wählen wählt rückruf hotline anrufen unter");
  l.number_ends = word_list("an jetzt für und oder wenn bitte ein eingeben um ist war sofort");
  l.date_cues = word_list(
      "am vom bis zum ab seit dem den der des vor nach montag dienstag mittwoch donnerstag freitag "
      "samstag sonntag sonnabend");
  l.version_cues = word_list(
      "version kapitel punkt abschnitt note ist android windows ios python java ubuntu release "
      "firmware stufe level abbildung tabelle update usb bluetooth mit von auf");
  l.currencies = german_currencies();
  l.scales = {"Tausend",
              "tausend",
              "Million",
              "Millionen",
              "Milliarde",
              "Milliarden",
              "Billion",
              "Billionen",
              "Mio.",
              "Mrd.",
              "Tsd.",
              "Mio",
              "Mrd",
              "Tsd"};
  l.scale_names = {{"Tsd.", {"tausend", "tausend", 'n'}},
                   {"Tsd", {"tausend", "tausend", 'n'}},
                   {"Mio.", {"Million", "Millionen", 'f'}},
                   {"Mio", {"Million", "Millionen", 'f'}},
                   {"Mrd.", {"Milliarde", "Milliarden", 'f'}},
                   {"Mrd", {"Milliarde", "Milliarden", 'f'}},
                   {"Million", {"Million", "Millionen", 'f'}},
                   {"Milliarde", {"Milliarde", "Milliarden", 'f'}}};
  l.spoken_acronyms = {"NATO", "NASA", "UNESCO", "UNO",   "UNICEF", "AIDS", "FIFA",
                       "UEFA", "TÜV",  "BAFÖG",  "IKEA",  "EDEKA",  "RAM",  "SIM",
                       "PIN",  "TAN",  "DAX",    "ASCII", "COVID",  "OPEC", "LAN"};
  l.spelled_acronyms = {"IBAN", "AGB", "EKG", "PLZ", "GG",   "BGB", "OG",  "EG",  "UG",  "WK",
                        "FC",   "SV",  "GB",  "USB", "NRW",  "MD",  "PDF", "URL", "API", "CPU",
                        "GPU",  "LED", "DVD", "CD",  "EC",   "EZB", "IG",  "AG",  "KG",  "TU",
                        "FH",   "IC",  "RE",  "ARD", "ZDF",  "BMW", "VW",  "EU",  "USA", "UN",
                        "CDU",  "SPD", "CSU", "FDP", "DDR",  "BRD", "DNA", "TV",  "PC",  "IT",
                        "KI",   "LKW", "PKW", "EDV", "ADAC", "BKA", "BND", "AOK", "OK",  "WG",
                        "ICE",  "GEZ", "NDR", "WDR", "ISBN", "AFD", "AEG", "SAP"};
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
  l.emoji["👪"] = "Familie";
  l.year_cues = {"jahr", "jahre", "seit", "bis", "von", "vor", "nach", "um", "anno", "ab", "und"};
  l.roman_cues = word_list(
      "kapitel teil band akt szene weltkrieg klasse typ phase artikel titel stufe buch abschnitt "
      "seite seiten bände kapiteln weltkriege kap bd abb wk episode folge");
  l.ordinal_cues = german_ordinal_cues();
  l.ordinal_nouns = word_list(
      "Jahrhundert Jh Jhd Mal Weltkrieg Klasse Stock Etage Platz Kapitel Geburtstag Tag Liga "
      "Bundesliga Auflage Stunde Woche Runde Quartal Semester Tür Reihe Spieltag Halbzeit Versuch "
      "OG Obergeschoss Stockwerk Jahrestag Hochzeitstag Lebensjahr Schuljahr Senat Mannschaft "
      "Reich Jhdt Jhs Hälfte Advent Januar");
  l.century_words = {"Jahrhundert", "Jahrhunderts", "Jahrhunderte"};
  l.monarchs = word_list(
      "ludwig friedrich wilhelm karl heinrich otto franz joseph johannes paul benedikt pius georg "
      "leopold maximilian napoleon philipp peter nikolaus alexander gustav gregor august leo xaver "
      "rudolf louis edward elisabeth katharina maria victoria viktoria margarethe beatrix "
      "christine isabella anna eleonore ramses rameses amenophis thutmosis ptolemäus darius xerxes "
      "kyros konstantin justinian johann clemens innozenz urban sixtus ferdinand albert albrecht "
      "christian erik harald olav carl iwan zar könig sigismund matthias konrad richard eduard "
      "jakob wladislaw boleslaw stephan haakon felipe juan alfons philippe ludwigs karls "
      "friedrichs wilhelms heinrichs");
  l.titles = word_list("könig königin papst kaiser kaiserin zar zarin sultan pharao fürst herzog");
  return l;
}

}  // namespace tts
