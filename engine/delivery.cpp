#include "engine/delivery.h"

#include <algorithm>
#include <cmath>

namespace tts {

Delivery::Delivery(const DeliveryOptions& options, const EventSink& sink)
    : options_(options),
      sink_(sink),
      limiter_(options.voice_rate_hz),
      resampler_(options.voice_rate_hz, options.output_rate_hz) {}

void Delivery::silence(int64_t samples) {
  // In pieces, so that an hour's pause needs no hour of memory.
  for (; samples > 0; samples -= options_.voice_rate_hz)
    audio(std::vector<float>(
        static_cast<size_t>(std::min<int64_t>(samples, options_.voice_rate_hz))));
}

void Delivery::audio(std::vector<float> samples) {
  for (float& sample : samples) sample *= gain_;
  const std::vector<float> limited = limiter_.process(samples.data(), samples.size());
  emit(resampler_.process(limited.data(), limited.size()));
}

void Delivery::finish() {
  const std::vector<float> limited = limiter_.finish();
  emit(resampler_.process(limited.data(), limited.size()));
  emit(resampler_.finish());
  complete();
  Event done;
  done.samples = {0, emitted_};
  sink_(done);
}

void Delivery::complete() {
  const int64_t missing = options_.total_samples - emitted_;
  if (missing > 0) emit(std::vector<float>(static_cast<size_t>(missing)));
}

void Delivery::emit(std::vector<float> samples) {
  if (options_.total_samples >= 0) {
    const auto room = static_cast<size_t>(options_.total_samples - emitted_);
    if (samples.size() > room) samples.resize(room);
  }
  if (samples.empty()) return;
  Event event;
  event.kind = EventKind::kAudio;
  event.samples = {emitted_, emitted_ + static_cast<int64_t>(samples.size())};
  event.audio = std::move(samples);
  emitted_ = event.samples.end;
  sink_(event);
}

void Delivery::announce(Event event) const {
  event.samples = {at_output_rate(event.samples.begin), at_output_rate(event.samples.end)};
  sink_(event);
}

void Delivery::warn(const std::string& message, ByteSpan bytes) const {
  Event event;
  event.kind = EventKind::kWarning;
  event.bytes = bytes;
  event.text = message;
  sink_(event);
}

void Delivery::judge(Verdict verdict, const Event& sentence) const {
  for (Finding& finding : verdict.findings) {
    finding.samples = {at_output_rate(finding.samples.begin), at_output_rate(finding.samples.end)};
    if (finding.bytes.end == 0) finding.bytes = sentence.bytes;
    warn("check: " + finding.message, finding.bytes);
  }
  Event event = sentence;
  event.kind = EventKind::kVerdict;
  event.text = to_json(verdict).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  event.verdict = std::make_shared<const Verdict>(std::move(verdict));
  announce(std::move(event));
}

int64_t Delivery::at_output_rate(int64_t sample) const {
  const double ratio = static_cast<double>(options_.output_rate_hz) / options_.voice_rate_hz;
  return std::llround(static_cast<double>(sample) * ratio);
}

}  // namespace tts
