#include "engine/segments.h"

namespace tts {
namespace {

constexpr double kCutPauseS = 0.06;  // where a segment was cut for its length

Symbol silence() {
  Symbol symbol;
  symbol.phone = kSilence;
  return symbol;
}

// Where to cut symbols [first, first + most): behind the last punctuation, else the last word, in
// their second half, else at the limit.
size_t cut_point(const std::vector<Symbol>& symbols, size_t first, size_t most) {
  size_t word = 0;
  for (size_t i = first + most; i > first + most / 2; --i) {
    const Symbol& symbol = symbols[i - 1];
    if (!is_phone(symbol) && symbol.phone != kWordBoundary) return i;
    if (word == 0 && symbol.phone == kWordBoundary) word = i;
  }
  return word != 0 ? word : first + most;
}

void add(std::vector<Segment>& out,
         const std::vector<Symbol>& symbols,
         size_t begin,
         size_t end,
         Gap after) {
  Segment segment;
  segment.after = after;
  if (begin == end || symbols[begin].phone != kSilence) segment.symbols.push_back(silence());
  segment.symbols.insert(segment.symbols.end(), symbols.begin() + begin, symbols.begin() + end);
  if (segment.symbols.size() < 2 || segment.symbols.back().phone != kSilence) {
    segment.symbols.push_back(silence());
  }
  out.push_back(std::move(segment));
}

}  // namespace

std::vector<Segment> segments_of(const Sentence& sentence, size_t max_symbols) {
  std::vector<Segment> out;
  const auto& symbols = sentence.symbols;
  size_t begin = 0;
  for (size_t i = 0; i < symbols.size(); ++i) {
    if (symbols[i].phone == kPause) {
      add(out, symbols, begin, i, {symbols[i].pause_s < 0 ? 0 : symbols[i].pause_s, true});
      begin = i + 1;
    } else if (i - begin >= max_symbols) {
      const size_t cut = cut_point(symbols, begin, max_symbols);
      add(out, symbols, begin, cut, {kCutPauseS, false});
      begin = cut;
    }
  }
  add(out, symbols, begin, symbols.size(), {sentence.pause_after_s, false});
  return out;
}

}  // namespace tts
