// The state of one call of Synthesizer::speak(). Of the synthesizer's own files.
#pragma once
#include <cmath>
#include <map>
#include <set>

#include "engine/empty_text.h"
#include "engine/symbol_encoder.h"
#include "engine/synthesizer.h"

namespace tts {

// What the blocks of a text are: as they were written, or parts of a text that was rewritten.
struct Synthesizer::Source {
  InputKind kind = InputKind::kPlain;
  const RewrittenText* rewritten = nullptr;
  std::string_view written = {};  // what it was rewritten from
};

struct Synthesizer::Session {
  Session(const Synthesizer& synthesizer, const EventSink& sink, const std::atomic<bool>& cancel)
      : cancelled(cancel),
        out(delivery_options(synthesizer), sink),
        performers(synthesizer.voice_->threads(),
                   [this](std::vector<float> samples) { out.audio(std::move(samples)); }) {}

  static DeliveryOptions delivery_options(const Synthesizer& s) {
    DeliveryOptions options;
    options.voice_rate_hz = static_cast<int>(s.voice_->manifest().sample_rate_hz);
    options.output_rate_hz = s.sample_rate_hz();
    if (s.options_.duration_s)
      options.total_samples = std::llround(*s.options_.duration_s * s.sample_rate_hz());
    return options;
  }

  // Said when all that came before has been heard.
  void warn(const std::string& message, ByteSpan bytes) {
    performers.add([=] { out.warn(message, bytes); }, nullptr);
  }

  void warn_of_text(const TextWarning& warning) {
    if (warning.of_whole_text && !said.insert(warning.message).second) return;
    warn(warning.message, warning.span);
  }

  // A place behind all words that were read so far.
  void mark(const SsmlBlock::Place& place) {
    has_content = true;
    const int64_t at = placement.position();
    performers.add(
        [=] {
          out.announce({EventKind::kMark, {}, {at, at}, place.span, place.name});
        },
        nullptr);
  }

  // The silence that is still owed, and the end. Throws EmptyText where nothing was asked for that
  // takes time or has a place: words, pauses or marks.
  void finish() {
    performers.drain();
    if (!has_content) throw EmptyText("nothing in the text can be spoken");
    out.silence(fitted_end.value_or(placement.end_silence()));
    out.finish();
  }

  SymbolEncoder& encoder_of(const Voice& voice) {
    return encoders.try_emplace(&voice, voice.manifest()).first->second;
  }

  const std::atomic<bool>& cancelled;
  std::map<const Voice*, SymbolEncoder> encoders;
  Placement placement;
  std::vector<const Synthesizer*> fitted_by;  // who speaks each sentence that is to be fitted
  std::optional<int64_t> fitted_end;          // silence behind a text that was fitted to a time
  Delivery out;
  size_t sentences = 0;           // spoken so far
  bool has_content = false;       // a word, a pause or a mark was there
  std::set<std::string> foreign;  // languages and voices of which it was said
  std::set<std::string> missing;  // voices of which it was said
  std::set<std::string> said;     // warnings of the whole text
  Performers performers;
};

}  // namespace tts
