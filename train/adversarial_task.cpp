#include "audio/band.h"
#include "nn/safetensors.h"
#include "train/codec_task.h"
#include "vocoder/source_filter.h"

namespace tts {

AdversarialTask::AdversarialTask(CodecModels models,
                                 const Corpus& corpus,
                                 AdversarialOptions options)
    : models_(std::move(models)),
      corpus_(corpus),
      options_(options),
      sampler_(corpus.train, options.crops),
      spectral_losses_(options.crops),
      discriminators_(Discriminators()),
      generator_optimiser_((models_.codec->to(options.crops.device),
                            models_.vocoder->to(options.crops.device),
                            std::vector<torch::nn::Module*>{models_.vocoder.get()}),
                           options.crops.optimiser),
      discriminator_optimiser_((discriminators_->to(options.crops.device),
                                std::vector<torch::nn::Module*>{discriminators_.get()}),
                               options.discriminator) {
  models_.codec->eval();
}

// What the vocoder will meet: latents of all codebooks, of fewer, and of all after the generators'
// projection to the leading components.
Tensor AdversarialTask::frozen_latents(const CropBatch& batch) {
  torch::NoGradGuard no_grad;
  const Tensor codes = models_.codec->encode(batch.wave, batch.heard_hz);
  const double kind = torch::rand({1}).item<double>();
  if (kind < 0.15) return models_.codec->decode(codes.slice(2, 0, 4));
  const Tensor latents = models_.codec->decode(codes);
  return kind < 0.5 ? models_.codec->restore(models_.codec->standardise(latents)) : latents;
}

// Empty: all.
std::vector<size_t> AdversarialTask::draw_discriminators() {
  const auto all = static_cast<int64_t>(discriminators_->count());
  const int64_t wanted = options_.discriminators_per_step;
  if (wanted == 0 || wanted >= all) return {};
  const Tensor order = torch::randperm(all, torch::kLong);
  const int64_t* first = order.data_ptr<int64_t>();
  return {first, first + wanted};
}

// Notes the norm of a gradient at the waveform in its moving average.
void AdversarialTask::measure(const char* name, const Tensor& gradient) {
  const double norm = gradient.norm().item<double>();
  const auto known = norms_.find(name);
  norms_[name] = known == norms_.end() ? norm : 0.95 * known->second + 0.05 * norm;
}

// The gradient at the waveform with every loss scaled by its usual norm: raw norms swing
// forty-fold, so fixed weights cannot work (the balancer of EnCodec, Défossez et al. 2022). The
// norms are measured in every eighth step, one backward pass each; other steps take a single pass.
Tensor AdversarialTask::balanced_gradient(const Tensor& wave,
                                          const std::vector<WeightedLoss>& losses,
                                          bool measure_norms) {
  Tensor sum = torch::zeros_like(wave), together;
  for (const auto& l : losses) {
    if (measure_norms || !norms_.count(l.name)) {
      const Tensor gradient = torch::autograd::grad({l.loss}, {wave}, {}, true)[0];
      measure(l.name, gradient);
      sum = sum + gradient * (l.weight / std::max(norms_[l.name], 1e-12));
    } else {
      const Tensor scaled = l.loss * (l.weight / std::max(norms_[l.name], 1e-12));
      together = together.defined() ? together + scaled : scaled;
    }
  }
  if (together.defined()) sum = sum + torch::autograd::grad({together}, {wave}, {}, true)[0];
  return sum;
}

// Discriminator losses, step; vocoder losses, step. One pass of the discriminators over real and
// one over fake sound serve both updates: gradients are taken to the waveform, then on through the
// vocoder.
Metrics AdversarialTask::step(int64_t step) {
  models_.vocoder->train();
  const CropBatch batch = sampler_.draw(options_.crops.batch, options_.crops.device);
  const auto output = models_.vocoder->forward(frozen_latents(batch), batch.teacher);
  const Tensor wave = output.wave.detach().requires_grad_();  // [B, S], a leaf
  // Above a recording's own limit there is nothing to compare with.
  const Tensor made = low_pass(wave, batch.limits_hz, kSampleRateHz);
  const Tensor truth = low_pass(batch.wave, batch.limits_hz, kSampleRateHz);

  const std::vector<size_t> judges = draw_discriminators();
  const auto real = discriminators_->forward(truth * options_.gain, judges);
  const auto fake = discriminators_->forward(made * options_.gain, judges);
  const Tensor learn = discriminator_loss(real, fake);
  const Tensor fool = adversarial_loss(fake), match = feature_matching_loss(real, fake);
  Metrics metrics = {
      {"d", learn.item<double>()}, {"g", fool.item<double>()}, {"fm", match.item<double>()}};

  if (step < options_.warmup_steps) {
    discriminator_optimiser_.minimise(learn);
    return metrics;
  }
  const Tensor spectral = spectral_losses_(made, truth, options_.crops, metrics);
  const double w = options_.adversarial_weight;
  const Tensor gradient =
      balanced_gradient(wave,
                        {{"spectral", spectral, 1}, {"fool", fool, w / 2}, {"match", match, w / 2}},
                        step % 8 == 0);
  discriminator_optimiser_.minimise(learn);
  // The gradient enters as a linear loss; times the usual norm of the spectral losses it has the
  // size it had in the first stage.
  Tensor total = (output.wave * (gradient * norms_["spectral"])).sum();
  if (output.f0_logits.defined()) {
    const Tensor f0 = SourceFilterVocoder::f0_loss(output, batch.teacher);
    total = total + options_.crops.f0_weight * f0;
    metrics["f0"] = f0.item<double>();
  }
  generator_optimiser_.minimise(total);
  metrics["norm"] = generator_optimiser_.gradient_norm();
  metrics["skipped"] = generator_optimiser_.skipped() + discriminator_optimiser_.skipped();
  return metrics;
}

Metrics AdversarialTask::validate() {
  torch::NoGradGuard no_grad;
  models_.vocoder->eval();
  double mel = 0, count = 0;
  for (const auto& batch : validation_crops(corpus_.held_back, 64, options_.crops.device)) {
    const Tensor latents = models_.codec->decode(models_.codec->encode(batch.wave, batch.heard_hz));
    mel +=
        spectral_losses_
            .mel()(low_pass(models_.vocoder->forward(latents).wave, batch.limits_hz, kSampleRateHz),
                   low_pass(batch.wave, batch.limits_hz, kSampleRateHz))
            .item<double>();
    count += 1;
  }
  return {{"mel_own_f0", mel / count}};
}

std::vector<std::pair<std::string, torch::nn::Module*>> AdversarialTask::modules() {
  return {{"codec", models_.codec.get()},
          {"vocoder", models_.vocoder.get()},
          {"discriminators", discriminators_.get()}};
}

nlohmann::json AdversarialTask::state() const {
  return norms_;
}

void AdversarialTask::set_state(const nlohmann::json& state) {
  norms_ = state.get<std::map<std::string, double>>();
}

void AdversarialTask::export_to(const std::string& folder) {
  save_codec(models_, folder);
  save_sharded(folder + "/discriminators", module_tensors(*discriminators_), {}, SaveType::kHalf);
}

void AdversarialTask::load_discriminators(const std::string& folder) {
  load_into(*discriminators_, SafeTensors::open_sharded(folder + "/discriminators"));
}

}  // namespace tts
