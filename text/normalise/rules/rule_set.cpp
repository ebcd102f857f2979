#include "text/normalise/rules/rule_set.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>

#include "core/ascii.h"
#include "core/error.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int32_t kReach = 300;       // no written form is longer
constexpr int32_t kLongestWord = 40;  // of the neighbours
constexpr int32_t kLongestAbbreviation = 4;
constexpr int32_t kTimeLimit = 1000;  // steps of ICU's engine, against patterns that explode

std::string escaped(const std::string& literal) {
  std::string out;
  for (char c : literal) {
    if (std::strchr("\\^$.|?*+()[]{}-/", c)) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

// "(?:km|m|…)", longest first; a group that never matches when there are none.
template <typename Keys>
std::string any_of(const Keys& keys) {
  std::vector<std::string> sorted(keys.begin(), keys.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  std::string out;
  for (const std::string& key : sorted) out += (out.empty() ? "(?:" : "|") + escaped(key);
  return out.empty() ? "(?!)" : out + ")";
}

template <typename Map>
std::vector<std::string> keys_of(const Map& map, bool letters_only, bool symbols_only = false) {
  std::vector<std::string> keys;
  for (const auto& entry : map) {
    const bool letters = is_ascii_alpha(entry.first[0]);
    if ((letters_only && !letters) || (symbols_only && letters)) continue;
    keys.push_back(entry.first);
  }
  return keys;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// 1,234 and 1'234 and 1_234; in English also 1.234.567, 1 234 567 and 10,00,000; elsewhere
// 1,234,567.
std::string integer_pattern(const Language& language) {
  const std::string own = language.thousands == '.' ? "[. ]" : ",";
  const std::string other = language.thousands == '.' ? "," : "\\.";
  const std::string behind = "(?![\\d])";
  return "(?>\\d{1,3}(?:" + own + "\\d{3})+" + behind +        //
         "|\\d{1,3}(?:['_]\\d{3})+" + behind +                 //
         "|\\d{1,3}(?:" + other + "\\d{3}){2,}(?![.,]?\\d)" +  //
         "|\\d{1,3}(?: 000)+" + behind +                       //
         "|\\d{1,3}(?: \\d{3}){2,}(?! ?\\d)" +                 //
         "|\\d{1,2}(?:,\\d\\d)+,\\d{3}(?![,\\d])|\\d+)";
}

// Short and in full.
Words street_words(const Language& language) {
  Words out;
  for (const auto& [key, word] : language.streets) out.insert({key, word});
  return out;
}

std::string filled(std::string pattern, const Language& language) {
  const std::string integer = integer_pattern(language);
  const std::string decimals = std::string("(?:\\") + language.decimal + "\\d+)?";
  replace_all(pattern, "{NUM}", "(?>" + integer + decimals + ")");
  replace_all(pattern, "{INT}", integer);
  replace_all(pattern, "{UNIT}", any_of(keys_of(language.units, false)));
  replace_all(pattern, "{CUR}", any_of(keys_of(language.currencies, false, true)));
  replace_all(pattern, "{CODE}", any_of(keys_of(language.currencies, true)));
  replace_all(pattern, "{SCALE}", any_of(language.scales));
  replace_all(pattern, "{MONEYSCALE}", any_of(language.money_scales));
  replace_all(pattern, "{SLASHED}", any_of(keys_of(language.slashed_abbreviations, false)));
  replace_all(pattern, "{OR}", any_of(language.alternatives));
  replace_all(pattern, "{PER}", any_of(keys_of(language.per_nouns, false)));
  replace_all(pattern, "{WEEKDAY}", "(?i:" + any_of(keys_of(language.weekdays, false)) + ")");
  replace_all(pattern, "{MONTH}", "(?i:" + any_of(keys_of(language.month_of, false)) + ")");
  replace_all(pattern, "{STREET}", "(?i:" + any_of(street_words(language)) + ")");
  replace_all(
      pattern, "{AND}", any_of(Words{language.words.and_, language.words.or_, language.words.to}));
  replace_all(pattern, "{CLOCK}", language.clock_words.empty() ? "(?!)" : language.clock_words);
  return pattern;
}

bool is_word_char(UChar32 c) {
  return u_isalpha(c) || c == '\'';
}

// "vol. II": whether the dot at `at` follows a word short enough for an abbreviation.
bool ends_abbreviation(const icu::UnicodeString& text, int32_t at) {
  int32_t begin = at;
  while (begin > 0 && at - begin <= kLongestAbbreviation && is_word_char(text[begin - 1])) --begin;
  return at - begin <= kLongestAbbreviation;
}

}  // namespace

std::vector<Rule> rules_for(const Language& language) {
  using Group = std::vector<Rule> (*)(const Language&);
  constexpr std::pair<RuleGroup, Group> groups[] = {{RuleGroup::kAddress, address_rules},
                                                    {RuleGroup::kMath, math_rules},
                                                    {RuleGroup::kMoney, money_rules},
                                                    {RuleGroup::kDate, date_rules},
                                                    {RuleGroup::kTime, time_rules},
                                                    {RuleGroup::kPhone, phone_rules},
                                                    {RuleGroup::kUnit, unit_rules},
                                                    {RuleGroup::kFraction, fraction_rules},
                                                    {RuleGroup::kNumber, number_rules},
                                                    {RuleGroup::kRoman, roman_rules},
                                                    {RuleGroup::kCapital, capital_rules},
                                                    {RuleGroup::kContraction, contraction_rules}};
  std::vector<Rule> all;
  if (language.code.empty()) return all;
  for (const auto& [group, shared] : groups) {
    for (Rule& rule : language.own_rules(group)) all.push_back(std::move(rule));
    for (Rule& rule : shared(language)) all.push_back(std::move(rule));
  }
  return all;
}

const std::string& range_word(const Neighbours& around, const Language& language) {
  return language.between_cues.count(around.before) ? language.words.and_ : language.words.to;
}

std::string spelled(const std::string& letters) {
  const icu::UnicodeString text = from_utf8(letters);
  std::string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!out.empty()) out.push_back(' ');
    out += kLetterMark + to_utf8(static_cast<char32_t>(u_toupper(text.char32At(i))));
  }
  return out;
}

RuleSet::RuleSet(const Language& language) : language_(language) {
  for (Rule& rule : rules_for(language)) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    const icu::UnicodeString pattern = from_utf8(filled(rule.pattern, language));
    std::unique_ptr<icu::RegexPattern> compiled(
        icu::RegexPattern::compile(pattern, 0, where, status));
    if (U_FAILURE(status)) {
      fail(ErrorCode::kInternal,
           "pattern of rule ",
           rule.name,
           ": ",
           u_errorName(status),
           " at ",
           where.offset);
    }
    rules_.push_back({std::move(rule), std::move(compiled)});
  }
}

