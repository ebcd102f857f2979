#include "acoustic/generator.h"

#include <algorithm>
#include <map>

#include "acoustic/autoregressive/autoregressive.h"
#include "acoustic/flow/flow.h"
#include "acoustic/hybrid/hybrid.h"
#include "acoustic/masked/masked.h"
#include "acoustic/parallel/parallel.h"
#include "acoustic/two_stage/two_stage.h"

namespace tts {
namespace {

using Make = std::shared_ptr<Generator> (*)(Config&, std::shared_ptr<FrameEncoder>);

const std::map<std::string, Make>& members() {
  static const std::map<std::string, Make> table = {
      {"autoregressive",
       [](Config& c, std::shared_ptr<FrameEncoder> e) -> std::shared_ptr<Generator> {
         return std::make_shared<AutoregressiveGenerator>(AutoregressiveOptions::from(c), e);
       }},
      {"flow",
       [](Config& c, std::shared_ptr<FrameEncoder> e) -> std::shared_ptr<Generator> {
         return std::make_shared<FlowGenerator>(FlowOptions::from(c), e);
       }},
      {"masked",
       [](Config& c, std::shared_ptr<FrameEncoder> e) -> std::shared_ptr<Generator> {
         return std::make_shared<MaskedGenerator>(MaskedOptions::from(c), e);
       }},
      {"parallel",
       [](Config& c, std::shared_ptr<FrameEncoder> e) -> std::shared_ptr<Generator> {
         return std::make_shared<ParallelGenerator>(ParallelOptions::from(c), e);
       }},
      {"two_stage",
       [](Config& c, std::shared_ptr<FrameEncoder> e) -> std::shared_ptr<Generator> {
         return std::make_shared<TwoStageGenerator>(TwoStageOptions::from(c), e);
       }},
  };
  return table;
}

}  // namespace

Tensor keep_known(const Tensor& made, const Condition& condition) {
  if (!condition.known_mask.defined()) return made;
  return torch::where(condition.known_mask.unsqueeze(2), condition.known_latents, made);
}

Tensor known_codes_or(const Condition& condition, const Tensor& made) {
  if (!condition.known_mask.defined()) return made;
  return torch::where(condition.known_mask.unsqueeze(2), condition.known_codes, made);
}

std::vector<std::string> generator_types() {
  std::vector<std::string> names;
  for (const auto& [name, make] : members()) names.push_back(name);
  return names;
}

std::string safest_generator(const std::vector<std::string>& names) {
  for (const char* type : {"parallel", "flow", "masked", "hybrid", "autoregressive"}) {
    if (std::find(names.begin(), names.end(), type) != names.end()) return type;
  }
  return names.empty() ? "" : names.front();
}

const std::vector<CompositeGenerator>& composite_generators() {
  static const std::vector<CompositeGenerator> table = {
      {"hybrid",
       {"autoregressive", "masked"},
       [](const std::vector<std::shared_ptr<Generator>>& parts) -> std::shared_ptr<Generator> {
         return std::make_shared<HybridGenerator>(parts.at(0), parts.at(1));
       }},
  };
  return table;
}

std::shared_ptr<Generator> make_generator(Config config,
                                          std::shared_ptr<FrameEncoder> frame_encoder) {
  const std::string type = config.choice("type", generator_types());
  auto generator = members().at(type)(config, std::move(frame_encoder));
  config.finish();
  return generator;
}

}  // namespace tts
