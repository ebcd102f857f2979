// Changed seeds, the same ones in every run: what the tests do where there is no libFuzzer.
#pragma once
#include <random>
#include <string>
#include <vector>

namespace tts::fuzz {

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}
  // One of the seeds with one to six changes.
  std::string next();

 private:
  void change(std::string& bytes);
  size_t below(size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  const std::string& any_seed() { return seeds_[below(seeds_.size())]; }
  std::string piece_of(const std::string& bytes, size_t most);

  std::vector<std::string> seeds_;
  std::mt19937_64 random_{20261127};
};

}  // namespace tts::fuzz
