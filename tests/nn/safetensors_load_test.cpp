#include "core/error.h"
#include "nn/safetensors.h"
#include "tests/nn/files.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::testing;

namespace {

struct TinyImpl : torch::nn::Module {
  torch::nn::Linear linear{nullptr};
  Tensor steps;
  TinyImpl() {
    linear = register_module("linear", torch::nn::Linear(3, 2));
    steps = register_buffer("steps", torch::zeros({1}, torch::kInt64));
  }
};
TORCH_MODULE(Tiny);

}  // namespace

TEST_CASE("a module comes back from its file, in any precision") {
  const Scratch dir;
  torch::manual_seed(3);
  Tiny saved, loaded;
  saved->steps.fill_(41);
  for (const auto type : {SaveType::kFloat32, SaveType::kHalf, SaveType::kInt8PerChannel}) {
    save_safetensors(dir / "m.safetensors", module_tensors(*saved, "net."), {}, type);
    load_into(*loaded, SafeTensors::open(dir / "m.safetensors"), "net.");
    CHECK(loaded->steps.item<int64_t>() == 41);
    CHECK(loaded->linear->weight.requires_grad());
    CHECK(torch::allclose(loaded->linear->weight, saved->linear->weight, 0, 5e-3));
  }
}

TEST_CASE("weights that do not fit the module are named, and the module stays as it was") {
  const Scratch dir;
  Tiny module;
  const Tensor before = module->linear->weight.detach().clone();
  const auto load = [&](const NamedTensors& changed, const char* dropped = "") {
    NamedTensors tensors;
    for (auto item : module_tensors(*module)) {
      item.second = item.second.detach() + 1;
      for (const auto& [name, value] : changed) {
        if (name == item.first) item.second = value;
      }
      if (item.first != dropped) tensors.push_back(item);
    }
    for (const auto& item : changed) {
      if (item.first == "extra") tensors.push_back(item);
    }
    save_safetensors(dir / "m.safetensors", tensors);
    const auto file = SafeTensors::open(dir / "m.safetensors");
    return message_of([&] { load_into(*module, file, "", "voice.json: acoustic"); });
  };
  const std::string where = "voice.json: acoustic: " + (dir / "m.safetensors") + ": tensor ";
  CHECK(load({{"linear.weight", torch::ones({3, 2})}}) ==
        where + "\"linear.weight\" has shape [3, 2]; the module needs [2, 3]");
  CHECK(load({}, "linear.bias") ==
        where + "\"linear.bias\" is missing; the module needs it with shape [2]");
  CHECK(load({{"extra", torch::ones({7})}}) ==
        where + "\"extra\" [7] is unexpected: the module has no weight of that name");
  CHECK(load({{"linear.bias", torch::tensor({1.f, NAN})}}) ==
        where + "\"linear.bias\" has NaN or infinite values");
  CHECK(load({{"linear.bias", torch::tensor({-INFINITY, 1.f})}}) ==
        where + "\"linear.bias\" has NaN or infinite values");
  CHECK(load({{"linear.bias", torch::ones({2}, torch::kInt64)}}) ==
        where + "\"linear.bias\" holds integers; the module needs floating-point numbers");
  CHECK(load({{"steps", torch::ones({1})}}) ==
        where + "\"steps\" holds floating-point numbers; the module needs integers");
  CHECK(torch::equal(module->linear->weight, before));
  CHECK(load({}) == "");
  CHECK(torch::equal(module->linear->weight, before + 1));
}
