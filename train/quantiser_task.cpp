#include "train/quantiser_task.h"

#include <filesystem>

#include "core/atomic_file.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

constexpr char kStem[] = "/quantiser";

}  // namespace

QuantiserTask::QuantiserTask(GroupedScalarQuantiser quantiser,
                             Codec codec,
                             const Corpus& corpus,
                             QuantiserTaskOptions options)
    : quantiser_(std::move(quantiser)),
      options_(options),
      optimiser_(
          (quantiser_->to(options.device), std::vector<torch::nn::Module*>{quantiser_.get()}),
          options.optimiser) {
  codec->to(options_.device);
  codec->eval();
  pool_ = encoded_frames(codec, corpus.train, options_.pool_frames);
  held_back_ = encoded_frames(codec, corpus.held_back, options_.pool_frames);
  quantiser_->initialise(pool_);
}

Metrics QuantiserTask::step(int64_t) {
  const Tensor rows = torch::randint(
      pool_.size(0), {options_.batch_frames}, torch::dtype(torch::kLong).device(options_.device));
  const Tensor left = quantiser_->forward(pool_.index_select(0, rows).unsqueeze(0)).left;
  optimiser_.minimise(left);
  return {{"left", left.item<double>()},
          {"norm", optimiser_.gradient_norm()},
          {"skipped", static_cast<double>(optimiser_.skipped())}};
}

Metrics QuantiserTask::validate() {
  torch::NoGradGuard no_grad;
  const Tensor latents = held_back_.unsqueeze(0);
  const Tensor codes = quantiser_->encode(latents);
  double bits = 0;
  for (int64_t group = 0; group < codes.size(2); ++group)
    bits += entropy_bits(codes.select(2, group), quantiser_->options().codes());
  return {{"left", quantiser_->forward(latents).left.item<double>()},
          {"entropy", bits / static_cast<double>(codes.size(2))}};
}

void QuantiserTask::export_to(const std::string& folder) {
  std::filesystem::create_directories(folder);
  save_sharded(folder + kStem, module_tensors(*quantiser_), {}, SaveType::kHalf);
  AtomicFile file(folder + kStem + ".json");
  file.write(quantiser_->options().to_json().dump(1) + "\n");
  file.commit();
}

GroupedScalarQuantiser load_quantiser(const std::string& folder) {
  const std::string stem = folder + kStem;
  GroupedScalarQuantiser quantiser(GroupedScalarOptions::from(Config::from_file(stem + ".json")));
  load_into(*quantiser, SafeTensors::open_sharded(stem));
  quantiser->eval();
  return quantiser;
}

Tensor encoded_frames(Codec& codec, const std::vector<Utterance>& utterances, int64_t most) {
  torch::NoGradGuard no_grad;
  const auto device = codec->parameters().at(0).device();
  std::vector<Tensor> frames;
  int64_t all = 0;
  for (const auto& u : utterances) all += u.frames();
  const double share = std::min(1.0, static_cast<double>(most) / std::max<int64_t>(1, all));
  double owed = 0;  // recordings are taken whole, evenly spread
  for (const auto& u : utterances) {
    owed += share;
    if (owed < 1) continue;
    owed -= 1;
    const Tensor wave = u.samples().unsqueeze(0).to(device);
    frames.push_back(codec->latents(wave, u.limits_hz().to(device)).squeeze(0));
  }
  return torch::cat(frames);
}

double entropy_bits(const Tensor& codes, int64_t entries) {
  const Tensor p =
      torch::bincount(codes.flatten().contiguous(), {}, entries).to(torch::kDouble) / codes.numel();
  return -(p * torch::log2(p.clamp_min(1e-12))).sum().item<double>();
}

}  // namespace tts
