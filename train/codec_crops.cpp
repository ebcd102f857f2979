#include <algorithm>
#include <cmath>
#include <map>

#include "train/codec_task.h"
#include "train/draw.h"
#include "train/warp.h"

namespace tts {
namespace {

constexpr double kFullHz = kSampleRateHz / 2.0;
constexpr double kLeastHeardHz = 3400, kMostHeardHz = 11000;
constexpr double kMostWarp = 3, kMostFormants = 2;  // semitones
constexpr double kMostGainDb = 8;

struct Crop {
  Tensor wave, log_f0, voiced, generated;
  double limit_hz = kFullHz, heard_hz = kFullHz;
};

Crop cut(const Utterance& u, int64_t first_frame, int64_t frames) {
  const int64_t last = std::min(u.frames(), first_frame + frames),
                missing = first_frame + frames - last;
  Crop c;
  c.limit_hz = c.heard_hz = u.band_limit_hz;
  c.wave = u.wave.slice(0, 480 * first_frame, 480 * last).to(torch::kFloat) / 32768.0;
  c.log_f0 = u.log_f0.slice(0, 2 * first_frame, 2 * last);
  c.voiced = u.voiced.slice(0, 2 * first_frame, 2 * last);
  if (missing > 0) {
    c.wave = torch::constant_pad_nd(c.wave, {0, 480 * missing});
    c.log_f0 = torch::cat({c.log_f0, c.log_f0.slice(0, -1).expand({2 * missing})});
    c.voiced = torch::constant_pad_nd(c.voiced, {0, 2 * missing});
  }
  return c;
}

CropBatch stack(const std::vector<Crop>& crops, torch::Device device) {
  std::vector<Tensor> wave, f0, voiced, generated;
  std::vector<double> limits, heard;
  for (const auto& c : crops) {
    limits.push_back(c.limit_hz);
    heard.push_back(c.heard_hz);
    wave.push_back(c.wave);
    f0.push_back(c.log_f0);
    voiced.push_back(c.voiced);
    if (c.generated.defined()) generated.push_back(c.generated);
  }
  CropBatch batch;
  batch.wave = torch::stack(wave).to(device);
  batch.limits_hz = torch::tensor(limits, torch::kDouble).to(device);
  batch.heard_hz = torch::tensor(heard, torch::kDouble).to(device);
  batch.teacher.log_f0 = torch::stack(f0).to(device);
  batch.teacher.voicing = torch::stack(voiced).to(device);
  if (!generated.empty()) batch.generated = torch::stack(generated).to(device);
  return batch;
}

}  // namespace

CropSampler::CropSampler(const std::vector<Utterance>& utterances, const CodecTaskOptions& options)
    : utterances_(utterances),
      crop_frames_(options.crop_frames),
      warp_share_(options.warp_share),
      band_share_(options.band_share) {
  std::map<std::string, double> of_speaker;
  for (const auto& u : utterances) of_speaker[u.speaker] += u.frames();
  double sum = 0;
  for (const auto& u : utterances) {
    sum += u.frames() * std::pow(of_speaker[u.speaker], options.balance - 1);
    cumulative_.push_back(sum);
  }
}

const Utterance& CropSampler::draw_utterance() const {
  const double at = draw_uniform() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
  return utterances_[std::min<size_t>(found - cumulative_.begin(), utterances_.size() - 1)];
}

CropBatch CropSampler::draw(int64_t batch, torch::Device device) const {
  torch::NoGradGuard no_grad;
  std::vector<Crop> crops;
  for (int64_t i = 0; i < batch; ++i) {
    const Utterance& u = draw_utterance();
    const bool warp = draw_uniform() < warp_share_;
    const double ratio =
        warp ? std::exp2((draw_uniform() * 2 - 1) * kMostWarp / 12) : 1.0;  // > 1: higher
    const int64_t source_frames =
        warp ? static_cast<int64_t>(std::ceil(crop_frames_ * ratio)) : crop_frames_;
    const int64_t slack = std::max<int64_t>(0, u.frames() - source_frames);
    Crop c = cut(u, static_cast<int64_t>(draw_uniform() * (slack + 1)), source_frames);
    if (source_frames != crop_frames_) {
      const double exact = static_cast<double>(source_frames) / crop_frames_;
      c.wave = stretch(c.wave, 480 * crop_frames_);
      c.log_f0 = interpolate(c.log_f0, 2 * crop_frames_) + std::log(exact);
      c.voiced = interpolate(c.voiced, 2 * crop_frames_);
      const double formants = draw_uniform() < 0.5 ? (draw_uniform() * 2 - 1) * kMostFormants : 0.0;
      if (formants != 0) c.wave = move_formants(c.wave, formants);
      c.limit_hz = c.heard_hz = warped_limit_hz(c.limit_hz, exact, std::exp2(formants / 12));
    }
    if (draw_uniform() < band_share_) {
      const double octaves = std::log2(kMostHeardHz / kLeastHeardHz);
      c.heard_hz = std::min(c.heard_hz, kLeastHeardHz * std::exp2(draw_uniform() * octaves));
    }
    const double gain_db = (draw_uniform() * 2 - 1) * kMostGainDb;
    const double peak = c.wave.abs().max().item<double>();
    c.wave = c.wave * std::min(std::pow(10, gain_db / 20), 0.99 / std::max(peak, 1e-6));
    crops.push_back(c);
  }
  return stack(crops, device);
}

CropBatch CropSampler::draw(int64_t batch,
                            torch::Device device,
                            const GeneratedLatents& generated) const {
  torch::NoGradGuard no_grad;
  std::vector<Crop> crops;
  while (static_cast<int64_t>(crops.size()) < batch) {
    const auto& u = utterances_[draw_index(utterances_.size())];
    const auto made = generated.items.find(u.id);
    if (made == generated.items.end() || u.frames() < crop_frames_) continue;
    const int64_t first = static_cast<int64_t>(draw_uniform() * (u.frames() - crop_frames_ + 1));
    Crop c = cut(u, first, crop_frames_);
    c.wave = c.wave * made->second.gain;
    c.generated = made->second.latents.slice(0, first, first + crop_frames_).to(torch::kFloat);
    crops.push_back(c);
  }
  return stack(crops, device);
}

std::vector<CropBatch> validation_crops(const std::vector<Utterance>& utterances,
                                        int64_t frames,
                                        torch::Device device) {
  std::vector<CropBatch> batches;
  const size_t stride = std::max<size_t>(1, utterances.size() / 32);
  std::vector<Crop> crops;
  for (size_t i = 0; i < utterances.size() && batches.size() < 4; i += stride) {
    const int64_t slack = std::max<int64_t>(0, utterances[i].frames() - frames);
    crops.push_back(cut(utterances[i], slack / 2, frames));
    if (crops.size() == 8) {
      batches.push_back(stack(crops, device));
      crops.clear();
    }
  }
  if (batches.empty() && !crops.empty()) batches.push_back(stack(crops, device));
  return batches;
}

}  // namespace tts
