#include "engine/prompt_context.h"

#include <cmath>
#include <numeric>

#include "analysis/text_match.h"
#include "codec/codec.h"
#include "core/error.h"
#include "duration/prosody.h"
#include "engine/edit_prosody.h"

namespace tts {
namespace {

// How many symbols are taken: all, or as many whole words as fit.
size_t symbols_that_fit(const Sentence& sentence,
                        const std::vector<int64_t>& durations,
                        int64_t most_frames) {
  size_t fitting = 0;
  int64_t frames = 0;
  for (size_t i = 0; i < durations.size(); ++i) {
    frames += durations[i];
    if (frames > most_frames) return fitting;
    if (sentence.symbols[i].word_end) fitting = i + 1;
  }
  return durations.size();
}

// What two conditions tell of symbols and frames, one after the other; the rest is the second's.
Condition joined(const Condition& first, const Condition& second) {
  Condition out = second;
  out.symbol_lengths = first.symbol_lengths + second.symbol_lengths;
  for (Tensor Condition::*part : {&Condition::symbols,
                                  &Condition::attributes,
                                  &Condition::optional,
                                  &Condition::durations,
                                  &Condition::log_f0,
                                  &Condition::voicing,
                                  &Condition::energy})
    out.*part = torch::cat({first.*part, second.*part}, 1);
  return out;
}

// [1, T, …] with `more` empty frames behind.
Tensor lengthened(const Tensor& frames, int64_t more) {
  return torch::cat({frames, torch::zeros({1, more, frames.size(2)}, frames.options())}, 1);
}

}  // namespace

int64_t PromptSymbols::count() const {
  return std::accumulate(frames.begin(), frames.end(), int64_t{0});
}

PromptSymbols symbols_of_prompt(const Ear& ear,
                                const Prompt& prompt,
                                const Document& text,
                                SymbolEncoder& encoder,
                                int64_t most_frames) {
  const Sentence sentence = joined_sentences(text);
  const HeardFrames heard = ear.hear(prompt.samples);
  const PhoneAlignment alignment = ear.align(heard, sentence.symbols);
  const TextCheck check = ear.check(heard, sentence, ctc_greedy(heard.ctc_rows()));
  if (!alignment.possible || !says(heard.ctc_rows(), check.expected, check.phone_error_rate)) {
    fail(ErrorCode::kInput,
         prompt.report.name,
         ": does not say its text (",
         std::lround(100 * check.phone_error_rate),
         " % of the phones were heard otherwise); heard: ",
         ear.phones_of(check.heard),
         "; give its words, or no text");
  }
  const size_t count = symbols_that_fit(sentence, alignment.durations, most_frames);
  PromptSymbols out;
  for (size_t i = 0; i < count; ++i) {
    // A phone that the voice does not have leaves its frames to the symbol before it.
    const EncodedSymbols one =
        encoder.encode({sentence.symbols[i]}, [](const std::string&, const Symbol&) {});
    if (one.ids.empty()) {
      if (!out.frames.empty()) out.frames.back() += alignment.durations[i];
      continue;
    }
    out.symbols.symbols.push_back(sentence.symbols[i]);
    out.symbols.ids.push_back(one.ids.front());
    out.symbols.attributes.push_back(one.attributes.front());
    out.frames.push_back(alignment.durations[i]);
  }
  return out;
}

PromptContext context_of(const Voice& voice,
                         const Prompt& prompt,
                         const PromptSymbols& symbols,
                         const VoiceStatistics& statistics,
                         Condition condition) {
  const Tensor sound =
      torch::tensor(prompt.samples, torch::kFloat).slice(0, 0, symbols.count() * kFrameSamples);
  condition.durations = torch::tensor(symbols.frames).unsqueeze(0).to(condition.symbols.device());
  const Prosody prosody = measure_prosody(sound, symbols.frames, statistics);
  expand_prosody(prosody, {}, statistics.energy_deviation, condition);
  for (Tensor* contour : {&condition.log_f0, &condition.voicing, &condition.energy})
    *contour = contour->to(condition.symbols.device());
  return {condition, voice.frames_of(sound.unsqueeze(0))};
}

Condition PromptContext::before(const Condition& text) const {
  Condition out = joined(condition, text);
  const int64_t made = text.durations.sum().item<int64_t>();
  out.known_latents = lengthened(frames.latents, made);
  out.known_codes = lengthened(frames.codes, made);
  const Tensor known = torch::ones({1, count()}, torch::kBool);
  out.known_mask =
      torch::cat({known, torch::zeros({1, made}, torch::kBool)}, 1).to(text.symbols.device());
  return out;
}

PromptContext PromptContext::then(const PromptContext& later) const {
  return {joined(condition, later.condition),
          {torch::cat({frames.latents, later.frames.latents}, 1),
           torch::cat({frames.codes, later.frames.codes}, 1)}};
}

}  // namespace tts
