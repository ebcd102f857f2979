#include "duration/duration_model.h"

#include <map>

#include "duration/autoregressive/autoregressive.h"
#include "duration/flow/flow.h"
#include "duration/phoneme/phoneme.h"
#include "duration/total/total.h"

namespace tts {
namespace {

using Make = std::shared_ptr<DurationModel> (*)(Config&);

template <typename Model, typename Options>
std::shared_ptr<DurationModel> make(Config& config) {
  return std::make_shared<Model>(Options::from(config));
}

const std::map<std::string, Make>& members() {
  static const std::map<std::string, Make> table = {
      {"autoregressive", make<AutoregressiveDuration, AutoregressiveDurationOptions>},
      {"flow", make<FlowDuration, FlowDurationOptions>},
      {"phoneme", make<PhonemeDuration, PhonemeDurationOptions>},
      {"total", make<TotalDuration, TotalDurationOptions>},
  };
  return table;
}

}  // namespace

std::vector<std::string> duration_types() {
  std::vector<std::string> names;
  for (const auto& [name, make] : members()) names.push_back(name);
  return names;
}

std::shared_ptr<DurationModel> make_duration_model(Config config) {
  const std::string type = config.choice("type", duration_types());
  auto model = members().at(type)(config);
  config.finish();
  return model;
}

}  // namespace tts
