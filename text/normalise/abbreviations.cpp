#include "text/normalise/abbreviations.h"

#include <unicode/uchar.h>

#include <set>
#include <vector>

#include "text/normalise/rule_set.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kMaxParts = 4;        // u. s. w.
constexpr int32_t kMaxPartLength = 8;  // "approx."
constexpr int kMaxStreetNames = 3;     // "12 Martin Luther King Dr."

bool letter_at(const icu::UnicodeString& text, int32_t at) {
  return at < text.length() && u_isalpha(text[at]);
}

bool capital_at(const icu::UnicodeString& text, int32_t at) {
  return at < text.length() && u_isupper(text[at]);
}

struct Candidate {
  std::string key;  // small letters with dots, no spaces
  int32_t end = 0;
  size_t parts = 0;
  bool single_letters = true;
};

// "z. B." gives "z." and "z.b.".
std::vector<Candidate> dotted_candidates(const icu::UnicodeString& text, int32_t at) {
  std::vector<Candidate> out;
  Candidate now;
  while (now.parts < kMaxParts) {
    int32_t end = at;
    while (letter_at(text, end) && end - at <= kMaxPartLength) ++end;
    if (end == at || end >= text.length() || text[end] != '.') break;
    now.key += lower_case(to_utf8(text.tempSubStringBetween(at, end))) + ".";
    now.single_letters = now.single_letters && end - at == 1;
    now.end = end + 1;
    ++now.parts;
    out.push_back(now);
    at = end + 1;
    if (at < text.length() && text[at] == ' ') ++at;
  }
  return out;
}

// English words that more often begin a sentence than follow an adjective.
bool begins_sentences(const std::string& word) {
  static const std::set<std::string> words = {
      "a",     "after", "all",   "although", "an",   "and",   "as",  "at",      "because", "but",
      "by",    "for",   "from",  "he",       "her",  "his",   "how", "however", "i",       "if",
      "in",    "it",    "its",   "many",     "most", "my",    "no",  "now",     "on",      "one",
      "our",   "she",   "since", "so",       "some", "that",  "the", "their",   "then",    "there",
      "these", "they",  "this",  "those",    "to",   "today", "we",  "what",    "when",    "where",
      "while", "who",   "why",   "with",     "yes",  "yet",   "you", "your"};
  return words.count(word) > 0;
}

// "U.S.", "J.R.R.": letters and dots without spaces.
std::optional<AbbreviationHit> letters_with_dots(const icu::UnicodeString& text,
                                                 int32_t at,
                                                 const Language& language) {
  int32_t end = at;
  std::string letters;
  while (capital_at(text, end) && end + 1 < text.length() && text[end + 1] == '.') {
    letters += to_utf8(static_cast<char32_t>(text[end]));
    end += 2;
  }
  if (letters.size() < 2 || letter_at(text, end)) return std::nullopt;
  // "in the U.S. He", but "J.R.R. Tolkien" and "U.S. Army".
  const bool may_end =
      language.spelled_acronyms.count(letters) != 0 &&
      (language.family != "en" || begins_sentences(lower_case(neighbours_of(text, at, end).after)));
  if (text.tempSubString(end, 2) == u"'s") return AbbreviationHit{end + 2, spelled(letters) + "'s"};
  return AbbreviationHit{end, spelled(letters), may_end};
}

// "J. Smith": an initial, not the end of a sentence.
std::optional<AbbreviationHit> initial(const icu::UnicodeString& text,
                                       int32_t at,
                                       const Language& language) {
  const bool is_initial = capital_at(text, at) && at + 3 < text.length() && text[at + 1] == '.' &&
                          text[at + 2] == ' ' && capital_at(text, at + 3);
  if (!is_initial) return std::nullopt;
  const Neighbours around = neighbours_of(text, at, at + 2);
  const bool more_initials = at + 4 < text.length() && text[at + 4] == '.';  // "A. A. Milne"
  const bool after_noun = !more_initials && !around.before.empty() &&
                          u_islower(from_utf8(around.before_written)[0]) &&
                          around.before.size() > 3;  // "Plan B. Then", "vitamin C. It"
  const bool new_sentence =
      language.family == "en" && !more_initials && begins_sentences(lower_case(around.after));
  if (text[at] == 'I' || after_noun || new_sentence || around.before == "plan") return std::nullopt;
  return AbbreviationHit{at + 2, spelled(to_utf8(static_cast<char32_t>(text[at]))), false};
}

