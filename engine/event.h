// What a request hands out while it is spoken, in this order for each sentence: the sentence, its
// words and phonemes with the samples they will have, warnings, then its audio, and its verdict
// where one was asked for (with a warning for each finding). Last comes kDone.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/text_types.h"

namespace tts {

enum class EventKind { kAudio, kSentence, kWord, kPhoneme, kMark, kWarning, kVerdict, kDone };

struct Verdict;

// Half-open range of samples [begin, end) in the whole output, at the output's rate.
struct SampleSpan {
  int64_t begin = 0;
  int64_t end = 0;
};

struct Event {
  EventKind kind = EventKind::kDone;
  std::vector<float> audio;  // kAudio: [S], full scale is 1
  SampleSpan samples;        // of all but kWarning; kDone: the whole output
  ByteSpan bytes;            // in the caller's text; of all but kAudio and kDone
  std::string text;  // sentence and word: as spoken; phoneme: the phone; mark: its name; warning: a
                     // sentence; verdict: JSON
  std::shared_ptr<const Verdict> verdict = nullptr;
};

// Called from the thread that speaks. What it throws ends the request and reaches the caller.
using EventSink = std::function<void(const Event&)>;

}  // namespace tts
