// Weight files: what loads is saved and loads equal.
#include <algorithm>

#include "nn/safetensors.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

bool same(const Tensor& a, const Tensor& b) {
  return a.sizes() == b.sizes() &&
         torch::allclose(a.to(torch::kDouble), b.to(torch::kDouble), 0, 0, true);
}

NamedTensors checked_tensors(const SafeTensors& weights) {
  NamedTensors tensors;
  for (const std::string& name : weights.names()) {
    const Tensor tensor = weights.get(name);
    require(tensor.sizes().vec() == weights.shape(name), name, ": another shape");
    require(tensor.is_floating_point() == weights.is_float(name), name, ": another kind");
    if (weights.is_float(name)) {
      const bool finite = torch::isfinite(tensor.to(torch::kFloat)).all().item<bool>();
      require(finite == weights.is_finite(name), name, ": finite or not?");
    }
    tensors.emplace_back(name, tensor);
  }
  return tensors;
}

}  // namespace

TTS_FUZZ_TARGET(safetensors, 4000, ErrorCode::kVoice) {
  const SafeTensors weights =
      SafeTensors::from_memory(bytes.data(), bytes.size(), "weights.safetensors");
  require(content_hash(weights).size() == 16, "the hash");
  const NamedTensors tensors = checked_tensors(weights);
  const std::string& path = scratch_path("again.safetensors");
  save_safetensors(path, tensors, weights.metadata());
  const SafeTensors again = SafeTensors::open(path);
  require(again.metadata() == weights.metadata(), "the metadata differ");
  require(again.names() == weights.names(), "other names");
  for (const auto& [name, tensor] : tensors)
    require(same(again.get(name), tensor), name, ": saved and loaded it differs");
  require(content_hash(again) == content_hash(tensors), "the hash of the file is not its tensors'");
}