Expansion street_name(const RuleMatch& m, const Neighbours&, const Language& language) {
  return m[1] + (language.family == "de" ? "straße" : "straat");
}

Expansion dutch_article(const RuleMatch& m, const Neighbours&, const Language&) {
  return m[1] == "t" || m[1] == "T" ? "het" : "een";
}

Expansion dutch_town(const RuleMatch& m, const Neighbours&, const Language&) {
  return "s " + m[1];
}

// "w/o", "t/m".
Expansion slashed(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.slashed_abbreviations.at(lower_case(m[1]));
}

// "est. 1899", "d. 1519".
Expansion before_year(const RuleMatch& m, const Neighbours&, const Language&) {
  return lower_case(m[1]) == "est" ? "established" : m[1] == "b" ? "born" : "died";
}

// "221 W. 57th St.", "Ave. NW".
Expansion direction(const RuleMatch& m, const Neighbours&, const Language&) {
  std::string out;
  for (char c : m[1]) out += c == 'N' ? "north" : c == 'S' ? "south" : c == 'E' ? "east" : "west";
  return out;
}

// "he/she".
Expansion alternative(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.or_;
}

bool follows_ordinal(const icu::UnicodeString& text, int32_t at) {  // "5th St."
  while (at > 0 && text[at - 1] == ' ') --at;
  return at > 2 && u_isalpha(text[at - 1]) && u_isalpha(text[at - 2]) && u_isdigit(text[at - 3]);
}

// "12 Oak Dr. Springfield", "221B Baker St. London".
bool has_house_number(const icu::UnicodeString& text, int32_t at) {
  for (int names = 0; names <= kMaxStreetNames; ++names) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '.')) --at;
    const int32_t end = at;
    while (at > 0 && u_isalnum(text[at - 1])) --at;
    if (at == end) return false;
    if (u_isdigit(text[at])) return names > 0;
    if (!u_isupper(text[at])) return false;
  }
  return false;
}

// Words that continue an address: "Main St. Bridge", "Oak Ave. NW".
bool goes_on(const std::string& word) {
  static const std::set<std::string> words = {
      "apt",     "suite", "unit",  "station", "bridge", "market", "school",
      "journal", "park",  "north", "south",   "east",   "west",   "n",
      "s",       "e",     "w",     "ne",      "nw",     "se",     "sw"};
  return words.count(word) != 0;
}

// St. James is a saint, James St. a street; likewise Dr.
bool ends_street_name(const icu::UnicodeString& text, int32_t at, int32_t end) {
  static const std::set<std::string> no_names = {"dear",
                                                 "hello",
                                                 "hi",
                                                 "the",
                                                 "a",
                                                 "our",
                                                 "my",
                                                 "your",
                                                 "his",
                                                 "her",
                                                 "mr",
                                                 "mrs",
                                                 "ms",
                                                 "prof",
                                                 "yes",
                                                 "no",
                                                 "thanks"};
  if (follows_ordinal(text, at)) return true;
  const Neighbours around = neighbours_of(text, at, end);
  if (!capital_at(from_utf8(around.before_written), 0) || no_names.count(around.before))
    return false;
  const std::string after = lower_case(around.after);
  const bool name_after =
      capital_at(from_utf8(around.after), 0) && !begins_sentences(after) && !goes_on(after);
  return !name_after || has_house_number(text, at);
}

