#include "engine/synthesizer.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/join.h"
#include "core/stop.h"
#include "engine/announcement.h"
#include "engine/block_reader.h"
#include "engine/empty_text.h"
#include "engine/fit.h"
#include "engine/model_options.h"
#include "engine/synthesizer_session.h"
#include "engine/take_wave.h"

namespace tts {
namespace {

std::shared_ptr<const Lexicon> lexicon_of(const SpeakOptions& options) {
  auto lexicon = std::make_shared<Lexicon>(options.lexicons);
  if (options.lexicon) lexicon->add(*options.lexicon);
  return lexicon;
}

}  // namespace

Synthesizer::Synthesizer(std::shared_ptr<const Voice> voice,
                         SpeakOptions options,
                         std::shared_ptr<const Ear> ear)
    : voice_(std::move(voice)), options_(std::move(options)) {
  const VoiceManifest& manifest = voice_->manifest();
  SpeakOptions given = options_;
  if (options_.generator.empty()) options_.generator = voice_->default_generator();
  generator_ = &voice_->generator(options_.generator);
  check_generator_options(*voice_, options_);
  duration_ = &voice_->duration(options_.durations);
  check_duration_options(*voice_, options_);
  if (options_.language.empty()) options_.language = manifest.language;
  if (!options_.seed) options_.seed = random_seed();
  if (!options_.sample_rate_hz) options_.sample_rate_hz = static_cast<int>(manifest.sample_rate_hz);
  FrontEndOptions front_end;
  front_end.language = options_.language;
  front_end.lexicon = lexicon_of(options_);
  warnings_ = front_end.lexicon->warnings();
  front_ends_ = std::make_unique<FrontEnds>(front_end);
  options_.language = language();
  given.seed = options_.seed;
  given.sample_rate_hz = options_.sample_rate_hz;
  given.lexicons.clear();
  given.lexicon = front_end.lexicon;
  cast_ = std::make_unique<Cast>(voice_, std::move(given));
  speaker_ = manifest.traits();
  start_judging(ear);
  if (!options_.prompts.empty() || !options_.prompt_texts.empty()) hear_prompts(std::move(ear));
}

namespace {

bool has_content(const Sentence& sentence) {
  return std::any_of(sentence.symbols.begin(), sentence.symbols.end(), [](const Symbol& symbol) {
    return symbol.word >= 0 || symbol.phone == kPause;
  });
}

}  // namespace

void Synthesizer::speak(std::string_view text,
                        InputKind kind,
                        const EventSink& sink,
                        const std::atomic<bool>& cancelled) const {
  WholeText whole(text);
  speak(whole, kind, sink, cancelled);
}

void Synthesizer::speak(TextSource& text,
                        InputKind kind,
                        const EventSink& sink,
                        const std::atomic<bool>& cancelled) const {
  // A text that is fitted is shared out as a whole: no part of it begins early.
  BlockReader reader(
      text,
      [&](std::string_view part, size_t at) { return break_at(kind, part, at); },
      options_.duration_s ? 0 : options_.first_clause_words);
  if (!reader.wait_for_text()) throw EmptyText();
  const c10::InferenceMode inference;
  const StopScope stop(cancelled);
  const bool marked =
      kind == InputKind::kSsml || kind == InputKind::kMarkdown || kind == InputKind::kHtml;
  const std::string whole = marked ? reader.read_all() : "";  // outlives the session
  Session session(*this, sink, cancelled);
  // Nothing that can be heard waits for text.
  reader.before_waiting([&] { session.performers.hear_until([&] { return text.ready(); }); });
  warn_of_voice(session);
  std::vector<Sentence> all;  // of a text that is fitted to a time
  if (kind == InputKind::kSsml) {
    speak_ssml(whole, session, all);
  } else if (marked) {
    speak_marked(whole, kind, session, all);
  } else {
    speak_blocks(reader, {kind}, session, all);
  }
  if (options_.duration_s) speak_fitted(all, session);
  session.finish();
}

void Synthesizer::speak(const Document& document,
                        const EventSink& sink,
                        const std::atomic<bool>& cancelled) const {
  const c10::InferenceMode inference;
  const StopScope stop(cancelled);
  Session session(*this, sink, cancelled);
  warn_of_voice(session);
  std::vector<Sentence> all;
  speak_document(document, session, all);
  if (options_.duration_s) speak_fitted(all, session);
  session.finish();
}

void Synthesizer::speak_document(const Document& document,
                                 Session& session,
                                 std::vector<Sentence>& fitted) const {
  for (const auto& warning : document.warnings) session.warn_of_text(warning);
  for (const Sentence& sentence : document.sentences) session.has_content |= has_content(sentence);
  if (options_.duration_s) {
    fitted.insert(fitted.end(), document.sentences.begin(), document.sentences.end());
    session.fitted_by.resize(fitted.size(), this);
    return;
  }
  for (const Sentence& sentence : document.sentences) {
    std::vector<Take> takes = takes_of(sentence, session.sentences++, session);
    for (Take& take : takes) {
      if (take.speaks()) {
        take.frames = rounded(take);
        set_contours(take);
        if (options_.pointer.value_or(false)) settle_pace(take, sentence, session.cancelled);
      }
      session.placement.place(take);
    }
    speak_sentence(sentence, std::move(takes), session);
  }
}

// All durations are known before the first sound: only then can they be shared out.
void Synthesizer::speak_fitted(const std::vector<Sentence>& sentences, Session& session) const {
  std::vector<std::vector<Take>> takes;
  std::vector<Take*> in_order;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (session.cancelled) fail_cancelled();
    takes.push_back(session.fitted_by[i]->takes_of(sentences[i], session.sentences++, session));
  }
  for (auto& of_sentence : takes) {
    for (Take& take : of_sentence) in_order.push_back(&take);
  }
  // Whole samples at the voice's rate; the delivery sees to the last one at the output's.
  const int rate = sample_rate_hz();
  const int64_t wanted = std::llround(*options_.duration_s * rate);
  session.fitted_end = fit_takes(in_order, (wanted * kSampleRateHz + rate - 1) / rate);
  for (size_t i = 0; i < sentences.size(); ++i) {
    const Synthesizer& speaker = *session.fitted_by[i];
    for (Take& take : takes[i]) {
      if (take.speaks()) speaker.set_contours(take);
    }
    speaker.speak_sentence(sentences[i], std::move(takes[i]), session);
  }
}

