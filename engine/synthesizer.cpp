#include "engine/synthesizer.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/error.h"
#include "core/join.h"
#include "duration/prosody.h"
#include "engine/announcement.h"
#include "engine/empty_text.h"
#include "engine/generator_checks.h"
#include "engine/ipa_input.h"
#include "engine/sampling_options.h"
#include "engine/symbol_encoder.h"
#include "engine/take_wave.h"
#include "engine/text_blocks.h"

namespace tts {
namespace {

// A segment that a sound voice predicts is never longer.
constexpr int64_t kMaxSegmentFrames = 6000;
constexpr double kMaxSymbolFrames = 250;
// Text of punctuation alone.
constexpr double kNothingSaidS = 0.25;

// From spans in a block to spans in the text that it begins at `offset` of.
void shift_spans(Document& document, size_t offset) {
  const auto shift = [&](ByteSpan& span) { span = {span.begin + offset, span.end + offset}; };
  for (auto& warning : document.warnings) shift(warning.span);
  for (auto& sentence : document.sentences) {
    shift(sentence.span);
    for (auto& word : sentence.words) shift(word.span);
  }
}

}  // namespace

struct Synthesizer::Session {
  Session(const Synthesizer& synthesizer, const EventSink& sink, const std::atomic<bool>& cancel)
      : cancelled(cancel),
        encoder(synthesizer.voice_->manifest()),
        out(delivery_options(synthesizer), sink),
        performers(synthesizer.voice_->threads(),
                   [this](std::vector<float> samples) { out.audio(std::move(samples)); }) {}

  static DeliveryOptions delivery_options(const Synthesizer& s) {
    DeliveryOptions options;
    options.voice_rate_hz = static_cast<int>(s.voice_->manifest().sample_rate_hz);
    options.output_rate_hz = s.sample_rate_hz();
    options.gain = std::pow(10.0, s.speaker_.gain_db / 20) * s.options_.volume;
    return options;
  }

  // Said when all that came before has been heard.
  void warn(const std::string& message, ByteSpan bytes) {
    performers.add([=] { out.warn(message, bytes); }, nullptr);
  }

  // The silence that is still owed, and the end.
  void finish() {
    performers.drain();
    out.silence(placement.rest());
    if (placement.position() == 0) out.silence(std::llround(kNothingSaidS * kSampleRateHz));
    out.finish();
  }

  const std::atomic<bool>& cancelled;
  SymbolEncoder encoder;
  Placement placement;
  Delivery out;
  size_t sentences = 0;  // spoken so far
  Performers performers;
};

Synthesizer::Synthesizer(std::shared_ptr<const Voice> voice,
                         SpeakOptions options,
                         std::shared_ptr<const Ear> ear)
    : voice_(std::move(voice)), options_(std::move(options)) {
  const VoiceManifest& manifest = voice_->manifest();
  if (options_.generator.empty()) options_.generator = voice_->default_generator();
  generator_ = &voice_->generator(options_.generator);
  check_generator_options(*voice_, options_);  // never ignored
  if (options_.language.empty()) options_.language = manifest.language;
  if (!options_.seed) options_.seed = random_seed();
  if (!options_.sample_rate_hz) options_.sample_rate_hz = static_cast<int>(manifest.sample_rate_hz);
  FrontEndOptions front_end;
  front_end.language = options_.language;
  front_end.lexicon_files = options_.lexicons;
  front_end_ = std::make_unique<FrontEnd>(front_end);
  options_.language = front_end_->options().language;
  speaker_ = manifest.traits();
  if (!options_.prompts.empty() || !options_.prompt_text.empty()) hear_prompts(std::move(ear));
}

// Who speaks, and with words what is said before.
void Synthesizer::hear_prompts(std::shared_ptr<const Ear> ear) {
  if (options_.prompts.empty())
    fail(ErrorCode::kUsage, "prompt-text is given without prompt-wav, the recording that says it");
  const auto heard = voice_->hear(options_.prompts);
  speaker_ = heard->speaker.traits;
  prompt_warnings_ = heard->warnings;
  if (options_.prompt_text.empty()) return;
  if (ear == nullptr) ear = Ear::open();
  const c10::InferenceMode inference;
  SymbolEncoder encoder(voice_->manifest());
  const Prompt& prompt = heard->prompts.front();
  const PromptSymbols said = symbols_of_prompt(*ear, prompt, read(options_.prompt_text), encoder);
  context_ = std::make_shared<const PromptContext>(
      context_of(*voice_, prompt, said, speaker_.statistics, condition_of(said.symbols)));
}

Document Synthesizer::read(std::string_view text, InputKind kind) const {
  if (is_blank(text)) throw EmptyText();
  if (kind == InputKind::kPlain) return front_end_->process(text);
  const MarkedIpa marked = mark_ipa(text);
  Document document = front_end_->process(marked.text);
  restore_spans(marked, text, document);
  return document;
}

void Synthesizer::speak(std::string_view text,
                        InputKind kind,
                        const EventSink& sink,
                        const std::atomic<bool>& cancelled) const {
  if (is_blank(text)) throw EmptyText();
  const c10::InferenceMode inference;
  Session session(*this, sink, cancelled);
  warn_of_voice(session);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = block_end(text, begin);
    const std::string_view block = text.substr(begin, end - begin);
    if (!is_blank(block)) {
      Document document = read(block, kind);
      shift_spans(document, begin);
      speak_document(document, session);
    }
    begin = end;
  }
  session.finish();
}

