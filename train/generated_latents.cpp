#include "train/generated_latents.h"

#include <algorithm>

#include "core/error.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

constexpr size_t kBatch = 16;
constexpr char kGainSuffix[] = "#gain";

}  // namespace

GeneratedLatents GeneratedLatents::from_file(const std::string& path) {
  const SafeTensors file = SafeTensors::open(path);
  GeneratedLatents out;
  for (const auto& name : file.names()) {
    if (name.find(kGainSuffix) != std::string::npos) continue;
    out.items[name] = {file.get(name), file.get(name + kGainSuffix).item<double>()};
  }
  return out;
}

void GeneratedLatents::save(const std::string& path) const {
  NamedTensors tensors;
  for (const auto& [id, item] : items) {
    tensors.emplace_back(id, item.latents);
    tensors.emplace_back(id + kGainSuffix, torch::tensor({static_cast<float>(item.gain)}));
  }
  save_safetensors(path, tensors, {}, SaveType::kHalf);
}

GeneratedLatents generate_latents(const AcousticData& data,
                                  const std::vector<NamedGenerator>& generators,
                                  size_t most,
                                  torch::Device device) {
  torch::NoGradGuard no_grad;
  std::vector<const AcousticItem*> items;
  for (const auto& item : data.train) {
    if (!item.speaker->pseudo) items.push_back(&item);
  }
  std::vector<const AcousticItem*> chosen;
  const size_t count = std::min(most, items.size());
  for (size_t i = 0; i < count; ++i) chosen.push_back(items[i * items.size() / count]);
  std::stable_sort(chosen.begin(), chosen.end(), [](const auto* a, const auto* b) {
    return a->frames < b->frames;
  });
  GeneratedLatents out;
  for (size_t begin = 0, turn = 0; begin < chosen.size(); begin += kBatch, ++turn) {
    const std::vector<const AcousticItem*> rows(
        chosen.begin() + begin, chosen.begin() + std::min(chosen.size(), begin + kBatch));
    Generator& generator = *generators[turn % generators.size()].generator;
    generator.eval();
    Sampling sampling = generator.defaults();
    sampling.seed = turn;
    const Generation made = generator.generate(make_batch(rows, device).condition, sampling, {});
    if (!made.latents.defined()) continue;
    for (size_t i = 0; i < rows.size(); ++i) {
      const Tensor own = made.latents[static_cast<int64_t>(i)].slice(0, 0, rows[i]->frames);
      out.items[rows[i]->id] = {own.cpu().clone(), rows[i]->speaker->gain};
    }
  }
  return out;
}

}  // namespace tts
