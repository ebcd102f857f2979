#include "engine/editor.h"

#include <algorithm>
#include <cmath>

#include "analysis/text_match.h"
#include "audio/resample.h"
#include "codec/codec.h"
#include "core/error.h"
#include "core/join.h"
#include "core/known_names.h"
#include "core/stop.h"
#include "engine/edit_plan.h"
#include "engine/edit_stretch.h"
#include "engine/segments.h"
#include "engine/splice.h"

namespace tts {
namespace {

constexpr double kSeamFadeS = 0.005;
constexpr int64_t kManyPhones = 3;  // that the recogniser does not make up

int64_t at_rate(int64_t frame, int rate_hz) {
  return std::llround(static_cast<double>(frame * kFrameSamples) * rate_hz / kSampleRateHz);
}

void fail_not_there(std::string_view text, const std::string& words) {
  const std::vector<std::string> known = words_in(text);
  std::vector<std::string> nearest;
  for (const auto& word : words_in(words)) {
    if (!find_words(text, word).empty()) continue;
    const std::string near = nearest_name(word, known);
    if (!near.empty()) nearest.push_back("\"" + near + "\"");
  }
  fail(ErrorCode::kUsage,
       "the text does not have the words \"",
       words,
       "\"",
       nearest.empty() ? "" : "; the nearest it has: " + join(nearest),
       "; it is: ",
       text);
}

// Symbols → events, at the recording's rate.
void announce_words(const Sentence& text,
                    const std::vector<int64_t>& frames,
                    const Waveform& wave,
                    std::vector<Event>& events) {
  std::vector<int64_t> edges = {0};
  for (const int64_t f : frames) edges.push_back(edges.back() + f);
  const auto span = [&](size_t first, size_t behind) {
    const auto size = static_cast<int64_t>(wave.samples.size());
    return SampleSpan{std::min(size, at_rate(edges[first], wave.sample_rate_hz)),
                      std::min(size, at_rate(edges[behind], wave.sample_rate_hz))};
  };
  std::vector<Event> parts;
  SampleSpan whole{INT64_MAX, 0};
  ByteSpan bytes;
  for (const Word& word : text.words) {
    if (word.symbol_count == 0) continue;
    const size_t behind = word.first_symbol + word.symbol_count;
    const SampleSpan samples = span(word.first_symbol, behind);
    whole = {std::min(whole.begin, samples.begin), std::max(whole.end, samples.end)};
    bytes = {parts.empty() ? word.span.begin : bytes.begin, word.span.end};
    parts.push_back({EventKind::kWord, {}, samples, word.span, word.spoken});
    for (size_t i = word.first_symbol; i < behind; ++i) {
      if (!is_phone(text.symbols[i])) continue;  // between the spoken words of "$3.50"
      parts.push_back({EventKind::kPhoneme, {}, span(i, i + 1), word.span, text.symbols[i].phone});
    }
  }
  if (parts.empty()) return;
  events.push_back({EventKind::kSentence, {}, whole, bytes, text.spoken});
  events.insert(events.end(), parts.begin(), parts.end());
}

// Frames and sound of a condition. → [480 T]
Tensor sound_of(const Voice& voice,
                Generator& generator,
                const Condition& condition,
                const Sampling& sampling,
                bool snap,
                const std::atomic<bool>& cancelled) {
  const Generation made =
      generator.generate(condition, sampling, [&](const Tensor&, int64_t) { return !cancelled; });
  if (cancelled) fail_cancelled();
  VocoderStream state({RandomStream(sampling.seed, sampling.utterances.at(0))});
  const Tensor frames = made.latents.defined() ? made.latents : made.codes;
  const Tensor latents = voice.to_latents(snap ? voice.snapped(frames) : frames);
  const Tensor wave = voice.vocoder().stream(latents, true, state).wave;
  return wave[0].to(torch::kCPU, torch::kFloat);
}

// As whole frames. → [480 T]
Tensor whole_frames(const std::vector<float>& samples) {
  const auto count = static_cast<int64_t>(samples.size());
  const int64_t frames = (count + kFrameSamples - 1) / kFrameSamples;
  Tensor out = torch::zeros({frames * kFrameSamples});
  std::copy(samples.begin(), samples.end(), out.data_ptr<float>());
  return out;
}

}  // namespace

TextChange changed_text(std::string_view text, const TextEdit& edit) {
  const auto places = find_words(text, edit.words);
  const auto count = static_cast<int>(places.size());
  if (count == 0) fail_not_there(text, edit.words);
  if (edit.occurrence == 0 && count > 1) {
    fail(ErrorCode::kUsage,
         "the text has \"",
         edit.words,
         "\" ",
         count,
         " times; say which with --occurrence 1 to ",
         count);
  }
  if (edit.occurrence < 0 || edit.occurrence > count) {
    fail(ErrorCode::kUsage,
         "occurrence is ",
         edit.occurrence,
         ", but the text has \"",
         edit.words,
         "\" ",
         count == 1 ? "once" : std::to_string(count) + " times");
  }
  const ByteSpan place = places[std::max(0, edit.occurrence - 1)];
  if (edit.kind == TextEdit::Kind::kDelete) return delete_words(text, place);
  if (words_in(edit.with).empty())
    fail(ErrorCode::kUsage,
         "the new words \"",
         edit.with,
         "\" have no letters; to take words out, delete them");
  return edit.kind == TextEdit::Kind::kReplace ? replace_words(text, place, edit.with)
                                               : insert_words(text, place.end, edit.with);
}

struct Editor::Work {
  const std::atomic<bool>& cancelled;
  TextChange change;
  Sentence before, after;
  EditPlan plan;
  std::vector<int64_t> frames;  // of the new text's symbols
  Patch patch;                  // at 24 kHz
  double phone_error_rate = 0;
  std::vector<Event> events;
};

Editor::Editor(std::shared_ptr<const Voice> voice,
               std::shared_ptr<const Ear> ear,
               SpeakOptions options)
    : ear_(std::move(ear)), synthesizer_(std::move(voice), std::move(options)) {}

// How many more phones were heard in the gap than its words have.
int64_t heard_too_many(const HeardFrames& heard, const Sentence& before, const EditPlan& plan) {
  const CtcRows rows = heard.ctc_rows();
  const int64_t total = plan.frames_before(plan.old_count);
  const int64_t begin = plan.gap_begin * rows.frames / total,
                end = plan.gap_end * rows.frames / total;
  const auto said = ctc_greedy(rows.part(begin, end)).size();
  const auto first = before.symbols.begin();
  const auto asked =
      std::count_if(first + plan.kept_before, first + (plan.old_count - plan.kept_after), is_phone);
  return static_cast<int64_t>(said) - asked;
}

// Where the old text's symbols are, and so what stays.
void Editor::align(const std::vector<float>& samples, std::string_view text, Work& work) const {
  const Document before = synthesizer_.read(text), after = synthesizer_.read(work.change.text);
  for (const auto& warning : synthesizer_.warnings_)
    work.events.push_back({EventKind::kWarning, {}, {}, {}, warning});
  for (const auto& warning : after.warnings)
    work.events.push_back({EventKind::kWarning, {}, {}, warning.span, warning.message});
  work.before = joined_sentences(before);
  work.after = joined_sentences(after);
  const HeardFrames heard = ear_->hear(samples);
  const TextCheck check = ear_->check(heard, work.before, ctc_greedy(heard.ctc_rows()));
  const PhoneAlignment alignment = ear_->align(heard, work.before.symbols);
  work.phone_error_rate = check.phone_error_rate;
  if (!alignment.possible) fail(ErrorCode::kInput, "the recording is too short for its text");
  if (!says(heard.ctc_rows(), check.expected, check.phone_error_rate)) {
    fail(ErrorCode::kInput,
         "the recording does not say its text: ",
         std::lround(100 * check.phone_error_rate),
         " % of the phones were heard otherwise, and in no order like the text's; heard: ",
         ear_->phones_of(check.heard));
  }
  work.plan = plan_edit(work.before, work.after, work.change, alignment.durations);
  if (heard_too_many(heard, work.before, work.plan) >= kManyPhones) {
    work.events.push_back({EventKind::kWarning,
                           {},
                           {},
                           work.change.added,
                           "more is said there than the text has: words that the text leaves out "
                           "may be gone"});
  }
  for (size_t i = 0; i < work.plan.new_count; ++i) {
    const int64_t old = work.plan.old_index(i);
    work.frames.push_back(old < 0 ? 0 : alignment.durations[old]);
  }
}

// The sound of the gap, if there is anything to be said in it.
void Editor::make(const std::vector<float>& samples, Work& work) const {
  const auto& symbols = work.after.symbols;
  const auto gap = symbols.begin() + work.plan.kept_before;
  if (std::none_of(gap, gap + work.plan.gap_symbols(), is_phone)) return;
  const Voice& speaking = voice();
  SymbolEncoder encoder(speaking.manifest());
  const EditStretch stretch =
      stretch_of(work.plan, symbols, encoder, [&](const std::string& message, const Symbol& s) {
        work.events.push_back(
            {EventKind::kWarning, {}, {}, work.after.words.at(s.word).span, message});
      });
  const VoiceStatistics& statistics = synthesizer_.speaker_.statistics;
  const Tensor all = whole_frames(samples);
  const double gain = level_gain(all, statistics);
  const Tensor sound = gain * all.slice(0,
                                        work.plan.seen_frames_begin() * kFrameSamples,
                                        work.plan.seen_frames_end() * kFrameSamples);
  Take take;
  Condition condition = synthesizer_.condition_of(stretch.symbols, synthesizer_.language());
  const Sampling sampling = synthesizer_.sampling_of(take);
  const Prosody predicted =
      synthesizer_.duration_->predict(condition, synthesizer_.duration_sampling_of(take));
  set_edit_prosody(stretch, sound, predicted, statistics, condition);
  Generator& generator = *synthesizer_.generator_;
  if (generator.infills()) set_known_frames(stretch, sound, speaking, condition);
  const Tensor wave = (sound_of(speaking,
                                generator,
                                condition,
                                sampling,
                                synthesizer_.options_.snap.value_or(false),
                                work.cancelled) /
                       gain)
                          .contiguous();
  work.patch.samples.assign(wave.data_ptr<float>(), wave.data_ptr<float>() + wave.numel());
  work.patch.lead = stretch.lead * kFrameSamples;
  work.patch.trail = stretch.trail * kFrameSamples;
  const Tensor durations = condition.durations[0].to(torch::kCPU).contiguous();
  for (int64_t i = stretch.gap.begin; i < stretch.gap.end; ++i)
    work.frames[stretch.new_symbol[i]] = durations.data_ptr<int64_t>()[i];
}

EditedRecording Editor::edit(const Waveform& recording,
                             std::string_view text,
                             const TextEdit& edit,
                             const std::atomic<bool>& cancelled) const {
  const c10::InferenceMode inference;
  Work work{cancelled, changed_text(text, edit), {}, {}, {}, {}, {}, 0, {}};
  const int rate = recording.sample_rate_hz;
  const std::vector<float> samples = resample(recording.samples, rate, kSampleRateHz);
  align(samples, text, work);
  make(samples, work);
  Patch patch;
  if (!work.patch.samples.empty())
    patch.samples = resample(work.patch.samples, kSampleRateHz, rate);
  patch.lead = at_rate(work.patch.lead / kFrameSamples, rate);
  patch.trail = at_rate(work.patch.trail / kFrameSamples, rate);
  const auto size = static_cast<int64_t>(recording.samples.size());
  EditedRecording out;
  out.removed = {std::min(size, at_rate(work.plan.gap_begin, rate)),
                 std::min(size, at_rate(work.plan.gap_end, rate))};
  const int64_t made = patch.samples.empty() ? 0 : patch.gap();
  out.added = {out.removed.begin, out.removed.begin + made};
  out.wave.sample_rate_hz = rate;
  out.wave.samples =
      splice(recording.samples, out.removed, std::move(patch), std::llround(kSeamFadeS * rate));
  out.text = work.change.text;
  out.phone_error_rate = work.phone_error_rate;
  out.events = std::move(work.events);
  announce_words(work.after, work.frames, out.wave, out.events);
  out.events.push_back(
      {EventKind::kDone, {}, {0, static_cast<int64_t>(out.wave.samples.size())}, {}, ""});
  return out;
}

}  // namespace tts