std::optional<AbbreviationHit> street(const icu::UnicodeString& text,
                                      int32_t at,
                                      int32_t end,
                                      const Language& language) {
  const int32_t length = end - at - (text[end - 1] == '.');
  const auto found = language.streets.find(lower_case(to_utf8(text.tempSubString(at, length))));
  const bool is_street =
      found != language.streets.end() && capital_at(text, at) && ends_street_name(text, at, end);
  if (!is_street) return std::nullopt;
  const std::string after = lower_case(neighbours_of(text, at, end).after);
  const bool address = goes_on(after) || (has_house_number(text, at) && !begins_sentences(after));
  return AbbreviationHit{end, found->second, text[end - 1] == '.' && (after.empty() || !address)};
}

}  // namespace

std::vector<Rule> contraction_rules(const Language& language) {
  std::vector<Rule> rules = {
      {"slashed", "l", R"((?<![\p{L}\d/])((?i:{SLASHED}))(?!/|(?<!/)[\p{L}\d]))", slashed},
      {"alternative", "s", R"((?<=(?<![\p{L}/])(?i:{OR}))/(?=(?i:{OR})(?![\p{L}/])))", alternative},
  };
  if (language.family == "en") {
    rules.push_back({"before a year", "l", R"(([Ee]st|[bd])\.(?= (?:c\. ?)?\d{4}))", before_year});
    rules.push_back(
        {"direction", "l", R"(([NESW])\.?(?= \d{1,3}(?:st|nd|rd|th)(?!\p{L})))", direction});
    rules.push_back({"direction",
                     "l",
                     R"((?<=(?:St|Ave|Rd|Blvd|Dr|Pl|Ln)\.? )([NS][EW]|[NESW])(?![\p{L}\d]))",
                     direction});
    return rules;
  }
  rules.push_back({"street", "l", R"((\p{Lu}[\p{L}-]*\p{L})str\.)", street_name});
  if (language.family == "nl") {
    rules.push_back({"town", "s", R"('s-(\p{Lu}\p{L}+))", dutch_town});
    rules.push_back({"article", "s", R"((?<![\p{L}\d])'([tTnN])(?![\p{L}'-]))", dutch_article});
  }
  return rules;
}

std::optional<AbbreviationHit> match_abbreviation(const icu::UnicodeString& text,
                                                  int32_t at,
                                                  const Language& language) {
  const auto candidates = dotted_candidates(text, at);
  for (auto it = candidates.rbegin(); it != candidates.rend(); ++it) {
    if (letter_at(text, it->end)) continue;
    if (it->parts == 1) {
      if (auto hit = street(text, at, it->end, language)) return hit;
    }
    const auto found = language.abbreviations.find(it->key);
    if (found == language.abbreviations.end()) continue;
    const std::string letters = to_utf8(text.tempSubStringBetween(at, it->end - 1));
    // Dutch "de VS." is not "vs.", "5 pm EST." not "established".
    const bool capitals = letters.size() > 2 && lower_case(letters) != letters &&
                          to_utf8(from_utf8(letters).toUpper()) == letters;
    if (language.spelled_acronyms.count(letters) || (capitals && it->parts == 1)) continue;
    // "Vitamin C." is not "circa".
    if (language.family == "en" && it->parts == 1 && it->single_letters && capital_at(text, at))
      continue;
    return AbbreviationHit{it->end, found->second.spoken, found->second.may_end_sentence};
  }
  if (auto hit = letters_with_dots(text, at, language)) return hit;
  if (auto hit = initial(text, at, language)) return hit;
  int32_t end = at;
  while (letter_at(text, end) && end - at <= kMaxPartLength) ++end;
  if (end == at || letter_at(text, end)) return std::nullopt;
  if (auto hit = street(text, at, end, language)) return hit;
  const std::string bare = to_utf8(text.tempSubStringBetween(at, end));
  const auto found = language.bare_abbreviations.find(bare);
  if (found == language.bare_abbreviations.end()) return std::nullopt;
  return AbbreviationHit{end, found->second, false};
}

}  // namespace tts
