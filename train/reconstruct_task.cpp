#include "audio/band.h"
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
      sampler_(corpus.train, options),
      spectral_losses_(options),
      optimiser_(trained(), options.optimiser) {}

std::vector<torch::nn::Module*> ReconstructTask::trained() {
  models_.codec->to(options_.device);
  models_.vocoder->to(options_.device);
  if (options_.teacher) {
    options_.teacher->to(options_.device);
    options_.teacher->eval();
  }
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
    const CropBatch batch = sampler_.draw(options_.batch, options_.device);
    frames.push_back(models_.codec->latents(batch.wave, batch.heard_hz).flatten(0, 1));
  }
  models_.codec->quantiser()->initialise(torch::cat(frames));
}

// Both shape the same excitations, so that every bin has an answer.
Tensor ReconstructTask::teacher_distance(const Tensor& latents,
                                         const CropBatch& batch,
                                         const VocoderOutput& output) const {
  VocoderOutput answer;
  {
    torch::NoGradGuard no_grad;
    answer = options_.teacher->forward(latents.detach(), batch.teacher);
  }
  return SourceFilterVocoder::filter_distance(output, answer);
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

  const Tensor latents = models_.codec->latents(batch.wave, batch.heard_hz);  // [B, T, D]
  ResidualQuantiserImpl::Output quantised;
  if (quantise) quantised = models_.codec->quantiser()->forward(latents, random_levels(rows));
  Tensor decoded = quantise ? quantised.quantised : latents;
  if (made_rows > 0) {
    const CropBatch made = sampler_.draw(made_rows, options_.device, *options_.generated);
    decoded = torch::cat({decoded, models_.codec->restore(made.generated)});
    batch.wave = torch::cat({batch.wave, made.wave});
    batch.limits_hz = torch::cat({batch.limits_hz, made.limits_hz});
    batch.teacher.log_f0 = torch::cat({batch.teacher.log_f0, made.teacher.log_f0});
    batch.teacher.voicing = torch::cat({batch.teacher.voicing, made.teacher.voicing});
  }
  const auto output = models_.vocoder->forward(decoded, batch.teacher);
  // Above a recording's own limit there is nothing to compare with.
  const Tensor made = low_pass(output.wave, batch.limits_hz, kSampleRateHz);
  const Tensor truth = low_pass(batch.wave, batch.limits_hz, kSampleRateHz);

  Metrics metrics;
  Tensor total =
      spectral_losses_(made.slice(0, 0, rows), truth.slice(0, 0, rows), options_, metrics);
  if (made_rows > 0) {
    const Tensor contrast =
        spectral_losses_.contrast(made.slice(0, rows), truth.slice(0, rows), options_);
    total = total + contrast;
    metrics["generated"] = contrast.item<double>();
  }
  if (output.f0_logits.defined()) {
    const Tensor f0 = SourceFilterVocoder::f0_loss(output, batch.teacher);
    total = total + options_.f0_weight * f0;
    metrics["f0"] = f0.item<double>();
  }
  if (options_.recognition) {
    const Tensor misheard =
        (*options_.recognition)(made.slice(0, 0, rows), truth.slice(0, 0, rows));
    total = total + options_.recogniser_weight * misheard;
    metrics["misheard"] = misheard.item<double>();
  }
  if (options_.teacher) {
    const Tensor distance = teacher_distance(decoded, batch, output);
    total = total + options_.teacher_weight * distance;
    metrics["teacher"] = distance.item<double>();
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
    const Tensor latents = models_.codec->latents(batch.wave, batch.heard_hz);
    const Tensor quantised = models_.codec->quantiser()->forward(latents).quantised;
    const auto distance = [&](const Tensor& wave) {
      return spectral_losses_
          .mel()(low_pass(wave, batch.limits_hz, kSampleRateHz),
                 low_pass(batch.wave, batch.limits_hz, kSampleRateHz))
          .item<double>();
    };
    mel += distance(models_.vocoder->forward(quantised, batch.teacher).wave);
    mel_own_f0 += distance(models_.vocoder->forward(quantised).wave);
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
