#include "nn/safetensors.h"
#include "train/codec_task.h"
#include "vocoder/source_filter.h"

namespace tts {
namespace {

// What generators see of the latents: components that hold this share of the variance, each divided
// by its deviation to this power.
constexpr double kKeptVariance = 0.9995, kWhitening = 0.5;

}  // namespace

ReconstructTask::ReconstructTask(CodecModels models, const Corpus& corpus, CodecTaskOptions options)
    : models_(std::move(models)),
      corpus_(corpus),
      options_(options),
      sampler_(corpus.train, options.crop_frames, options.warp_share),
      spectral_losses_(options),
      optimiser_(trained(), options.optimiser) {}

std::vector<torch::nn::Module*> ReconstructTask::trained() {
  models_.codec->to(options_.device);
  models_.vocoder->to(options_.device);
  if (!options_.freeze_codec) return {models_.codec.get(), models_.vocoder.get()};
  for (auto& parameter : models_.codec->parameters()) parameter.set_requires_grad(false);
  return {models_.vocoder.get()};
}

// How many codebooks each row of the batch uses: all, or for some rows 1, 2, 3, 4 or 6.
Tensor ReconstructTask::random_levels(int64_t rows) const {
  const Tensor few =
      torch::tensor({1, 2, 3, 4, 6}).index_select(0, torch::randint(5, {rows}, torch::kLong));
  const Tensor drop = torch::rand({rows}) < options_.quantiser_dropout;
  return torch::where(drop, few, torch::full_like(few, 8));
}

void ReconstructTask::start_quantiser() {
  torch::NoGradGuard no_grad;
  std::vector<Tensor> frames;
  for (int i = 0; i < 150; ++i) {
    frames.push_back(
        models_.codec->latents(sampler_.draw(options_.batch, options_.device).wave).flatten(0, 1));
  }
  models_.codec->quantiser()->initialise(torch::cat(frames));
}

Metrics ReconstructTask::step(int64_t step) {
  models_.codec->train();
  models_.vocoder->train();
  const bool quantise = step >= options_.quantise_from;
  if (step == options_.quantise_from) start_quantiser();
  const auto made_rows =
      options_.generated ? std::llround(options_.generated_share * options_.batch) : int64_t{0};
  const int64_t rows = options_.batch - made_rows;
  CropBatch batch = sampler_.draw(rows, options_.device);

  const Tensor latents = models_.codec->latents(batch.wave);  // [B, T, D]
  ResidualQuantiserImpl::Output quantised;
  if (quantise) quantised = models_.codec->quantiser()->forward(latents, random_levels(rows));
  Tensor decoded = quantise ? quantised.quantised : latents;
  if (made_rows > 0) {
    const CropBatch made = sampler_.draw(made_rows, options_.device, *options_.generated);
    decoded = torch::cat({decoded, models_.codec->restore(made.generated)});
    batch.wave = torch::cat({batch.wave, made.wave});
    batch.teacher.log_f0 = torch::cat({batch.teacher.log_f0, made.teacher.log_f0});
    batch.teacher.voicing = torch::cat({batch.teacher.voicing, made.teacher.voicing});
  }
  const auto output = models_.vocoder->forward(decoded, batch.teacher);

  Metrics metrics;
  Tensor total = spectral_losses_(
      output.wave.slice(0, 0, rows), batch.wave.slice(0, 0, rows), options_, metrics);
  if (made_rows > 0) {
    const Tensor contrast =
        spectral_losses_.contrast(output.wave.slice(0, rows), batch.wave.slice(0, rows), options_);
    total = total + contrast;
    metrics["generated"] = contrast.item<double>();
  }
  if (output.f0_logits.defined()) {
    const Tensor f0 = SourceFilterVocoder::f0_loss(output, batch.teacher);
    total = total + 0.05 * f0;
    metrics["f0"] = f0.item<double>();
  }
  if (quantise) {
    if (!options_.freeze_codec) {
      total = total + options_.commitment_weight * quantised.commitment;
      metrics["replaced"] = models_.codec->quantiser()->follow(latents, quantised.codes);
    }
    metrics["left"] = quantised.commitment.item<double>();
  }
  optimiser_.minimise(total);
  metrics["norm"] = optimiser_.gradient_norm();
  metrics["skipped"] = optimiser_.skipped();

  return metrics;
}

Metrics ReconstructTask::validate() {
  torch::NoGradGuard no_grad;
  models_.codec->eval();
  models_.vocoder->eval();
  double mel = 0, mel_own_f0 = 0, count = 0;
  for (const auto& batch : validation_crops(corpus_.held_back, 64, options_.device)) {
    const Tensor latents = models_.codec->latents(batch.wave);
    const Tensor quantised = models_.codec->quantiser()->forward(latents).quantised;
    mel +=
        spectral_losses_.mel()(models_.vocoder->forward(quantised, batch.teacher).wave, batch.wave)
            .item<double>();
    mel_own_f0 +=
        spectral_losses_.mel()(models_.vocoder->forward(quantised).wave, batch.wave).item<double>();
    count += 1;
  }
  return {{"mel", mel / count}, {"mel_own_f0", mel_own_f0 / count}};
}

std::vector<std::pair<std::string, torch::nn::Module*>> ReconstructTask::modules() {
  return {{"codec", models_.codec.get()}, {"vocoder", models_.vocoder.get()}};
}

void ReconstructTask::export_to(const std::string& folder) {
  if (!options_.freeze_codec) {
    const Tensor frames = decoded_frames(models_.codec, corpus_.train, 60000);
    models_.codec->set_statistics(frames, leading_components(frames, kKeptVariance), kWhitening);
  }
  save_codec(models_, folder);
}

}  // namespace tts
