#include "text/normalise/abbreviations.h"

#include <unicode/uchar.h>

#include <vector>

#include "text/normalise/rules/context.h"
#include "text/normalise/rules/rule_set.h"
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

bool small_at(const icu::UnicodeString& text, int32_t at) {
  return at < text.length() && u_islower(text[at]);
}

struct Candidate {
  std::string key;  // as written, with dots, without spaces
  int32_t end = 0;
  size_t parts = 0;
  bool single_letters = true;
};

// "z. B." gives "z." and "z.B.".
std::vector<Candidate> dotted_candidates(const icu::UnicodeString& text, int32_t at) {
  std::vector<Candidate> out;
  Candidate now;
  while (now.parts < kMaxParts) {
    int32_t end = at;
    while (letter_at(text, end) && end - at <= kMaxPartLength) ++end;
    if (end == at || end >= text.length() || text[end] != '.') break;
    now.key += to_utf8(text.tempSubStringBetween(at, end)) + ".";
    now.single_letters = now.single_letters && end - at == 1;
    now.end = end + 1;
    ++now.parts;
    out.push_back(now);
    at = end + 1;
    if (at < text.length() && text[at] == ' ') ++at;
  }
  return out;
}

// "z.B." holds as written and as "Z.B." at a sentence's beginning; "abb." also as "Abb.". A letter
// alone holds as written: "S. Müller" is no "siehe Müller".
const Abbreviation* find(const Candidate& candidate, const Language& language) {
  const auto& table = language.abbreviations;
  auto found = table.find(candidate.key);
  if (found == table.end() && candidate.single_letters && candidate.parts > 1) {
    const std::string first = lower_case(candidate.key.substr(0, 1));
    found = table.find(first + candidate.key.substr(1));
  }
  if (found == table.end() && !candidate.single_letters)
    found = table.find(lower_case(candidate.key));
  return found == table.end() ? nullptr : &found->second;
}

bool opens_sentence(const std::string& word, const Language& language) {
  return language.sentence_openers.count(lower_case(word)) != 0;
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
  // "340 A.D" and "U.S" too.
  if (!letters.empty() && capital_at(text, end) && !letter_at(text, end + 1))
    letters += to_utf8(static_cast<char32_t>(text[end++]));
  if (letters.size() < 2 || letter_at(text, end)) return std::nullopt;
  // "in the U.S. He", but "J.R.R. Tolkien" and "U.S. Army".
  const bool dot = text[end - 1] == '.';
  const bool may_end = dot && language.spelled_acronyms.count(letters) != 0 &&
                       opens_sentence(neighbours_of(text, at, end).after, language);
  if (text.tempSubString(end, 2) == u"'s") return AbbreviationHit{end + 2, spelled(letters) + "'s"};
  return AbbreviationHit{end, spelled(letters), may_end};
}

