// The duration family: symbols → how long each lasts and its F0 and energy.
#pragma once
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/types.h"

namespace tts {

class DurationModel : public torch::nn::Module {
 public:
  // Needs symbols, attributes, symbol_lengths and pitch, and language and speakers where its
  // options say so. Thread-safe; rows do not influence each other.
  virtual Prosody predict(const Condition& condition, const Sampling& sampling) = 0;
  virtual Losses loss(const Batch& batch) = 0;
  // Type and dimensions, as in voice.json; make_duration_model reads it back.
  virtual nlohmann::json to_json() const = 0;
};

std::shared_ptr<DurationModel> make_duration_model(Config config);
std::vector<std::string> duration_types();

}  // namespace tts
