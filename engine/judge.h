// Judges the sound of a sentence: is it what was planned, and were its words said?
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "analysis/sound_measures.h"
#include "analysis/word_evidence.h"
#include "engine/ear.h"
#include "engine/verdict.h"

namespace tts {

// A sound and what it should be.
struct JudgedSound {
  std::vector<float> samples;  // at 24 kHz
  const std::vector<Symbol>* symbols = nullptr;
  const std::vector<Word>* words = nullptr;  // that the symbols name
  std::string language;                      // BCP 47
  std::vector<int64_t> frames;               // of each symbol; none: not planned, found by the ear
  int64_t first_sample = 0;                  // of the frames' sound: what lies before was cut off
  double expected_s = 0;                     // that the duration model gave it; 0: unknown
  std::vector<Outputs> prompt;               // word_runs() of what was continued
};

// All that a verdict is based on.
struct SoundEvidence {
  std::vector<WordHypothesis> words;
  std::vector<std::string> unchecked;
  bool too_short = false;       // for its phones
  std::vector<int64_t> frames;  // of the symbols: planned, else heard
  SoundMeasures sound;
  double echo = -100;               // nats by which words of the prompt before it are likelier
  double log_length_ratio = 0;      // actual over expected
  std::vector<const Word*> spoken;  // that have a phone, in order
  std::vector<SoundSpan> places;    // of `spoken`, in the samples
};

// Each word of a text, and each two and three in a row, as the recogniser would write them.
std::vector<Outputs> word_runs(const Ear& ear, const Sentence& text);

class Judge {
 public:
  // ear: null where there is none; then words are not checked. Nor is the sound of tones, which the
  // dummy voice has for phones: they are all that speech must not be.
  explicit Judge(std::shared_ptr<const Ear> ear, bool tones = false)
      : ear_(std::move(ear)), tones_(tones) {}

  Verdict judge(const JudgedSound& sound) const;

  // The two halves of it.
  SoundEvidence examine(const JudgedSound& sound) const;
  Verdict decide(const JudgedSound& sound, const SoundEvidence& evidence) const;

 private:
  void hear_words(const JudgedSound& sound, SoundEvidence& out) const;

  std::shared_ptr<const Ear> ear_;
  bool tones_;
};

}  // namespace tts
