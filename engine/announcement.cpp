#include "engine/announcement.h"

#include <algorithm>

namespace tts {

void announce(const Sentence& sentence, const std::vector<Take>& takes, Delivery& out) {
  SampleSpan whole{INT64_MAX, 0};
  std::vector<Event> events;
  int last_word = -1;
  for (const Take& take : takes) {
    const auto& symbols = take.symbols.symbols;
    for (size_t i = 0; i < symbols.size(); ++i) {
      if (!is_phone(symbols[i])) continue;
      const Word& word = sentence.words.at(symbols[i].word);
      const SampleSpan span = take.span_of(i);
      whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
      if (symbols[i].word != last_word) {
        size_t last = i;
        while (last + 1 < symbols.size() && symbols[last + 1].word == symbols[i].word) ++last;
        events.push_back(
            {EventKind::kWord, {}, {span.begin, take.span_of(last).end}, word.span, word.spoken});
        last_word = symbols[i].word;
      }
      events.push_back({EventKind::kPhoneme, {}, span, word.span, symbols[i].phone});
    }
  }
  if (events.empty()) return;
  out.announce({EventKind::kSentence, {}, whole, sentence.span, sentence.spoken});
  for (auto& event : events) out.announce(std::move(event));
}

}  // namespace tts
