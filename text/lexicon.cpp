#include "text/lexicon.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/symbols.h"
#include "text/tokeniser.h"
#include "text/unicode.h"

namespace tts {
namespace {

bool holds_in(const LexiconEntry& entry, std::string_view language) {
  return entry.language.empty() || language.empty() ||
         language_family(entry.language) == language_family(language);
}

std::string first_token(const icu::UnicodeString& text, int32_t at) {
  const Token token = next_token(text, at);
  return lower_case(to_utf8(text.tempSubStringBetween(token.begin, token.end)));
}

bool is_one_word(const icu::UnicodeString& text) {
  const Token token = next_token(text, 0);
  return token.kind == TokenKind::kWord && token.end == text.length();
}

int capitals_in(const icu::UnicodeString& text) {
  int count = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    count += u_isupper(text.char32At(i)) != 0;
  return count;
}

bool in_capitals(const icu::UnicodeString& word) {
  return capitals_in(word) > 1 && capitals_in(word) == word.countChar32();
}

// Whether the word there is in capitals alone.
bool is_shouted(const icu::UnicodeString& text, int32_t at) {
  const Token token = next_token(text, at);
  return in_capitals(text.tempSubStringBetween(token.begin, token.end));
}

bool is_alphanumeric_at(const icu::UnicodeString& text, int32_t at) {
  return at >= 0 && at < text.length() && u_isalnum(text.char32At(at));
}

// Where the words end that stand at `begin` of the text, or -1. Any white space is as good as any.
int32_t end_of(const icu::UnicodeString& words,
               const icu::UnicodeString& text,
               int32_t begin,
               bool fold) {
  int32_t at = begin;
  for (int32_t i = 0; i < words.length();) {
    if (at >= text.length()) return -1;
    const Token wanted = next_token(words, i), found = next_token(text, at);
    const icu::UnicodeString a = words.tempSubStringBetween(wanted.begin, wanted.end),
                             b = text.tempSubStringBetween(found.begin, found.end);
    const bool space = wanted.kind == TokenKind::kSpace && found.kind == TokenKind::kSpace;
    if (!space && (fold ? a.caseCompare(b, U_FOLD_CASE_DEFAULT) : a.compare(b)) != 0) return -1;
    i = wanted.end;
    at = found.end;
  }
  // "3D" is no part of "13D" or "3Ds".
  const bool cut_before = is_alphanumeric_at(text, begin) && begin > 0 &&
                          is_alphanumeric_at(text, text.moveIndex32(begin, -1));
  const bool cut_behind =
      is_alphanumeric_at(text, text.moveIndex32(at, -1)) && is_alphanumeric_at(text, at);
  return cut_before || cut_behind ? -1 : at;
}

}  // namespace

void Lexicon::add(LexiconEntry entry) {
  entry.language = canonical_language(entry.language);
  icu::UnicodeString word = clean_text(entry.word).text;
  if (word.trim().isEmpty()) return;
  entry.word = to_utf8(word);
  const std::string folded = lower_case(entry.word);
  const size_t index = entries_.size();
  const bool one_word = is_one_word(word), is_alias = !entry.alias.empty();
  if (one_word && is_alias) aliased_.insert(folded);
  // "IT" is no "it".
  const bool acronym = one_word && in_capitals(word);
  if (one_word && !is_alias) {
    exact_[entry.word].push_back(index);
    if (!acronym) folded_[folded].push_back(index);
  }
  // IPA that comes after an alias of its word is in the alias's place.
  const bool folds = !acronym && (!one_word || aliased_.count(folded) > 0);
  if (folds || capitals_in(word) > 1)
    written_[first_token(word, 0)].push_back({index, word, one_word, folds});
  entries_.push_back(std::move(entry));
}

void Lexicon::add(const Lexicon& later) {
  for (const LexiconEntry& entry : later.entries_) add(entry);
  warnings_.insert(warnings_.end(), later.warnings_.begin(), later.warnings_.end());
}

const LexiconEntry* Lexicon::latest(const Indices& indices,
                                    const std::string& key,
                                    std::string_view language) const {
  const auto found = indices.find(key);
  if (found == indices.end()) return nullptr;
  for (auto i = found->second.rbegin(); i != found->second.rend(); ++i) {
    if (holds_in(entries_[*i], language)) return &entries_[*i];
  }
  return nullptr;
}

std::string Lexicon::find(const std::string& word, std::string_view language) const {
  if (exact_.empty()) return "";
  const LexiconEntry* entry = latest(exact_, word, language);
  if (entry == nullptr) entry = latest(folded_, lower_case(word), language);
  return entry == nullptr ? "" : entry->ipa;
}

std::optional<Lexicon::Place> Lexicon::match(const icu::UnicodeString& text,
                                             int32_t begin,
                                             std::string_view language) const {
  if (written_.empty()) return std::nullopt;
  const auto found = written_.find(first_token(text, begin));
  if (found == written_.end()) return std::nullopt;
  const bool shouted = is_shouted(text, begin);
  Place best;
  bool best_is_exact = false;
  for (const Written& written : found->second) {
    if (!holds_in(entries_[written.entry], language)) continue;
    int32_t end = end_of(written.word, text, begin, false);
    const bool exact = end >= 0;
    // "US" in capitals is no "us".
    if (!exact && written.folds && !(written.one_word && shouted))
      end = end_of(written.word, text, begin, true);
    if (end < 0 || end < best.end || (end == best.end && best_is_exact && !exact)) continue;
    best = {&entries_[written.entry], end};
    best_is_exact = exact;
  }
  return best.entry == nullptr ? std::nullopt : std::optional(best);
}

}  // namespace tts
