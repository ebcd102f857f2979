#include "audio/resample.h"

#include "core/error.h"
#ifndef TTS_TRAIN_ONLY
#include <soxr.h>
#endif

namespace tts {
namespace {

void check_rate(int hz) {
  if (hz < 1000 || hz > 768000) {
    fail(ErrorCode::kUsage, "a sample rate of ", hz, " Hz is not possible; give 1000 to 768000");
  }
}

}  // namespace

#ifdef TTS_TRAIN_ONLY

struct Resampler::State {};

bool can_resample() {
  return false;
}

Resampler::Resampler(int from_hz, int to_hz) {
  check_rate(from_hz);
  check_rate(to_hz);
  if (from_hz == to_hz) return;
  fail(ErrorCode::kInput,
       "this trainer-only build cannot resample from ",
       from_hz,
       " to ",
       to_hz,
       " Hz; give it recordings of ",
       to_hz,
       " Hz");
}

std::vector<float> Resampler::process(const float* samples, size_t count) {
  return {samples, samples + count};
}

std::vector<float> Resampler::finish() {
  return {};
}

#else

struct Resampler::State {
  double ratio;  // output samples for one input sample
  soxr_t soxr;
  ~State() { soxr_delete(soxr); }
};

bool can_resample() {
  return true;
}

Resampler::Resampler(int from_hz, int to_hz) {
  check_rate(from_hz);
  check_rate(to_hz);
  if (from_hz == to_hz) return;
  soxr_error_t error = nullptr;
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  soxr_t soxr = soxr_create(from_hz, to_hz, 1, &error, nullptr, &quality, &runtime);
  if (error) fail(ErrorCode::kInternal, "soxr: ", error);
  state_.reset(new State{double(to_hz) / from_hz, soxr});
}

std::vector<float> Resampler::process(const float* samples, size_t count) {
  if (!state_) return {samples, samples + count};
  if (count == 0) return {};  // soxr reads a null input as the end
  std::vector<float> out(static_cast<size_t>(count * state_->ratio) + 4096);
  size_t taken = 0, made = 0;
  std::vector<float> all;
  while (taken < count) {
    size_t used = 0;
    const auto error = soxr_process(
        state_->soxr, samples + taken, count - taken, &used, out.data(), out.size(), &made);
    if (error) fail(ErrorCode::kInternal, "soxr: ", error);
    taken += used;
    all.insert(all.end(), out.begin(), out.begin() + made);
  }
  return all;
}

std::vector<float> Resampler::finish() {
  std::vector<float> all, out(4096);
  if (!state_) return all;
  for (size_t made = 1; made > 0;) {
    const auto error =
        soxr_process(state_->soxr, nullptr, 0, nullptr, out.data(), out.size(), &made);
    if (error) fail(ErrorCode::kInternal, "soxr: ", error);
    all.insert(all.end(), out.begin(), out.begin() + made);
  }
  soxr_clear(state_->soxr);
  return all;
}

#endif

Resampler::~Resampler() = default;
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;

std::vector<float> resample(const std::vector<float>& samples, int from_hz, int to_hz) {
  Resampler resampler(from_hz, to_hz);
  std::vector<float> out = resampler.process(samples.data(), samples.size());
  const std::vector<float> rest = resampler.finish();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

}  // namespace tts
