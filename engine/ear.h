// The recogniser with the symbols of the front end: what does a recording say, does it say a given
// text, and where is each of its words? docs/listening.md
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/phone_alignment.h"
#include "analysis/recogniser.h"
#include "analysis/word_evidence.h"
#include "engine/event.h"

namespace tts {

// What was heard in a recording.
struct HeardFrames {
  Tensor ctc, frames;  // [T, outputs] on the CPU
  CtcRows ctc_rows() const { return {ctc.data_ptr<float>(), ctc.size(0), ctc.size(1)}; }
  CtcRows frame_rows() const { return {frames.data_ptr<float>(), frames.size(0), frames.size(1)}; }
};

struct HeardWord {
  Word word;
  SampleSpan samples;  // of the recording at 24 kHz
  double fit = 0;      // see ctc_fit: about 0 when it was heard, below when not
};

// A text held against a recording.
struct TextCheck {
  Outputs expected, heard;
  Edits edits;
  double phone_error_rate = 0;  // edits / expected phones
  double fit = 0;               // of all phones together; minus infinity: too short for them
  std::vector<HeardWord> words;
};

class Ear {
 public:
  using Decisions = std::map<std::string, WordDecision>;  // by language
  explicit Ear(Recogniser recogniser, Decisions decisions = {})
      : recogniser_(std::move(recogniser)), decisions_(std::move(decisions)) {}
  virtual ~Ear() = default;

  // A folder with recogniser.json and recogniser.safetensors, and check.json where words can be
  // checked; empty: voices/ear of the search path (voice_search.h). Throws Error(kVoice) naming
  // what is missing.
  static std::shared_ptr<const Ear> open(const std::string& folder = "");
  // The same of the search path; null where there is none.
  static std::shared_ptr<const Ear> open_if_there();

  // samples: [S] at 24 kHz. Throws Error(kInput) below 0.1 s and above kLongestRecordingS.
  virtual HeardFrames hear(const std::vector<float>& samples) const;

  // When words of a language were not said as they should be; null: that is not known.
  const WordDecision* decision(const std::string& language) const;

  // The output of a symbol's phone, or of the nearest that the recogniser knows, else kAnyPhone; 0
  // for what is no phone.
  int64_t output_of(const Symbol& symbol) const;
  std::string phones_of(const Outputs& outputs) const;  // "h ə l oʊ"

  PhoneAlignment align(const HeardFrames& heard, const std::vector<Symbol>& symbols) const;
  // `phones` as ctc_greedy or ctc_beam read them.
  TextCheck check(const HeardFrames& heard, const Sentence& text, const Outputs& phones) const;

 private:
  Recogniser recogniser_;
  Decisions decisions_;
};

inline constexpr double kShortestRecordingS = 0.1, kLongestRecordingS = 120;

// All sentences of a document as one, from silence to silence: what one recording says. Words keep
// their spans. Exact pauses become boundaries.
Sentence joined_sentences(const Document& document);

}  // namespace tts
