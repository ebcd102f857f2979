#include "train/speaker_task.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "codec/codec.h"
#include "core/atomic_file.h"
#include "core/error.h"
#include "nn/safetensors.h"
#include "train/audio_coding.h"
#include "train/disturb.h"
#include "train/draw.h"
#include "train/warp.h"

namespace tts {
namespace {

constexpr int64_t kCropUnit = 480;  // samples
constexpr double kValidationCropS = 2.5, kValidationSemitones = 1.5;
constexpr size_t kValidationRecordings = 12;

// `samples` of a recording from `position` (0 … 1) on, played `semitones` higher; short recordings
// are repeated. → [samples]
Tensor crop_of(const Utterance& u, int64_t samples, double semitones, double position) {
  const int64_t units = samples / kCropUnit;
  const int64_t source =
      kCropUnit * std::max<int64_t>(1, std::llround(units * std::exp2(semitones / 12)));
  const int64_t slack = std::max<int64_t>(0, u.wave.size(0) - source);
  Tensor wave = u.wave.slice(0, static_cast<int64_t>(position * slack)).slice(0, 0, source);
  wave = wave.to(torch::kFloat) / 32768;
  while (wave.size(0) < source) wave = torch::cat({wave, wave}).slice(0, 0, source);
  return source == samples ? wave : stretch(wave, samples);
}

Tensor vectors_to_keep(SpeakerEncoder encoder, const Tensor& clean) {
  torch::NoGradGuard no_grad;
  return encoder->forward(clean);
}

}  // namespace

SpeakerTask::SpeakerTask(SpeakerEncoder encoder, const Corpus& corpus, SpeakerTaskOptions options)
    : encoder_(std::move(encoder)),
      options_(std::move(options)),
      scale_(loss_.register_parameter("scale", torch::tensor(10.0f))),
      shift_(loss_.register_parameter("shift", torch::tensor(-5.0f))),
      optimiser_((encoder_->to(options_.device),
                  loss_.to(options_.device),
                  std::vector<torch::nn::Module*>{encoder_.get(), &loss_}),
                 options_.optimiser) {
  for (const auto& u : corpus.train)
    (options_.hold_out.count(u.speaker) ? unseen_ : train_)[u.speaker].push_back(&u);
  for (const auto& u : corpus.held_back) {
    if (!options_.hold_out.count(u.speaker)) held_back_[u.speaker].push_back(&u);
  }
  if (options_.kept) {
    options_.kept->to(options_.device);
    options_.kept->eval();
  }
  if (train_.size() < 2) {
    fail(ErrorCode::kInput,
         "a speaker encoder needs recordings of two speakers or more; there are ",
         train_.size());
  }
}

SpeakerTask::Crops SpeakerTask::draw_crops() const {
  torch::NoGradGuard no_grad;
  const int warps = warp_count(options_.warp_semitones, options_.warp_formants);
  const auto classes = static_cast<int64_t>(train_.size()) * warps;
  const int64_t speakers = std::min(options_.speakers, classes);
  const Tensor chosen = torch::randperm(classes).slice(0, 0, speakers);
  const int64_t samples = kCropUnit * std::llround(options_.crop_s * kSampleRateHz / kCropUnit);
  DisturbOptions how;
  how.coded_share = options_.coded_share;
  std::vector<Tensor> clean, disturbed;
  for (int64_t i = 0; i < speakers; ++i) {
    const int64_t number = chosen[i].item<int64_t>();
    const Group& group = std::next(train_.begin(), number / warps)->second;
    const Warp warp =
        warp_at(static_cast<int>(number % warps), options_.warp_semitones, options_.warp_formants);
    for (int64_t k = 0; k < options_.recordings; ++k) {
      const Utterance& u = *group[draw_index(group.size())];
      const Tensor crop = crop_of(u, samples, warp.semitones, draw_uniform());
      clean.push_back(warp.formants == 0 ? crop : move_formants(crop, warp.formants));
      disturbed.push_back(disturb(clean.back(), how));
    }
  }
  return {torch::stack(clean).to(options_.device), torch::stack(disturbed).to(options_.device)};
}

Metrics SpeakerTask::step(int64_t) {
  encoder_->train();
  const Crops crops = draw_crops();
  const Tensor vectors = encoder_->forward(crops.disturbed);
  const Tensor loss =
      ge2e_loss(vectors.view({-1, options_.recordings, vectors.size(1)}), scale_, shift_);
  Metrics metrics = {{"loss", loss.item<double>()}, {"scale", scale_.item<double>()}};
  Tensor total = loss;
  if (options_.kept) {
    const Tensor wanted = vectors_to_keep(options_.kept, crops.clean);
    const Tensor likeness = (vectors * wanted).sum(1).mean();
    total = total + options_.keep_weight * (1 - likeness);
    metrics["kept"] = likeness.item<double>();
  }
  optimiser_.minimise(total);
  metrics["norm"] = optimiser_.gradient_norm();
  metrics["skipped"] = static_cast<double>(optimiser_.skipped());
  return metrics;
}

void SpeakerTask::measure(const std::map<std::string, Group>& groups,
                          bool with_coding,
                          const std::string& suffix,
                          Metrics& metrics) {
  const int64_t samples = kCropUnit * std::llround(kValidationCropS * kSampleRateHz / kCropUnit);
  std::vector<Tensor> clean, heard;
  std::vector<int64_t> speakers;
  int64_t speaker = 0;
  for (const auto& [name, group] : groups) {
    for (const double semitones : {-kValidationSemitones, 0.0, kValidationSemitones}) {
      const size_t stride = std::max<size_t>(1, group.size() / kValidationRecordings);
      for (size_t i = 0; i < group.size() && i / stride < kValidationRecordings; i += stride) {
        clean.push_back(crop_of(*group[i], samples, semitones, 0.5));
        const AudioCoding coding = kAudioCodings[heard.size() % kAudioCodings.size()];
        heard.push_back(with_coding ? coded(clean.back(), coding, 0.5) : clean.back());
        speakers.push_back(speaker);
      }
      ++speaker;
    }
  }
  if (heard.empty()) return;
  const Tensor vectors = encoder_->forward(torch::stack(heard).to(options_.device));
  metrics["eer" + suffix] = equal_error_rate(vectors.cpu(), torch::tensor(speakers));
  if (!options_.kept) return;
  const Tensor wanted = vectors_to_keep(options_.kept, torch::stack(clean).to(options_.device));
  metrics["kept" + suffix] = (vectors * wanted).sum(1).mean().item<double>();
}

Metrics SpeakerTask::validate() {
  torch::NoGradGuard no_grad;
  encoder_->eval();
  Metrics metrics;
  const auto& known = held_back_.empty() ? train_ : held_back_;
  measure(known, false, "", metrics);
  measure(known, true, "_coded", metrics);
  measure(unseen_, false, "_unseen", metrics);
  return metrics;
}

std::vector<std::pair<std::string, torch::nn::Module*>> SpeakerTask::modules() {
  return {{"speaker", encoder_.get()}, {"loss", &loss_}};
}

void SpeakerTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  save_sharded(folder + "/speaker", module_tensors(*encoder_), {}, SaveType::kHalf);
  AtomicFile file(folder + "/speaker.json");
  file.write(encoder_->options().to_json().dump(1) + "\n");
  file.commit();
}

}  // namespace tts
