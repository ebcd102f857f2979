#include "text/normalise/capitals.h"

#include <unicode/uchar.h>

#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int kLongestSpelled = 3;  // unknown acronyms up to this length are spelled
constexpr int kMostConsonants = 3;  // in a row, in a word that can be said

bool is_all_capitals(const icu::UnicodeString& word) {
  int letters = 0;
  for (int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    if (u_islower(c)) return false;
    letters += u_isupper(c);
  }
  return letters >= 2;
}

bool is_pronounceable(const icu::UnicodeString& word) {
  int consonants = 0, vowels = 0;
  for (int32_t i = 0; i < word.length(); ++i) {
    const bool vowel = icu::UnicodeString(u"AEIOUYÄÖÜÉÈËÏÁÓÍ").indexOf(word[i]) >= 0;
    consonants = vowel || word[i] == '-' ? 0 : consonants + 1;
    vowels += vowel;
    if (consonants > kMostConsonants) return false;
  }
  return vowels * 5 >= word.length();
}

// A neighbour in capitals that is no acronym: the whole line is shouted.
bool is_shouted(const std::string& neighbour, const Language& language) {
  const icu::UnicodeString word = from_utf8(neighbour);
  return is_all_capitals(word) && !language.spelled_acronyms.count(neighbour) &&
         !language.spoken_acronyms.count(neighbour) &&
         (word.length() > kLongestSpelled || language.capital_words.count(neighbour));
}

// "AT&T", "R&D".
Expansion joined_letters(const RuleMatch& m, const Neighbours&, const Language& language) {
  return spelled(m[1]) + " " + language.words.and_ + " " + spelled(m[2]);
}

Expansion sharp(const RuleMatch&, const Neighbours&, const Language&) {
  return "sharp";
}

// The letter where it is no article: "A4", "the A team", "plan A", "from A to B".
Expansion letter_a(const RuleMatch& m, const Neighbours& around, const Language&) {
  static const std::set<std::string> determiners = {
      "the", "an", "this", "that", "my", "your", "his", "her", "their", "straight", "letter"};
  static const std::set<std::string> nouns = {
      "vitamin",   "plan",   "section",   "grade",    "team",    "type",     "group",    "side",
      "level",     "class",  "hepatitis", "appendix", "exhibit", "gate",     "wing",     "block",
      "category",  "option", "part",      "figure",   "table",   "point",    "unit",     "room",
      "hall",      "model",  "schedule",  "series",   "serie",   "building", "terminal", "variant",
      "influenza", "flu",    "answer",    "question", "case",    "zone"};
  static const std::set<std::string> verbs = {"to", "and", "or", "is", "was", "plus", "minus"};
  const bool joined = !m[2].empty(), capital = m[1] == "A";
  const bool name_after = !around.after.empty() && u_isupper(from_utf8(around.after)[0]);
  const bool small_before =
      !around.before_written.empty() && u_islower(from_utf8(around.before_written)[0]);
  const bool letter =
      joined || around.before == "letter" ||
      (capital && (determiners.count(around.before) || verbs.count(around.after))) ||
      (capital && !name_after && (small_before || nouns.count(around.before)));
  return letter ? Expansion(spelled("a")) : std::nullopt;
}

Expansion quoted_letter(const RuleMatch&, const Neighbours&, const Language&) {
  return spelled("a");
}

Expansion grade_minus(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.minus;
}

}  // namespace

std::vector<Rule> capital_rules(const Language& language) {
  std::vector<Rule> rules = {
      {"joined letters", "l", R"((\p{Lu}{1,3})&(\p{Lu}{1,3})(?!\p{L}))", joined_letters},
      {"sharp", "s", R"((?<=\p{L})#(?!\p{L}))", sharp}};
  if (language.family != "en") return rules;
  rules.push_back(
      {"letter A",
       "l",
       R"((?<!["'(\p{L}]|\. {0,2})([Aa])(?![\p{L}'&.]|-\p{L})(?:(?=(\d|/\p{L}(?!\p{L})|\+| & \p{Lu}(?!\p{L})))|))",
       letter_a});
  rules.push_back({"quoted letter", "l", R"((?<=["'(])[Aa](?=["')]))", quoted_letter});
  rules.push_back({"grade", "s", R"((?<=an? [A-F])-(?=[\s.,;!?)]|$))", grade_minus});
  return rules;
}

std::optional<std::string> capitals_in_words(const std::string& written,
                                             const Neighbours& around,
                                             const Language& language) {
  icu::UnicodeString word = from_utf8(written);
  if (word.length() > 3 && word.endsWith(u"'s", 2)) {  // FBI's, NASA's, Dutch CD's
    const std::string stem = to_utf8(word.tempSubString(0, word.length() - 2));
    const auto words = capitals_in_words(stem, around, language);
    if (words) return *words + "'s";
  }
  if (word.length() > 2 && word.endsWith(u"s", 1)) {  // CDs
    const icu::UnicodeString stem = word.tempSubString(0, word.length() - 1);
    if (is_all_capitals(stem) && !is_pronounceable(stem)) {
      return spelled(to_utf8(stem)) + "s";
    }
  }
  if (!is_all_capitals(word)) return std::nullopt;
  if (language.spelled_acronyms.count(written)) return spelled(written);
  if (language.spoken_acronyms.count(written) || language.capital_words.count(written)) {
    return lower_case(written);
  }
  const bool shouted =
      is_shouted(around.before_written, language) || is_shouted(around.after, language);
  if (shouted && is_pronounceable(word)) return lower_case(written);
  const bool compound = word.indexOf(u'-') >= 0 || word.indexOf(u'\'') >= 0;
  if (!compound && (word.length() <= kLongestSpelled || !is_pronounceable(word))) {
    return spelled(written);
  }
  return lower_case(written);
}

}  // namespace tts
