#include "train/acoustic_task.h"

#include <filesystem>

#include "core/atomic_file.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

std::vector<torch::nn::Module*> all_modules(const std::shared_ptr<FrameEncoder>& encoder,
                                            const std::vector<NamedGenerator>& generators,
                                            torch::Device device) {
  std::vector<torch::nn::Module*> modules = {encoder.get()};
  for (const auto& g : generators) modules.push_back(g.generator.get());
  for (auto* module : modules) module->to(device);
  return modules;
}

void write_json(const std::string& path, const nlohmann::json& json) {
  AtomicFile file(path);
  file.write(json.dump(1) + "\n");
  file.commit();
}

// Up to `most` items in batches of 16: validation always sees the same.
std::vector<Batch> fixed_batches(const std::vector<AcousticItem>& items,
                                 size_t most,
                                 torch::Device device) {
  std::vector<Batch> batches;
  for (size_t i = 0; i < std::min(most, items.size()); i += 16) {
    std::vector<const AcousticItem*> rows;
    for (size_t k = i; k < std::min({most, items.size(), i + 16}); ++k) rows.push_back(&items[k]);
    batches.push_back(make_batch(rows, device));
  }
  return batches;
}

}  // namespace

AcousticTask::AcousticTask(std::shared_ptr<FrameEncoder> encoder,
                           std::vector<NamedGenerator> generators,
                           const AcousticData& data,
                           AcousticTaskOptions options)
    : encoder_(std::move(encoder)),
      generators_(std::move(generators)),
      data_(data),
      options_(options),
      buckets_(data.train, options.batch, options.seed),
      optimiser_(all_modules(encoder_, generators_, options.device), options.optimiser) {}

void AcousticTask::set_training(bool on) {
  encoder_->train(on);
  for (const auto& g : generators_) g.generator->train(on);
}

Metrics AcousticTask::step(int64_t step) {
  set_training(true);
  const Batch batch = make_batch(buckets_.batch(step), options_.device);
  Metrics metrics;
  Tensor total;
  for (const auto& g : generators_) {
    const Losses losses = g.generator->loss(batch);
    total = total.defined() ? total + losses.at("total") : losses.at("total");
    for (const auto& [name, value] : losses) {
      if (name != "total") metrics[g.name + "." + name] = value.item<double>();
    }
  }
  optimiser_.minimise(total);
  metrics["norm"] = optimiser_.gradient_norm();
  metrics["skipped"] = optimiser_.skipped();
  return metrics;
}

Metrics AcousticTask::validate() {
  torch::NoGradGuard no_grad;
  set_training(false);
  torch::manual_seed(0);
  Metrics metrics;
  const auto batches = fixed_batches(data_.validation, 64, options_.device);
  for (const auto& batch : batches) {
    for (const auto& g : generators_) {
      for (const auto& [name, value] : g.generator->loss(batch)) {
        if (name != "total") metrics[g.name + "." + name] += value.item<double>() / batches.size();
      }
    }
  }
  return metrics;
}

std::vector<std::pair<std::string, torch::nn::Module*>> AcousticTask::modules() {
  std::vector<std::pair<std::string, torch::nn::Module*>> out = {{"frame_encoder", encoder_.get()}};
  for (const auto& g : generators_) out.emplace_back("generator-" + g.name, g.generator.get());
  return out;
}

void AcousticTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  nlohmann::json generators;
  for (const auto& [name, module] : modules()) {
    save_sharded(folder + "/" + name, module_tensors(*module), {}, SaveType::kHalf);
  }
  for (const auto& g : generators_) generators[g.name] = g.generator->to_json();
  write_json(folder + "/acoustic.json",
             {{"frame_encoder", encoder_->options().to_json()},
              {"generators", generators},
              {"symbols", data_.symbol_table}});
}

