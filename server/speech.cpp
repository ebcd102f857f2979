#include "server/speech.h"

#include "engine/empty_text.h"
#include "engine/synthesizer.h"

namespace tts {
namespace {

constexpr size_t kMaxUnread = 8 << 20;  // three minutes of 24 kHz PCM
constexpr double kNothingS = 0.2;       // stands for a text of which nothing can be spoken

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
  for (const std::string& warning : request_.warnings) warn(warning);
  bool sounded = false;
  const auto hear = [&](const Event& event) {
    sounded |= event.kind == EventKind::kAudio;
    if (event.kind == EventKind::kAudio)
      metrics_.sounded(static_cast<double>(event.audio.size()) / sample_rate_hz_);
    writer->write(event);
  };
  try {
    synthesizer.speak(request_.input, request_.kind, hear, cancelled_);
  } catch (const EmptyText& nothing) {
    if (request_.strict || sounded) throw;
    say_nothing(*writer, nothing.what());
  }
}

// A program that speaks what a language model writes must not stop at its "…".
void Speech::say_nothing(SpeechWriter& writer, const std::string& why) {
  warn(why);
  Event event;
  event.kind = EventKind::kWarning;
  event.text = why;
  event.bytes = {0, request_.input.size()};
  writer.write(event);
  event = {};
  event.kind = EventKind::kAudio;
  event.audio.resize(static_cast<size_t>(kNothingS * sample_rate_hz_));
  event.samples = {0, static_cast<int64_t>(event.audio.size())};
  const SampleSpan whole = event.samples;
  writer.write(event);
  event = {};
  event.kind = EventKind::kDone;
  event.samples = whole;
  writer.write(event);
}

void Speech::warn(const std::string& message) {
  if (!warning_.empty()) warning_ += "; ";
  for (const char c : message) warning_ += c >= ' ' && c < 0x7F ? c : '?';
}

void Speech::cancel() {
  cancelled_ = true;
  bytes_.abandon();
}

}  // namespace tts