RuleRun::RuleRun(const RuleSet& rules, const icu::UnicodeString& text)
    : language_(rules.language()), text_(text) {
  for (const auto& compiled : rules.rules_) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::RegexMatcher> matcher(compiled.pattern->matcher(text_, status));
    matcher->useTransparentBounds(true);
    matcher->useAnchoringBounds(false);
    matcher->setTimeLimit(kTimeLimit, status);
    matchers_.push_back({&compiled.rule, std::move(matcher)});
  }
}

std::optional<RuleHit> RuleRun::match(int32_t at, char kind) {
  for (Matcher& m : matchers_) {
    if (!std::strchr(m.rule->starts_with, kind)) continue;
    UErrorCode status = U_ZERO_ERROR;
    m.matcher->region(at, std::min(text_.length(), at + kReach), status);
    if (!m.matcher->lookingAt(status) || U_FAILURE(status)) continue;
    const int32_t end = m.matcher->end(status);
    if (end <= at) continue;
    RuleMatch match;
    for (int32_t g = 0; g <= m.matcher->groupCount(); ++g) {
      match.group.push_back(to_utf8(m.matcher->group(g, status)));
    }
    Expansion spoken = m.rule->expand(match, neighbours_of(text_, at, end), language_);
    if (spoken) return RuleHit{m.rule->name, end, std::move(*spoken)};
  }
  return std::nullopt;
}

Neighbours neighbours_of(const icu::UnicodeString& text, int32_t begin, int32_t end) {
  Neighbours out;
  out.text = &text;
  out.begin = begin;
  out.end = end;
  int32_t i = begin;
  while (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '(' || text[i - 1] == '"')) --i;
  if (i > 1 && text[i - 1] == '.' && u_isalpha(text[i - 2])) i -= ends_abbreviation(text, i - 1);
  const int32_t before_end = i;
  while (i > 0 && before_end - i < kLongestWord && is_word_char(text[i - 1])) --i;
  out.before_written = to_utf8(text.tempSubStringBetween(i, before_end));
  out.before = lower_case(out.before_written);
  i = end;
  while (i < text.length() && text[i] == ' ') ++i;
  const int32_t after_begin = i;
  while (i < text.length() && i - after_begin < kLongestWord && is_word_char(text[i])) ++i;
  out.after = to_utf8(text.tempSubStringBetween(after_begin, i));
  return out;
}

}  // namespace tts
