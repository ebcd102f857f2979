#include "engine/block_reader.h"

#include <algorithm>

#include "engine/empty_text.h"

namespace tts {
namespace {

constexpr char kSpaces[] = " \t\r\n\v\f";
constexpr size_t kContextBytes = 600;      // before a place, for the judge
constexpr size_t kMarkupBytes = 800;       // the longest [[…]]
constexpr size_t kDroppedBytes = 1 << 16;  // read text is not kept for longer

bool is_space(char c) {
  return std::string_view(kSpaces).find(c) != std::string_view::npos;
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// "ends here. And": an end that is no abbreviation, three small letters before the mark.
bool looks_like_end(std::string_view text, size_t i) {
  return i >= 4 && is_space(text[i]) &&
         (text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?') &&
         is_lower(text[i - 2]) && is_lower(text[i - 3]) && is_lower(text[i - 4]);
}

// Behind the last place in (begin, kMaxBlockBytes) that `fits`; npos: none.
template <typename Fits>
size_t last_place(size_t begin, Fits fits) {
  for (size_t i = kMaxBlockBytes - 1; i > begin; --i) {
    if (fits(i)) return i + 1;
  }
  return std::string_view::npos;
}

size_t best_end(std::string_view text) {
  const auto line = last_place(kMaxBlockBytes / 2, [&](size_t i) { return text[i] == '\n'; });
  if (line != text.npos) return line;
  const auto sentence = last_place(0, [&](size_t i) { return looks_like_end(text, i); });
  if (sentence != text.npos) return sentence;
  const auto space = last_place(0, [&](size_t i) { return is_space(text[i]); });
  if (space != text.npos) return space;
  size_t end = kMaxBlockBytes;
  while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

bool holds_final_mark(std::string_view word) {
  return word.find_first_of(".!?") != word.npos || holds(word, "…");
}

bool holds_clause_mark(std::string_view word) {
  return word.find_first_of(",;:") != word.npos || holds(word, "—") || holds(word, "–");
}

// What is written before the white space at `at`.
std::string_view word_before(std::string_view text, size_t at) {
  const size_t space = text.find_last_of(kSpaces, at - 1);
  const size_t begin = space == text.npos ? 0 : space + 1;
  return text.substr(begin, at - begin);
}

bool is_in_markup(std::string_view text, size_t at) {
  const size_t open = text.rfind("[[", at);
  return open != text.npos && at - open < kMarkupBytes &&
         !holds(text.substr(open, at - open), "]]");
}

bool is_readable(std::string_view word) {
  return word.substr(0, 2) == "[[" || std::any_of(word.begin(), word.end(), [](char c) {
           return is_lower(static_cast<char>(c | 0x20)) || (c >= '0' && c <= '9') ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

bool may_start_list_item(std::string_view text) {
  return (text[0] >= '0' && text[0] <= '9') || text[0] == '-' || text[0] == '*' ||
         text.substr(0, 3) == "•" || text.substr(0, 3) == "–";
}

// Whether the line that ends at `at` may be no part of prose ("Chapter One"): what follows does not
// begin with a small letter. The judge knows.
bool may_end_short_line(std::string_view text, size_t at, size_t behind) {
  constexpr size_t kShortLineBytes = 200;
  const size_t line = text.rfind('\n', at - 1);
  const size_t begin = line == text.npos ? 0 : line + 1;
  return at - begin <= kShortLineBytes && !is_lower(text[behind]);
}

}  // namespace

size_t forced_end(std::string_view text) {
  const size_t end = best_end(text);
  // A [[…]] that lies across the end is moved into the next block, where there is one short enough.
  const size_t open = text.substr(0, end).rfind("[[");
  if (open == text.npos || open == 0) return end;
  const size_t close = text.find("]]", open);
  const bool across = close != text.npos && close + 2 > end && close - open < kMarkupBytes;
  return across ? open : end;
}

BlockReader::BlockReader(TextSource& source, Judge judge, int64_t clause_words)
    : source_(source), judge_(std::move(judge)), clause_words_(clause_words) {}

void BlockReader::pull() {
  if (begin_ > kDroppedBytes) {
    text_.erase(0, begin_);
    dropped_ += begin_;
    begin_ = 0;
  }
  if (before_waiting_ && !source_.ready()) before_waiting_();
  complete_ = !source_.read(text_);
}

bool BlockReader::wait_for_text() {
  while (!complete_ && is_blank(rest())) pull();
  return !is_blank(rest());
}

std::string BlockReader::read_all() {
  while (!complete_) pull();
  return std::string(rest());
}

bool BlockReader::next(Block& block) {
  for (;;) {
    const std::optional<Cut> cut = find_cut();
    if (!cut && complete_) return false;
    if (!cut) {
      pull();
      continue;
    }
    block = {std::string(rest().substr(0, cut->at)), dropped_ + begin_, cut->kind, false};
    begin_ += cut->at;
    looked_ = 0;
    if (is_blank(block.text)) continue;
    block.new_paragraph = last_ != Break::kParagraph && FrontEnd::begins_paragraph(block.text);
    last_ = block.end;
    first_ = false;
    return true;
  }
}

std::optional<BlockReader::Cut> BlockReader::find_cut() {
  const std::string_view text = rest();
  if (text.empty()) return std::nullopt;
  const size_t limit = std::min(text.size(), kMaxBlockBytes);
  for (size_t at; (at = text.find_first_of(kSpaces, looked_)) < limit;) {
    const std::optional<Break> found = break_at(text, at);
    if (!found && !complete_) return std::nullopt;
    if (found && *found != Break::kNone) return Cut{at, *found};
    looked_ = std::min(text.find_first_not_of(kSpaces, at), text.size());
  }
  if (text.size() > kMaxBlockBytes + kMarkupBytes || (complete_ && text.size() > kMaxBlockBytes))
    return Cut{forced_end(text), Break::kParagraph};
  if (complete_) return Cut{text.size(), Break::kParagraph};
  return std::nullopt;
}

// Of the white space at `at`. Looks no further than needed: what it says must not depend on how
// much of the text has come.
std::optional<Break> BlockReader::break_at(std::string_view text, size_t at) const {
  if (is_in_markup(text, at)) return Break::kNone;
  const size_t behind = text.find_first_not_of(kSpaces, at);
  if (at == 0) return behind == text.npos ? std::nullopt : std::optional<Break>(Break::kNone);
  const std::string_view space = text.substr(at, behind == text.npos ? behind : behind - at);
  const auto lines = std::count(space.begin(), space.end(), '\n');
  const std::string_view word = word_before(text, at);
  const bool final = holds_final_mark(word);
  if (final && lines > 0 && ends_with_line(text, at)) return Break::kSentence;
  if (lines > 1) return Break::kParagraph;
  if (behind == text.npos) return std::nullopt;
  const bool item = lines > 0 && may_start_list_item(text.substr(behind));
  const bool clause = holds_clause_mark(word) && may_be_clause(text, at);
  const bool line = lines == 1 && may_end_short_line(text, at, behind);
  if (!final && !item && !clause && !line) return Break::kNone;
  const std::optional<size_t> end = next_word_end(text, behind);
  if (!end) return std::nullopt;
  const Break found = judge_place(text, at, *end);
  return found == Break::kClause && !clause ? Break::kNone : found;
}

// Whoever writes a line and then waits has ended the sentence, unless a name or a number may follow
// ("Dr.", "No.").
bool BlockReader::ends_with_line(std::string_view text, size_t at) const {
  for (const char* next : {"\nWord", "\n5"}) {
    const std::string with_next = std::string(text.substr(0, at)) + next;
    if (judge_place(with_next, at, with_next.size()) != Break::kSentence) return false;
  }
  return true;
}

bool BlockReader::may_be_clause(std::string_view text, size_t at) const {
  if (!first_ || clause_words_ == 0) return false;
  int64_t words = 0;
  for (size_t i = 1; i <= at; ++i) words += is_space(text[i]) && !is_space(text[i - 1]) ? 1 : 0;
  return words >= clause_words_;
}

Break BlockReader::judge_place(std::string_view text, size_t at, size_t end) const {
  size_t from = 0;
  if (at > kContextBytes) from = std::min(text.find_first_of(kSpaces, at - kContextBytes), at - 1);
  return judge_(text.substr(from, end - from), at - from);
}

// Behind the next word that is more than signs.
std::optional<size_t> BlockReader::next_word_end(std::string_view text, size_t at) const {
  const size_t limit = at + kMaxWordBytes;
  while (at < std::min(limit, text.size())) {
    const bool markup = text.substr(at, 2) == "[[";
    const size_t inside = markup ? text.find("]]", at) : at;
    const size_t end = inside == text.npos ? inside : text.find_first_of(kSpaces, inside);
    if (end == text.npos) break;
    if (end >= limit) return limit;
    if (is_readable(text.substr(at, end - at))) return end;
    at = std::min(text.find_first_not_of(kSpaces, end), text.size());
  }
  if (text.size() >= limit) return limit;
  return complete_ ? std::optional<size_t>(text.size()) : std::nullopt;
}

}  // namespace tts