// "J. Smith", "J. de Vries", "Anna S. in B.": an initial, not the end of a sentence.
std::optional<AbbreviationHit> initial(const icu::UnicodeString& text,
                                       int32_t at,
                                       const Language& language) {
  const bool dotted = capital_at(text, at) && at + 1 < text.length() && text[at + 1] == '.';
  if (!dotted) return std::nullopt;
  const AbbreviationHit letter{at + 2, spelled(to_utf8(static_cast<char32_t>(text[at]))), false};
  const Neighbours around = neighbours_of(text, at, at + 2);
  const bool own_word =
      language.word_letters.find(static_cast<char>(text[at])) != std::string::npos;
  const bool space = at + 3 < text.length() && text[at + 2] == ' ';
  if (space && (small_at(text, at + 3) || text[at + 3] == '(') && !own_word) return letter;
  if (!space && at + 2 < text.length() &&
      (text[at + 2] == ',' || text[at + 2] == ';' || text[at + 2] == ':') && !own_word)
    return letter;
  if (!space || !capital_at(text, at + 3)) return std::nullopt;
  const bool more_initials = at + 4 < text.length() && text[at + 4] == '.';  // "A. A. Milne"
  if (more_initials) return letter;
  const bool after_noun = !around.before.empty() && around.before.size() > 3 &&
                          small_at(from_utf8(around.before_written), 0);
  const bool nouns_are_small = !language.word_letters.empty();
  if (own_word && (after_noun || !around.before.empty())) return std::nullopt;
  if (opens_sentence(around.after, language) || language.label_cues.count(around.before))
    return std::nullopt;
  if (nouns_are_small && after_noun) return std::nullopt;  // "vitamin C. It"
  return letter;
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
bool goes_on(const std::string& word, const Language& language) {
  return language.street_followers.count(word) != 0;
}

// St. James is a saint, James St. a street; likewise Dr.
bool ends_street_name(const icu::UnicodeString& text,
                      int32_t at,
                      int32_t end,
                      const Language& language) {
  if (follows_ordinal(text, at)) return true;
  const Neighbours around = neighbours_of(text, at, end);
  if (!capital_at(from_utf8(around.before_written), 0) ||
      language.no_street_names.count(around.before))
    return false;
  const std::string after = lower_case(around.after);
  const bool name_after = capital_at(from_utf8(around.after), 0) &&
                          !opens_sentence(after, language) && !goes_on(after, language);
  return !name_after || has_house_number(text, at);
}

std::optional<AbbreviationHit> street(const icu::UnicodeString& text,
                                      int32_t at,
                                      int32_t end,
                                      const Language& language) {
  const int32_t length = end - at - (text[end - 1] == '.');
  const auto found = language.streets.find(lower_case(to_utf8(text.tempSubString(at, length))));
  const bool written = capital_at(text, at) || follows_ordinal(text, at) ||
                       (length > 2 && has_house_number(text, at));  // "2 San Tomas hwy"
  const bool is_street =
      found != language.streets.end() && written && ends_street_name(text, at, end, language);
  if (!is_street) return std::nullopt;
  const std::string after = lower_case(neighbours_of(text, at, end).after);
  const bool address =
      goes_on(after, language) || (has_house_number(text, at) && !opens_sentence(after, language));
  return AbbreviationHit{end, found->second, text[end - 1] == '.' && (after.empty() || !address)};
}

// "fig. 3", "fig. A", "vol. II": whether a number follows.
bool number_follows(const icu::UnicodeString& text, int32_t at) {
  while (at < text.length() && text[at] == ' ') ++at;
  if (at < text.length() && u_isdigit(text[at])) return true;
  int32_t end = at;
  while (letter_at(text, end) && icu::UnicodeString(u"ivxlc").indexOf(text[end]) >= 0) ++end;
  if (end > at && !letter_at(text, end)) return true;
  return capital_at(text, at) && (!letter_at(text, at + 1) || u_isupper(text[at + 1]));
}

// Whether the table's reading holds where the candidate stands.
bool holds(const icu::UnicodeString& text,
           int32_t at,
           const Candidate& candidate,
           const Abbreviation& abbreviation,
           const Language& language) {
  if (abbreviation.needs_number && !number_follows(text, candidate.end)) return false;
  if (candidate.parts > 1) return true;
  const std::string letters = candidate.key.substr(0, candidate.key.size() - 1);
  // Dutch "de VS." is not "vs.", "5 pm EST." not "established".
  const bool capitals =
      letters.size() > 2 && lower_case(letters) != letters && upper_case(letters) == letters;
  if (language.spelled_acronyms.count(letters) || capitals) return false;
  const std::string after = neighbours_of(text, at, candidate.end).after;
  return !(language.abbreviated_names.count(candidate.key) && capital_at(from_utf8(after), 0));
}

}  // namespace

std::optional<AbbreviationHit> match_abbreviation(const icu::UnicodeString& text,
                                                  int32_t at,
                                                  const Language& language) {
  const auto candidates = dotted_candidates(text, at);
  for (auto it = candidates.rbegin(); it != candidates.rend(); ++it) {
    if (letter_at(text, it->end)) continue;
    if (it->key.size() == 2 && at > 0 && u_isdigit(text[at - 1])) continue;  // "16c."
    if (it->parts == 1) {
      if (auto hit = street(text, at, it->end, language)) return hit;
    }
    const Abbreviation* found = find(*it, language);
    if (found && holds(text, at, *it, *found, language)) {
      const std::string after = neighbours_of(text, at, it->end).after;
      const bool noun = language.nouns_capitalised && !after.empty() &&
                        !opens_sentence(after, language);  // "Meier, Major a. D. Müller"
      return AbbreviationHit{it->end, found->spoken, found->may_end_sentence && !noun};
    }
    const Neighbours around = neighbours_of(text, at, it->end);
    if (it->parts == 1 && language.abbreviated_names.count(it->key) &&
        capital_at(from_utf8(around.after), 0))
      return AbbreviationHit{it->end, it->key.substr(0, it->key.size() - 1), false};
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
