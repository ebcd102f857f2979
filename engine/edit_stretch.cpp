#include "engine/edit_stretch.h"

#include <algorithm>

#include "codec/codec.h"
#include "duration/prosody.h"
#include "engine/segments.h"

namespace tts {
namespace {

constexpr int64_t kUnsureFrames = 2;        // beside the gap
constexpr double kLongestMadeSymbol = 100;  // frames

Symbol silence_symbol() {
  Symbol symbol;
  symbol.phone = kSilence;
  return symbol;
}

// [1, T, …] with its middle replaced by zeros: frames [lead, lead + removed) → `made` frames.
Tensor with_gap(const Tensor& frames, const EditStretch& stretch, int64_t made) {
  const Tensor left = frames.slice(1, 0, stretch.lead);
  const Tensor right = frames.slice(1, stretch.lead + stretch.removed);
  const Tensor gap = torch::zeros({1, made, frames.size(2)}, frames.options());
  return torch::cat({left, gap, right}, 1);
}

int64_t made_frames(const EditStretch& stretch, const Condition& condition) {
  return condition.durations.sum().item<int64_t>() - stretch.lead - stretch.trail;
}

// What the networks say of symbols nobody measured.
Prosody measured(const EditStretch& stretch,
                 const Tensor& sound,
                 const Prosody& predicted,
                 const VoiceStatistics& statistics) {
  if (stretch.lead + stretch.trail == 0) {
    Prosody nothing = predicted;
    nothing.durations = torch::zeros_like(predicted.durations);
    return nothing;
  }
  const Tensor left = sound.slice(0, 0, stretch.lead * kFrameSamples);
  const Tensor right = sound.slice(0, (stretch.lead + stretch.removed) * kFrameSamples);
  return measure_prosody(torch::cat({left, right}), stretch.known, statistics);
}

}  // namespace

std::vector<bool> EditStretch::phones() const {
  std::vector<bool> out;
  for (const auto& symbol : symbols.symbols) out.push_back(is_phone(symbol));
  return out;
}

EditStretch stretch_of(const EditPlan& plan,
                       const std::vector<Symbol>& new_symbols,
                       SymbolEncoder& encoder,
                       const SymbolEncoder::Warn& warn) {
  EditStretch out;
  const auto add = [&](const Symbol& symbol, int64_t number, int64_t frames) {
    const EncodedSymbols one = encoder.encode({symbol}, warn);
    if (one.ids.empty()) {
      if (!out.known.empty()) out.known.back() += frames;
      return;
    }
    out.symbols.symbols.push_back(symbol);
    out.symbols.ids.push_back(one.ids.front());
    out.symbols.attributes.push_back(one.attributes.front());
    out.new_symbol.push_back(number);
    out.known.push_back(frames);
  };
  const size_t gap_begin = plan.kept_before, gap_end = plan.new_count - plan.kept_after;
  if (plan.seen_begin > 0) add(silence_symbol(), -1, 0);
  for (size_t i = plan.seen_begin; i < plan.seen_end; ++i) {
    if (i == gap_begin) out.gap.begin = static_cast<int64_t>(out.known.size());
    if (i == gap_end) out.gap.end = static_cast<int64_t>(out.known.size());
    const int64_t old = plan.old_index(i);
    add(new_symbols[i], static_cast<int64_t>(i), old < 0 ? 0 : plan.old_frames[old]);
  }
  if (gap_end == plan.seen_end) out.gap.end = static_cast<int64_t>(out.known.size());
  if (plan.seen_end < plan.new_count) add(silence_symbol(), -1, 0);
  out.lead = plan.gap_begin - plan.seen_frames_begin();
  out.removed = plan.gap_end - plan.gap_begin;
  out.trail = plan.seen_frames_end() - plan.gap_end;
  return out;
}

void set_edit_prosody(const EditStretch& stretch,
                      const Tensor& sound,
                      const Prosody& predicted,
                      const VoiceStatistics& statistics,
                      Condition& condition) {
  const Prosody known = measured(stretch, sound, predicted, statistics);
  const Prosody prosody = fill_prosody(known, predicted, stretch.gap, stretch.phones());
  const int64_t begin = stretch.gap.begin, end = stretch.gap.end;
  Tensor durations = torch::tensor(stretch.known).unsqueeze(0);
  durations.slice(1, begin, end) = round_durations(
      prosody.durations.slice(1, begin, end).nan_to_num(1.0).clamp(0, kLongestMadeSymbol),
      torch::tensor({end - begin}),
      condition.optional.slice(1, begin, end),
      1.0);
  condition.durations = durations.to(condition.symbols.device());
  expand_prosody(prosody, {}, statistics.energy_deviation, condition);
}

void set_known_frames(const EditStretch& stretch,
                      const Tensor& sound,
                      const Voice& voice,
                      Condition& condition) {
  const int64_t made = made_frames(stretch, condition);
  const int64_t total = stretch.lead + made + stretch.trail;
  Tensor mask = torch::ones({1, total}, torch::kBool);
  mask.slice(1,
             std::max<int64_t>(0, stretch.lead - kUnsureFrames),
             std::min(total, stretch.lead + made + kUnsureFrames)) = false;
  condition.known_mask = mask.to(voice.device());
  const Voice::KnownFrames frames = voice.frames_of(sound.unsqueeze(0));
  condition.known_latents = with_gap(frames.latents, stretch, made);
  condition.known_codes = with_gap(frames.codes, stretch, made);
}

}  // namespace tts
