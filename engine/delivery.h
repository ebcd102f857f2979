// The end of the road: samples at the voice's rate → gain → limiter → output rate → audio events.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "audio/limiter.h"
#include "audio/resample.h"
#include "engine/event.h"
#include "engine/verdict.h"

namespace tts {

struct DeliveryOptions {
  int voice_rate_hz = 24000;
  int output_rate_hz = 24000;
  // At the output's rate: the sound is given exactly so many samples, by silence at its end or by
  // what little a conversion of the rate adds to it. -1: as many as come.
  int64_t total_samples = -1;
};

class Delivery {
 public:
  Delivery(const DeliveryOptions& options, const EventSink& sink);

  // Factor on what comes from here on.
  void set_gain(double gain) { gain_ = static_cast<float>(gain); }
  void silence(int64_t samples);
  void audio(std::vector<float> samples);
  // An event whose samples are given at the voice's rate.
  void announce(Event event) const;
  void warn(const std::string& message, ByteSpan bytes) const;
  // What was thought of a sentence, and a warning for each finding. Samples at the voice's rate.
  void judge(Verdict verdict, const Event& sentence) const;
  // The rest of the audio, then kDone.
  void finish();

 private:
  void emit(std::vector<float> samples);
  void complete();
  int64_t at_output_rate(int64_t sample) const;

  DeliveryOptions options_;
  const EventSink& sink_;
  float gain_ = 1;
  Limiter limiter_;
  Resampler resampler_;
  int64_t emitted_ = 0;  // at the output's rate
};

}  // namespace tts
