#include "vocoder/vocoder.h"

#include <map>

#include "vocoder/inverse_stft.h"
#include "vocoder/source_filter.h"

namespace tts {
namespace {

using Make = std::shared_ptr<Vocoder> (*)(Config&);

const std::map<std::string, Make>& members() {
  static const std::map<std::string, Make> table = {
      {"inverse_stft",
       [](Config& c) -> std::shared_ptr<Vocoder> {
         return std::make_shared<InverseStftVocoder>(TrunkOptions::from(c));
       }},
      {"source_filter",
       [](Config& c) -> std::shared_ptr<Vocoder> {
         return std::make_shared<SourceFilterVocoder>(SourceFilterOptions::from(c));
       }},
  };
  return table;
}

}  // namespace

std::vector<std::string> vocoder_types() {
  std::vector<std::string> names;
  for (const auto& [name, make] : members()) names.push_back(name);
  return names;
}

std::shared_ptr<Vocoder> make_vocoder(Config config) {
  const std::string type = config.choice("type", vocoder_types());
  auto vocoder = members().at(type)(config);
  config.finish();
  return vocoder;
}

}  // namespace tts
