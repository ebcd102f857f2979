#include "duration/duration_model.h"

#include <map>

#include "duration/phoneme/phoneme.h"

namespace tts {
namespace {

using Make = std::shared_ptr<DurationModel> (*)(Config&);

const std::map<std::string, Make>& members() {
  static const std::map<std::string, Make> table = {
      {"phoneme",
       [](Config& c) -> std::shared_ptr<DurationModel> {
         return std::make_shared<PhonemeDuration>(PhonemeDurationOptions::from(c));
       }},
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
