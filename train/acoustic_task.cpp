#include "train/acoustic_task.h"

#include <filesystem>

#include "core/atomic_file.h"
#include "duration/prosody.h"
#include "nn/safetensors.h"

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

void write_json(const std::string& path, const nlohmann::json& json) {
  AtomicFile file(path);
  file.write(json.dump(1) + "\n");
  file.commit();
}

// [B, N] 1 where a phone is: no padding, no pause.
Tensor phone_mask(const Batch& b) {
  const Condition& c = b.condition;
  const Tensor valid = length_mask(c.symbol_lengths, c.symbols.size(1));
  return (valid & (c.symbols > 0) & ~c.optional).to(torch::kFloat);
}

// Up to `most` items in batches of 16: validation always sees the same.
// `speaker` empty: of all.
std::vector<Batch> fixed_batches(const std::vector<AcousticItem>& items,
                                 size_t most,
                                 torch::Device device,
                                 const std::string& speaker = "") {
  std::vector<const AcousticItem*> chosen;
  for (const auto& item : items) {
    if (speaker.empty() || item.speaker->name == speaker) chosen.push_back(&item);
  }
  // Spread over the items, which lie by speaker.
  const size_t count = std::min(most, chosen.size());
  std::vector<Batch> batches;
  for (size_t i = 0; i < count; i += 16) {
    std::vector<const AcousticItem*> rows;
    for (size_t k = i; k < std::min(count, i + 16); ++k)
      rows.push_back(chosen[k * chosen.size() / count]);
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
  const Batch batch = make_batch(buckets_.batch(step), options_.device, true);
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
  const Losses losses = model_->loss(make_batch(buckets_.batch(step), options_.device, true));
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

namespace {

struct Ratio {
  double natural = 0, predicted = 0;
  double within(double low, double high) const {
    return std::min(high, std::max(low, natural / std::max(predicted, 1e-9)));
  }
};

// Sum of squared distances from the utterance's weighted mean. [B, N]
double spread(const Tensor& values, const Tensor& weight) {
  const Tensor centre = (values * weight).sum(1, true) / weight.sum(1, true).clamp_min(1e-6);
  return ((values - centre).square() * weight).sum().item<double>();
}

}  // namespace

// A regression is flatter than speech and gets the rate wrong. Contrasts are corrected on the
// validation split (of training text too much is known by heart); rate and pauses on validation and
// training together, because the rate of a few dozen recordings is off by some per cent by chance.
void DurationTask::calibrate(const std::string& speaker) {
  torch::NoGradGuard no_grad;
  model_->eval();
  auto& o = model_->corrections();
  o.duration_scale = o.pause_scale = 1;
  o.duration_contrast = o.pitch_contrast = o.energy_contrast = 1;
  const auto batches = fixed_batches(data_.validation, 128, options_.device, speaker);
  if (batches.empty()) return;

  Ratio pitch, energy, length;
  for (const auto& b : batches) {
    const Tensor phones = phone_mask(b);
    const Prosody p = model_->predict(b.condition, {});
    const Tensor voiced = b.prosody.voicing * b.prosody.durations;
    const Tensor present = phones * (b.prosody.durations > 0).to(torch::kFloat);
    pitch.natural += spread(b.prosody.log_f0, voiced);
    pitch.predicted += spread(p.log_f0, voiced);
    energy.natural += spread(b.prosody.energy, present);
    energy.predicted += spread(p.energy, present);
    length.natural += spread(torch::log(b.prosody.durations + 0.5), phones);
    length.predicted += spread(torch::log(p.durations + 0.5), phones);
  }
  o.pitch_contrast = std::sqrt(pitch.within(1, 2.5));
  o.energy_contrast = std::sqrt(energy.within(1, 1.4));
  o.duration_contrast = std::sqrt(length.within(1, 2.5));

  // With the contrasts in place: the rate of the phones, then the pauses. Short ones vanish in
  // rounding, so their scale is found by bisection of what is left of them.
  auto all = fixed_batches(data_.train, 1024, options_.device, speaker);
  all.insert(all.end(), batches.begin(), batches.end());
  Ratio phones;
  for (const auto& b : all) {
    const Tensor mask = phone_mask(b);
    phones.natural += (b.prosody.durations * mask).sum().item<double>();
    phones.predicted += (model_->predict(b.condition, {}).durations * mask).sum().item<double>();
  }
  o.duration_scale = phones.within(0.8, 1.3);
  double low = std::log(0.3), high = std::log(4.0);
  for (int i = 0; i < 12; ++i) {
    o.pause_scale = std::exp((low + high) / 2);
    Ratio pauses;
    for (const auto& b : all) {
      const Tensor rounded = round_durations(model_->predict(b.condition, {}).durations,
                                             b.condition.symbol_lengths,
                                             b.condition.optional,
                                             1.0);
      pauses.natural += (b.condition.durations * b.condition.optional).sum().item<double>();
      pauses.predicted += (rounded * b.condition.optional).sum().item<double>();
    }
    (pauses.predicted < pauses.natural ? low : high) = std::log(o.pause_scale);
  }
}

void DurationTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  save_sharded(folder + "/duration", module_tensors(*model_), {}, SaveType::kHalf);
  nlohmann::json speakers;
  for (const auto& [name, speaker] : data_.speakers) {
    if (speaker.pseudo) continue;
    calibrate(name);
    speakers[name] = model_->to_json();
  }
  calibrate("");
  write_json(folder + "/duration.json",
             {{"model", model_->to_json()},
              {"symbols", data_.symbol_table},
              {"languages", data_.languages},
              {"speakers", speakers}});
}

}  // namespace tts
