#include "engine/announcement.h"

#include <algorithm>

namespace tts {
namespace {

// The events of a sentence's words, in the order in which they are heard.
class Announcer {
 public:
  Announcer(const Sentence& sentence, const std::vector<Take>& takes) : sentence_(sentence) {
    for (const Take& take : takes) {
      for (size_t i = 0; i < take.symbols.symbols.size(); ++i) {
        if (is_phone(take.symbols.symbols[i])) phone(take, i);
      }
    }
    end_word();
  }

  std::vector<Event> events;
  SampleSpan whole{INT64_MAX, 0};

 private:
  void phone(const Take& take, size_t i) {
    const auto& symbols = take.symbols.symbols;
    const Word& word = sentence_.words.at(symbols[i].word);
    const SampleSpan span = take.span_of(i);
    if (symbols[i].word != word_) {
      end_word();
      word_ = symbols[i].word;
      marks(span.begin, false);
      word_event_ = events.size();
      events.push_back({EventKind::kWord, {}, span, word.span, word.spoken});
    }
    // "$3.50" is spoken as several words, with pauses between them, perhaps in several takes.
    events[word_event_].samples.end = span.end;
    events.push_back({EventKind::kPhoneme, {}, span, word.span, symbols[i].phone});
    whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
  }

  void end_word() {
    if (word_ >= 0) marks(whole.end, true);
  }

  void marks(int64_t at, bool behind) {
    for (const Mark& mark : sentence_.marks) {
      if (static_cast<int>(mark.word) == word_ && mark.behind_it == behind)
        events.push_back({EventKind::kMark, {}, {at, at}, mark.span, mark.name});
    }
  }

  const Sentence& sentence_;
  int word_ = -1;
  size_t word_event_ = 0;  // of that word, in `events`
};

}  // namespace

void announce(const Sentence& sentence, const std::vector<Take>& takes, Delivery& out) {
  Announcer announcer(sentence, takes);
  if (announcer.events.empty()) return;
  out.announce(sentence_event(sentence, takes));
  for (auto& event : announcer.events) out.announce(std::move(event));
}

Event sentence_event(const Sentence& sentence, const std::vector<Take>& takes) {
  return {
      EventKind::kSentence, {}, Announcer(sentence, takes).whole, sentence.span, sentence.spoken};
}

}  // namespace tts
