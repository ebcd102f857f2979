#include "train/duration_task.h"

#include <cmath>
#include <filesystem>

#include "nn/safetensors.h"
#include "train/json_file.h"

namespace tts {
namespace {

// Members that write symbol by symbol take as long for many rows as for one.
constexpr size_t kRows = 64;
constexpr size_t kValidationItems = 128, kCalibrationItems = 1024;

}  // namespace

DurationTask::DurationTask(std::shared_ptr<DurationModel> model,
                           const AcousticData& data,
                           AcousticTaskOptions options)
    : model_(std::move(model)),
      data_(data),
      options_(options),
      buckets_(data.train, options.batch, options.seed, options.balance),
      optimiser_((model_->to(options.device), std::vector<torch::nn::Module*>{model_.get()}),
                 options.optimiser) {}

Metrics DurationTask::step(int64_t step) {
  model_->train();
  const Losses losses = model_->loss(
      make_batch(buckets_.batch(step), options_.device, SpeakerDraw{options_.speaker_noise}));
  optimiser_.minimise(losses.at("total"));
  Metrics metrics;
  for (const auto& [name, value] : losses) metrics[name] = value.item<double>();
  metrics["skipped"] = optimiser_.skipped();
  return metrics;
}

Prosody DurationTask::predict(const Batch& batch, uint64_t seed, double temperature) {
  Sampling sampling;
  sampling.seed = seed;
  sampling.temperature = temperature;
  return model_->predict(batch.condition, sampling);
}

Metrics DurationTask::validate() {
  torch::NoGradGuard no_grad;
  model_->eval();
  torch::manual_seed(0);
  Metrics metrics;
  const auto batches = fixed_batches(data_.validation, kValidationItems, options_.device);
  for (const auto& batch : batches) {
    for (const auto& [name, value] : model_->loss(batch))
      metrics[name] += value.item<double>() / batches.size();
  }
  measure(fixed_batches(data_.validation, kValidationItems, options_.device, "", kRows), metrics);
  return metrics;
}

void DurationTask::measure(const std::vector<Batch>& batches, Metrics& metrics) {
  double error = 0, apart = 0, natural = 0, count = 0;
  for (const auto& b : batches) {
    const Tensor phones = phone_mask(b);
    const auto sum = [&](const Tensor& values) { return (values * phones).sum().item<double>(); };
    const Tensor likeliest = predict(b, 1, 0).durations, truth = b.prosody.durations;
    error += sum((likeliest - truth).square());
    count += sum(torch::ones_like(phones));
    if (!model_->draws()) continue;
    const Tensor one = predict(b, 1, model_->temperature()).durations,
                 two = predict(b, 2, model_->temperature()).durations;
    apart += sum((torch::log(one + 0.5) - torch::log(two + 0.5)).square()) / 2;
    natural += sum((torch::log(truth + 0.5) - torch::log(likeliest + 0.5)).square());
  }
  if (count == 0) return;
  metrics["rmse_frames"] = std::sqrt(error / count);
  if (natural > 0) metrics["spread"] = std::sqrt(apart / natural);
}

void DurationTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  save_sharded(folder + "/duration", module_tensors(*model_), {}, SaveType::kHalf);
  nlohmann::json speakers;
  for (const auto& [name, speaker] : data_.speakers) {
    if (!speaker.pseudo) speakers[name] = model_->to_json();
  }
  describe(folder, speakers);
}

void DurationTask::finish(const std::string& folder) {
  torch::NoGradGuard no_grad;
  load_into(*model_, SafeTensors::open_sharded(folder + "/duration"));
  model_->eval();
  const auto calibrate = [&](const std::string& speaker) {
    const auto validation =
        fixed_batches(data_.validation, kValidationItems, options_.device, speaker, kRows);
    auto all = fixed_batches(data_.train, kCalibrationItems, options_.device, speaker, kRows);
    all.insert(all.end(), validation.begin(), validation.end());
    calibrate_durations(*model_, validation, all);
  };
  nlohmann::json speakers;
  for (const auto& [name, speaker] : data_.speakers) {
    if (speaker.pseudo) continue;
    calibrate(name);
    speakers[name] = model_->to_json();
  }
  calibrate("");
  describe(folder, speakers);
}

void DurationTask::describe(const std::string& folder, const nlohmann::json& speakers) const {
  write_json(folder + "/duration.json",
             {{"model", model_->to_json()},
              {"symbols", data_.symbol_table},
              {"languages", data_.languages},
              {"speakers", speakers}});
}

}  // namespace tts