void Synthesizer::speak_sentence(const Sentence& sentence,
                                 std::vector<Take> laid,
                                 Session& session) const {
  const auto takes = std::make_shared<const std::vector<Take>>(std::move(laid));
  const double gain = std::pow(10.0, speaker_.gain_db / 20) * options_.volume;
  const auto verdicts = std::make_shared<std::vector<Verdict>>(takes->size());
  // Before the sentence's first sound, or alone where it has none.
  std::function<void()> before = [takes, sentence, &session] {
    announce(sentence, *takes, session.out);
  };
  for (size_t i = 0; i < takes->size(); ++i) {
    const Take& take = (*takes)[i];
    if (!take.speaks()) continue;
    session.performers.add(
        [&session, &take, gain, before = std::move(before)] {
          if (before) before();
          session.out.set_gain(gain);
          session.out.silence(take.silence_before);
        },
        [this, takes, verdicts, sentence, i, &session](const Performers::Sink& sink) {
          const Take& take = (*takes)[i];
          if (judge_ == nullptr) return perform(take, take.rendition, session.cancelled, sink);
          (*verdicts)[i] = perform_judged(take, sentence, session.cancelled, sink);
        });
    before = nullptr;
  }
  if (before) return session.performers.add(std::move(before), nullptr);
  if (judge_ == nullptr) return;
  session.performers.add(
      [takes, verdicts, sentence, &session] {
        Verdict all;
        for (const Verdict& verdict : *verdicts) all.add(verdict);
        session.out.judge(std::move(all), sentence_event(sentence, *takes));
      },
      nullptr);
}

// Symbols and predicted prosody of a sentence, before any of it is heard.
std::vector<Take> Synthesizer::takes_of(const Sentence& sentence,
                                        size_t index,
                                        Session& session) const {
  std::vector<Take> takes;
  for (const Segment& segment : segments_of(sentence)) {
    if (session.cancelled) fail_cancelled();
    Take take;
    take.utterance = static_cast<uint32_t>(index * 256 + takes.size() % 256);
    take.after = segment.after;
    take.language = sentence.language;
    take.rendition = {options_.generator, seed()};
    take.symbols = session.encoder_of(*voice_).encode(
        segment.symbols, [&](const std::string& message, const Symbol& symbol) {
          session.warn(message, sentence.words.at(symbol.word).span);
        });
    if (take.speaks()) predict_prosody(take);
    takes.push_back(std::move(take));
  }
  return takes;
}

void Synthesizer::make_at_own_pace(Take& take, const std::atomic<bool>& cancelled) const {
  RECORD_USER_SCOPE("generator");
  const Generation made = voice_->generator(take.rendition.generator)
                              .generate(take.condition,
                                        sampling_of(take),
                                        [&](const Tensor&, int64_t) { return !cancelled; });
  if (cancelled) fail_cancelled();
  take.made = made.codes.defined() ? made.codes : made.latents;
  const Tensor durations = made.durations[0].to(torch::kCPU).contiguous();
  take.frames.assign(durations.data_ptr<int64_t>(),
                     durations.data_ptr<int64_t>() + durations.numel());
}

// Frames and wave: sounded as the generator makes them. In any thread.
void Synthesizer::perform(const Take& take,
                          const Rendition& rendition,
                          const std::atomic<bool>& cancelled,
                          const Performers::Sink& sink) const {
  const c10::InferenceMode inference;
  const StopScope stop(cancelled);
  RECORD_USER_SCOPE("generator");
  TakeWave wave(*voice_, take, rendition.seed, cancelled, sink);
  if (take.made.defined()) {
    wave.feed(take.made);
    return wave.finish();
  }
  const Condition condition = context_ ? context_->before(take.condition) : take.condition;
  const int64_t before = context_ ? context_->count() : 0;  // frames that nobody is to hear
  const auto hear = [&](const Tensor& frames, int64_t first) {
    if (frames.size(1) == 0) wave.flush();
    const int64_t skipped = std::clamp<int64_t>(before - first, 0, frames.size(1));
    const Tensor heard = frames.slice(1, skipped);
    if (heard.size(1) > 0)
      wave.feed(options_.snap.value_or(false) ? voice_->snapped(heard) : heard);
    return !cancelled;
  };
  voice_->generate(voice_->generator(rendition.generator),
                   condition,
                   sampling_of(take, rendition),
                   hear,
                   cancelled);
  wave.finish();
}

void Synthesizer::warn_of_voice(Session& session) const {
  for (const auto& warning : warnings_) session.warn(warning, {});
  warn_of_language(options_.language, session);
}

void Synthesizer::warn_of_language(const std::string& language, Session& session) const {
  const VoiceManifest& manifest = voice_->manifest();
  if (manifest.language_id(language) >= 0) return;
  if (!session.foreign.insert(manifest.name + " " + language).second) return;
  session.warn("voice \"" + manifest.name + "\" speaks " + join(manifest.languages) + "; " +
                   language + " will have an accent",
               {});
}

}  // namespace tts