DurationTask::DurationTask(std::shared_ptr<PhonemeDuration> model,
                           const AcousticData& data,
                           AcousticTaskOptions options)
    : model_(std::move(model)),
      data_(data),
      options_(options),
      buckets_(data.train, options.batch, options.seed),
      optimiser_((model_->to(options.device), std::vector<torch::nn::Module*>{model_.get()}),
                 options.optimiser) {}

Metrics DurationTask::step(int64_t step) {
  model_->train();
  const Losses losses = model_->loss(make_batch(buckets_.batch(step), options_.device));
  optimiser_.minimise(losses.at("total"));
  Metrics metrics;
  for (const auto& [name, value] : losses) metrics[name] = value.item<double>();
  metrics["skipped"] = optimiser_.skipped();
  return metrics;
}

Metrics DurationTask::validate() {
  torch::NoGradGuard no_grad;
  model_->eval();
  Metrics metrics;
  const auto batches = fixed_batches(data_.validation, 128, options_.device);
  for (const auto& batch : batches) {
    for (const auto& [name, value] : model_->loss(batch))
      metrics[name] += value.item<double>() / batches.size();
  }
  return metrics;
}

// A regression is too fast on unseen text and flatter than speech: measure by how much on the
// validation split (never on the test) and correct rate and contrasts.
void DurationTask::calibrate() {
  torch::NoGradGuard no_grad;
  model_->eval();
  auto& o = model_->corrections();
  o.duration_scale = o.duration_contrast = o.pitch_contrast = o.energy_contrast = 1;
  const auto batches = fixed_batches(data_.validation, 128, options_.device);
  if (batches.empty()) return;
  // Deviation of values about their utterance's weighted mean.
  const auto spread = [](const Tensor& values, const Tensor& weight) {
    const Tensor centre = (values * weight).sum(1, true) / weight.sum(1, true).clamp_min(1e-6);
    return ((values - centre).square() * weight).sum().item<double>();
  };
  double pitch[2] = {0, 0}, energy[2] = {0, 0}, length[2] = {0, 0}, total[2] = {0, 0};
  for (int pass = 0; pass < 2; ++pass) {  // the contrasts first; the rate with them in place
    total[0] = total[1] = 0;
    for (const auto& b : batches) {
      const Tensor mask =
          length_mask(b.condition.symbol_lengths, b.condition.symbols.size(1)).to(torch::kFloat);
      const Tensor sounding = mask * (b.condition.symbols > 0).to(torch::kFloat);
      const Prosody p = model_->predict(b.condition, {});
      const Tensor voiced = b.prosody.voicing * b.prosody.durations;
      const Tensor present = sounding * (b.prosody.durations > 0).to(torch::kFloat);
      if (pass == 0) {
        pitch[0] += spread(b.prosody.log_f0, voiced), pitch[1] += spread(p.log_f0, voiced);
        energy[0] += spread(b.prosody.energy, present), energy[1] += spread(p.energy, present);
        length[0] += spread(torch::log(b.prosody.durations + 0.5), sounding);
        length[1] += spread(torch::log(p.durations + 0.5), sounding);
      }
      total[0] += (b.prosody.durations * sounding).sum().item<double>();
      total[1] += (p.durations * sounding).sum().item<double>();
    }
    if (pass == 0) {
      const auto ratio = [](const double* s) {
        return std::min(1.6, std::max(1.0, std::sqrt(s[0] / std::max(s[1], 1e-9))));
      };
      o.pitch_contrast = ratio(pitch);
      o.energy_contrast = std::min(1.2, ratio(energy));
      o.duration_contrast = ratio(length);
    }
  }
  o.duration_scale = std::min(1.3, std::max(0.8, total[0] / std::max(total[1], 1e-9)));
}

void DurationTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  calibrate();
  save_sharded(folder + "/duration", module_tensors(*model_), {}, SaveType::kHalf);
  write_json(folder + "/duration.json", model_->to_json());
}

}  // namespace tts
