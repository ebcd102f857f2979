// German ordinals: which ending an article, a preposition and the noun ask for.
#include <unicode/uchar.h>

#include "text/normalise/german/german.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/word_list.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int kMostListed = 3;  // "der 2., 3. und 4. Teil"

bool one_of(const std::string& word, const Words& set) {
  return set.count(word) != 0;
}

bool ends_with(const std::string& word, const std::string& ending) {
  return word.size() > ending.size() &&
         word.compare(word.size() - ending.size(), ending.size(), ending) == 0;
}

// Words that decline like "mein": stem and endings.
const Words& possessives() {
  static const Words stems = word_list("ein kein mein dein sein ihr unser euer eur irgendein");
  return stems;
}

// Words that decline like "dieser".
const Words& demonstratives() {
  static const Words stems = word_list("dies jed jen welch manch solch all jedwed");
  return stems;
}

const Words& dative_prepositions() {
  static const Words set = word_list(
      "mit von nach aus bei zu seit in an auf vor hinter über unter neben zwischen gegenüber ab");
  return set;
}

std::string stem_of(const std::string& word, const Words& stems) {
  for (const char* ending : {"", "e", "er", "es", "en", "em"}) {
    const size_t size = std::string(ending).size();
    if (size < word.size() && (size == 0 || ends_with(word, ending)) &&
        stems.count(word.substr(0, word.size() - size)))
      return word.substr(0, word.size() - size);
  }
  return "";
}

bool is_neuter(const std::string& noun) {
  static const Words nouns = word_list(
      "Jahrhundert Mal Kapitel Buch Semester Quartal Jahr Tor Auto Haus Kind Spiel Obergeschoss OG "
      "Untergeschoss Stockwerk Bild Lied Land Team Album Zimmer Treffen Konzert Rennen Foto Video "
      "Bier Glas Stück Drittel Viertel Gebot Programm Werk Thema Ziel Bataillon Regiment Regal "
      "Tier "
      "Wort Mädchen Gericht Ergebnis Modul Gleis Halbjahr Trimester Gymnasium Experiment Fahrrad "
      "Handy Telefon Hotel Restaurant Geschenk Wochenende Date Studium Leben Ei Bein Auge Ohr "
      "Reich "
      "Gesetz Dorf Gebäude Hemd Kleid Pferd Schiff Stadion Mitglied Exemplar Beispiel Element");
  if (nouns.count(noun)) return true;
  for (const char* ending : {"chen",
                             "lein",
                             "ment",
                             "haus",
                             "jahr",
                             "buch",
                             "spiel",
                             "zeug",
                             "bild",
                             "treffen",
                             "rennen",
                             "geschoss",
                             "zimmer",
                             "stück",
                             "mal",
                             "tum"}) {
    if (ends_with(noun, ending)) return true;
  }
  return false;
}

bool is_feminine(const std::string& noun) {
  static const Words nouns = word_list(
      "Liga Bundesliga Auflage Tür Halbzeit Frau Mutter Tochter Schwester Stadt Nacht Hand Bank "
      "Wand "
      "Fahrt Wahl Zahl Zeit Schicht Mannschaft Staffel Person Million Ampel Regel Oper Mauer "
      "Nummer "
      "Lieferung Kraft Antwort Arbeit Übung Lektion Version Edition Generation");
  if (nouns.count(noun)) return true;
  for (const char* ending : {"ung",
                             "heit",
                             "keit",
                             "schaft",
                             "ion",
                             "tät",
                             "frau",
                             "stadt",
                             "liga",
                             "zeit",
                             "nacht",
                             "in"}) {
    if (ends_with(noun, ending)) return true;
  }
  static const Words masculine = word_list("Name Junge Kollege Gedanke Kunde Käse Hase Neffe Affe");
  return ends_with(noun, "e") && !masculine.count(noun);
}

// The word that governs the ordinal: in "der 2. und 3. Teil" it stands before the first.
struct Governor {
  std::string word, before;
};

Governor governor_of(const Neighbours& around) {
  static const Words joints = word_list("und oder bis sowie");
  Neighbours at = around;
  std::string word = around.before;
  for (int i = 0; at.text && i < kMostListed; ++i) {
    const bool joint = joints.count(word) != 0;
    if (!joint && sign_before(at) != ',') break;
    // Over the joint, and over the ordinal before it.
    int32_t back = at.begin;
    while (back > 0 && ((*at.text)[back - 1] == ' ' || (*at.text)[back - 1] == ',')) --back;
    if (joint) {
      while (back > 0 && u_isalpha((*at.text)[back - 1])) --back;
      while (back > 0 && (*at.text)[back - 1] == ' ') --back;
    }
    if (back < 2 || (*at.text)[--back] != '.' || !u_isdigit((*at.text)[back - 1])) break;
    while (back > 0 && u_isdigit((*at.text)[back - 1])) --back;
    at.begin = back;
    word = word_before(at, 1);
  }
  return {word, at.text ? word_before(at, 2) : ""};
}

// e, n, r or s: what comes behind "dritte".
char ending_of(const Neighbours& around) {
  static const Words always_n =
      word_list("dem den des im am zum zur vom beim ans ins fürs ab bis seit nach vor gegen");
  const Governor governor = governor_of(around);
  const std::string& word = governor.word;
  const bool prepositional = one_of(governor.before, dative_prepositions());
  if (one_of(word, always_n)) return 'n';
  if (word == "der") return prepositional || governor.before == "anfang" ? 'n' : 'e';
  if (word == "die" || word == "das") return 'e';
  const bool demonstrative = !stem_of(word, demonstratives()).empty();
  if (demonstrative || !stem_of(word, possessives()).empty()) {
    const bool bare = possessives().count(word) != 0;
    if (bare) return is_neuter(around.after) ? 's' : is_feminine(around.after) ? 'e' : 'r';
    if (ends_with(word, "em") || ends_with(word, "en")) return 'n';
    if (ends_with(word, "es")) return demonstrative ? 'e' : 'n';
    if (ends_with(word, "er")) return demonstrative && !prepositional ? 'e' : 'n';
    return 'e';
  }
  return is_neuter(around.after) ? 's' : is_feminine(around.after) ? 'e' : 'r';
}

}  // namespace

Words german_ordinal_cues() {
  Words cues = word_list(
      "der die das den dem des im am zum zur vom beim ans ins fürs ab diese dieser dieses diesem "
      "diesen");
  for (const auto* stems : {&possessives(), &demonstratives()}) {
    for (const std::string& stem : *stems) {
      for (const char* ending : {"e", "er", "es", "en", "em"}) cues.insert(stem + ending);
    }
  }
  cues.insert(possessives().begin(), possessives().end());
  cues.erase("eur");
  cues.erase("alles");
  return cues;
}

std::string german_ordinal(int64_t n, const Neighbours& around) {
  const char ending = ending_of(around);
  std::string words = spell_out(
      "de", ending == 'e' ? "%spellout-ordinal" : std::string("%spellout-ordinal-") + ending, n);
  const std::string one = "eine ";  // "der millionste", not "der eine Millionste"
  if (words.compare(0, one.size(), one) == 0) words = lower_case(words.substr(one.size()));
  if (n == 1000) words = words.substr(3);  // "tausendste", not "eintausendste"
  return words;
}

}  // namespace tts