void Synthesizer::speak(const Document& document,
                        const EventSink& sink,
                        const std::atomic<bool>& cancelled) const {
  const c10::InferenceMode inference;
  Session session(*this, sink, cancelled);
  warn_of_voice(session);
  speak_document(document, session);
  session.finish();
}

void Synthesizer::speak_document(const Document& document, Session& session) const {
  for (const auto& warning : document.warnings) session.warn(warning.message, warning.span);
  for (const Sentence& sentence : document.sentences) {
    const auto takes =
        std::make_shared<const std::vector<Take>>(takes_of(sentence, session.sentences++, session));
    // Before the sentence's first sound, or alone where it has none.
    std::function<void()> before = [takes, sentence, &session] {
      announce(sentence, *takes, session.out);
    };
    for (const Take& take : *takes) {
      if (!take.speaks()) continue;
      session.performers.add(
          [&session, &take, before = std::move(before)] {
            if (before) before();
            session.out.silence(take.silence_before);
          },
          [this, takes, &take, &session](const Performers::Sink& sink) {
            perform(take, session.cancelled, sink);
          });
      before = nullptr;
    }
    if (before) session.performers.add(std::move(before), nullptr);
  }
}

// Symbols, durations and prosody of a sentence, before any of it is heard.
std::vector<Take> Synthesizer::takes_of(const Sentence& sentence,
                                        size_t index,
                                        Session& session) const {
  std::vector<Take> takes;
  for (const Segment& segment : segments_of(sentence)) {
    Take take;
    take.utterance = static_cast<uint32_t>(index * 256 + takes.size() % 256);
    take.after = segment.after;
    take.symbols = session.encoder.encode(
        segment.symbols, [&](const std::string& message, const Symbol& symbol) {
          session.warn(message, sentence.words.at(symbol.word).span);
        });
    if (take.speaks()) set_prosody(take);
    session.placement.place(take);
    takes.push_back(std::move(take));
  }
  return takes;
}

