// The duration family: symbols → how long each lasts and its F0 and energy.
#pragma once
#include <torch/torch.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/types.h"

namespace tts {

class DurationModel : public torch::nn::Module {
 public:
  // Needs symbols, attributes, symbol_lengths and pitch, and language and speakers where its
  // options say so. Thread-safe; rows do not influence each other. Members that draw are a function
  // of the row's random stream.
  virtual Prosody predict(const Condition& condition, const Sampling& sampling) = 0;
  virtual Losses loss(const Batch& batch) = 0;

  // Whether it draws: then sampling's seed and temperature mean something to it.
  virtual bool draws() const { return false; }
  // The temperature of a request that does not say one.
  virtual double temperature() const { return 1; }
  // Factors that training measures on a validation split after the weights, by the names of
  // DurationCorrections; empty where the member has none.
  virtual std::map<std::string, double*> corrections() { return {}; }

  // Type and dimensions, as in voice.json; make_duration_model reads it back.
  virtual nlohmann::json to_json() const = 0;
};

std::shared_ptr<DurationModel> make_duration_model(Config config);
std::vector<std::string> duration_types();

}  // namespace tts
