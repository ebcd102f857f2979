#include "server/speech.h"

#include "engine/synthesizer.h"
#include "server/speech_writer.h"

namespace tts {
namespace {

constexpr size_t kMaxUnread = 8 << 20;  // three minutes of 24 kHz PCM

}  // namespace

Speech::Speech(SpeechRequest request, VoiceShelf& voices, Metrics& metrics)
    : request_(std::move(request)), voices_(voices), metrics_(metrics), bytes_(kMaxUnread) {}

void Speech::run() {
  try {
    if (!cancelled_) speak();
    bytes_.finish();
  } catch (...) {
    bytes_.fail(std::current_exception());
  }
}

void Speech::speak() {
  const auto ear = request_.speak.prompt_texts.empty() ? nullptr : voices_.ear();
  const Synthesizer synthesizer(voices_.open(request_.voice), request_.speak, ear);
  sample_rate_hz_ = synthesizer.sample_rate_hz();
  const auto writer = make_speech_writer(
      request_, sample_rate_hz_, [this](std::string_view bytes) { bytes_.write(bytes); });
  const auto hear = [&](const Event& event) {
    if (event.kind == EventKind::kAudio)
      metrics_.sounded(static_cast<double>(event.audio.size()) / sample_rate_hz_);
    writer->write(event);
  };
  const InputKind kind = request_.ssml ? InputKind::kSsml : InputKind::kPlain;
  synthesizer.speak(request_.input, kind, hear, cancelled_);
}

void Speech::cancel() {
  cancelled_ = true;
  bytes_.abandon();
}

}  // namespace tts