// Durations, F0 and energy: what all generators follow.
void Synthesizer::set_prosody(Take& take) const {
  RECORD_USER_SCOPE("duration");
  Condition& condition = take.condition;
  condition = condition_of(take.symbols);
  Prosody prosody = voice_->duration().predict(condition, sampling_of(take));
  prosody.durations = prosody.durations.nan_to_num(1.0).clamp(0, kMaxSymbolFrames);
  condition.durations = round_durations(
      prosody.durations, condition.symbol_lengths, condition.optional, options_.speed_ratio);
  const ProsodyControls controls{
      options_.speed_ratio, options_.pitch_semitones, options_.energy_db};
  expand_prosody(prosody, controls, speaker_.statistics.energy_deviation, condition);
  const Tensor frames = condition.durations.to(torch::kCPU, torch::kInt64).contiguous();
  take.frames.assign(frames.data_ptr<int64_t>(), frames.data_ptr<int64_t>() + frames.numel());
  if (take.total_samples() > kMaxSegmentFrames * kFrameSamples) {
    fail(ErrorCode::kVoice,
         voice_->manifest().where,
         ": predicts ",
         take.total_samples() / kSampleRateHz,
         " s for ",
         take.frames.size(),
         " symbols; its duration model is damaged");
  }
}

// Frames and wave: sounded as the generator makes them. In any thread.
void Synthesizer::perform(const Take& take,
                          const std::atomic<bool>& cancelled,
                          const Performers::Sink& sink) const {
  const c10::InferenceMode inference;
  RECORD_USER_SCOPE("generator");
  TakeWave wave(*voice_, take, seed(), cancelled, sink);
  const Condition condition = context_ ? context_->before(take.condition) : take.condition;
  const int64_t before = context_ ? context_->count() : 0;  // frames that nobody is to hear
  const auto hear = [&](const Tensor& frames, int64_t first) {
    const int64_t skipped = std::clamp<int64_t>(before - first, 0, frames.size(1));
    if (skipped < frames.size(1)) wave.feed(frames.slice(1, skipped));
    return !cancelled;
  };
  generator_->generate(condition, sampling_of(take), hear);
  wave.finish();
}

Condition Synthesizer::condition_of(const EncodedSymbols& symbols) const {
  const auto ids = [&](const std::vector<int64_t>& values) {
    return torch::tensor(values, torch::kInt64).unsqueeze(0).to(voice_->device());
  };
  Condition condition;
  condition.symbols = ids(symbols.ids);
  condition.attributes = ids(symbols.attributes);
  condition.symbol_lengths = ids({static_cast<int64_t>(symbols.ids.size())}).squeeze(0);
  condition.optional = optional_silence(symbols);
  const int64_t language = voice_->manifest().language_id(options_.language);
  condition.language = ids({std::max<int64_t>(0, language)}).squeeze(0);
  const auto numbers = [&](const std::vector<double>& values) {
    return torch::tensor(values, torch::kFloat).unsqueeze(0).to(voice_->device());
  };
  const VoiceStatistics& statistics = speaker_.statistics;
  condition.pitch = numbers({statistics.log_f0_mean, statistics.log_f0_deviation});
  if (!speaker_.vector.empty()) condition.speakers = numbers(speaker_.vector).unsqueeze(1);
  return condition;
}

// [1, N] true where the voice may leave a pause out.
Tensor Synthesizer::optional_silence(const EncodedSymbols& symbols) const {
  Tensor out = torch::zeros({1, static_cast<int64_t>(symbols.symbols.size())}, torch::kBool);
  for (size_t i = 0; i < symbols.symbols.size(); ++i) {
    const Symbol& symbol = symbols.symbols[i];
    if (!is_phone(symbol) && symbol.phone != kSilence) out[0][static_cast<int64_t>(i)] = true;
  }
  return out.to(voice_->device());
}

Sampling Synthesizer::sampling_of(const Take& take) const {
  Sampling sampling = generator_->defaults();
  sampling.seed = seed();
  sampling.utterances = {take.utterance};
  set_sampling(options_, sampling);
  return sampling;
}

void Synthesizer::warn_of_voice(Session& session) const {
  for (const auto& warning : prompt_warnings_) session.warn(warning, {});
  const VoiceManifest& manifest = voice_->manifest();
  if (manifest.language_id(options_.language) >= 0) return;
  session.warn("voice \"" + manifest.name + "\" speaks " + join(manifest.languages) + "; " +
                   options_.language + " will have an accent",
               {});
}

uint64_t random_seed() {
  std::random_device source;
  // Short enough to be typed again.
  return source() % 1000000000u;
}

}  // namespace tts
