#include "engine/judge.h"

#include <algorithm>
#include <cmath>

#include "codec/codec.h"
#include "engine/segments.h"

namespace tts {
namespace {

// A word's symbols.
struct SpokenWord {
  const Word* word = nullptr;
  size_t first = 0, behind = 0;
};

std::vector<SpokenWord> spoken_words(const JudgedSound& sound) {
  std::vector<SpokenWord> out;
  int last = -1;
  for (size_t i = 0; i < sound.symbols->size(); ++i) {
    const Symbol& symbol = (*sound.symbols)[i];
    if (!is_phone(symbol)) continue;
    if (symbol.word != last) out.push_back({&sound.words->at(symbol.word), i, i});
    out.back().behind = i + 1;
    last = symbol.word;
  }
  return out;
}

// Where symbols [first, behind) are in the samples, when each lasts so many frames.
SoundSpan stretch_of(const std::vector<int64_t>& frames,
                     size_t first,
                     size_t behind,
                     int64_t first_sample) {
  int64_t begin = -first_sample;
  for (size_t i = 0; i < first; ++i) begin += frames[i] * kFrameSamples;
  SoundSpan out{begin, begin};
  for (size_t i = first; i < behind; ++i) out.end += frames[i] * kFrameSamples;
  return {std::max<int64_t>(0, out.begin), std::max<int64_t>(0, out.end)};
}

std::vector<SoundSpan> pauses_of(const JudgedSound& sound, const std::vector<int64_t>& frames) {
  std::vector<SoundSpan> out;
  for (size_t i = 0; i < frames.size(); ++i) {
    if (!is_phone((*sound.symbols)[i]) && frames[i] > 0)
      out.push_back(stretch_of(frames, i, i + 1, sound.first_sample));
  }
  return out;
}

}  // namespace

std::vector<Outputs> word_runs(const Ear& ear, const Sentence& text) {
  std::vector<Outputs> words, out;
  for (const Word& word : text.words) {
    Outputs labels;
    for (size_t i = 0; i < word.symbol_count; ++i) {
      const int64_t output = ear.output_of(text.symbols[word.first_symbol + i]);
      if (output != 0) labels.push_back(output);
    }
    if (!labels.empty()) words.push_back(std::move(labels));
  }
  for (size_t i = 0; i < words.size(); ++i) {
    Outputs run;
    for (size_t k = i; k < std::min(words.size(), i + kLongestRepeat); ++k) {
      run.insert(run.end(), words[k].begin(), words[k].end());
      out.push_back(run);
    }
  }
  return out;
}

void Judge::hear_words(const JudgedSound& sound, SoundEvidence& out) const {
  const double seconds = static_cast<double>(sound.samples.size()) / kSampleRateHz;
  if (seconds < kShortestRecordingS || seconds > kLongestRecordingS) {
    out.unchecked.push_back("words: the sound is too short or too long for the recogniser");
    return;
  }
  const HeardFrames heard = ear_->hear(sound.samples);
  Outputs labels;
  std::vector<size_t> before = {0};
  for (const Symbol& symbol : *sound.symbols) {
    const int64_t output = is_phone(symbol) ? ear_->output_of(symbol) : 0;
    if (output != 0) labels.push_back(output);
    before.push_back(labels.size());
  }
  const PhoneAlignment alignment = ear_->align(heard, *sound.symbols);
  out.too_short = !alignment.possible;
  if (out.too_short) return;
  if (out.frames.empty()) out.frames = alignment.durations;
  std::vector<ExpectedWord> words;
  for (const SpokenWord& word : spoken_words(sound)) {
    ExpectedWord expected{before[word.first], before[word.behind], 0, 0};
    for (size_t i = word.first; i < word.behind; ++i) expected.frames += alignment.durations[i];
    words.push_back(expected);
  }
  out.words = word_hypotheses(heard.ctc_rows(), heard.frame_rows(), labels, words);
  out.too_short = out.words.empty() && !words.empty();
  out.echo = echo_gain(heard.ctc_rows(), labels, sound.prompt);
}

SoundEvidence Judge::examine(const JudgedSound& sound) const {
  SoundEvidence out;
  out.frames = sound.frames;
  const bool finite = std::all_of(
      sound.samples.begin(), sound.samples.end(), [](float x) { return std::isfinite(x); });
  if (ear_ == nullptr) {
    out.unchecked.push_back("words: there is no recogniser");
  } else if (finite) {
    hear_words(sound, out);
  }
  for (const SpokenWord& word : spoken_words(sound)) {
    out.spoken.push_back(word.word);
    out.places.push_back(out.frames.empty()
                             ? SoundSpan{}
                             : stretch_of(out.frames, word.first, word.behind, sound.first_sample));
  }
  if (tones_) {
    out.unchecked.push_back("sound: the dummy voice says tones");
    return out;
  }
  out.sound = measure_sound(sound.samples, out.places, pauses_of(sound, out.frames));
  const double seconds = static_cast<double>(sound.samples.size()) / kSampleRateHz;
  if (sound.expected_s > 0) out.log_length_ratio = std::log(seconds / sound.expected_s);
  return out;
}

Verdict Judge::judge(const JudgedSound& sound) const {
  return decide(sound, examine(sound));
}

}  // namespace tts
