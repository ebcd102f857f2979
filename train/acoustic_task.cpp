#include "train/acoustic_task.h"

#include <filesystem>

#include "nn/safetensors.h"
#include "train/json_file.h"

namespace tts {
namespace {

// Name, language, statistics and vector of every real speaker, as voices need them.
nlohmann::json speakers_json(const AcousticData& data) {
  nlohmann::json out;
  for (const auto& [name, speaker] : data.speakers) {
    if (speaker.pseudo) continue;
    out[name] = {{"language", data.languages.at(speaker.language)},
                 {"statistics", to_json(speaker.statistics)}};
    if (!speaker.vectors.defined()) continue;
    const Tensor vector = speaker.centroid().contiguous();
    out[name]["speaker"] =
        std::vector<float>(vector.data_ptr<float>(), vector.data_ptr<float>() + vector.numel());
  }
  return out;
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
      buckets_(data.train, options.batch, options.seed, options.balance),
      optimiser_(trained(), options.optimiser) {}

std::vector<torch::nn::Module*> AcousticTask::trained() {
  std::vector<torch::nn::Module*> modules;
  for (const auto& [name, module] : this->modules()) {
    module->to(options_.device);
    const bool frozen = options_.freeze_encoder && module == encoder_.get();
    for (auto& parameter : module->parameters()) parameter.set_requires_grad(!frozen);
    if (!frozen) modules.push_back(module);
  }
  return modules;
}

void AcousticTask::set_training(bool on) {
  encoder_->train(on && !options_.freeze_encoder);
  for (const auto& g : generators_) g.generator->train(on);
}

Metrics AcousticTask::step(int64_t step) {
  set_training(true);
  const Batch batch =
      make_batch(buckets_.batch(step), options_.device, SpeakerDraw{options_.speaker_noise});
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
        metrics[name == "total" ? name : g.name + "." + name] +=
            value.item<double>() / batches.size();
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
              {"symbols", data_.symbol_table},
              {"languages", data_.languages},
              {"speakers", speakers_json(data_)}});
}

}  // namespace tts
