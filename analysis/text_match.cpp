#include "analysis/text_match.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace tts {
namespace {

constexpr int kOrders = 40;
constexpr size_t kFewestPhones = 3;
constexpr double kLeastDeviation = 1e-3;

// Fisher and Yates; std::shuffle's order is not the same everywhere.
void shuffle(Outputs& phones, std::mt19937& random) {
  for (size_t i = phones.size(); i > 1; --i) std::swap(phones[i - 1], phones[random() % i]);
}

}  // namespace

double text_match(const CtcRows& rows, const Outputs& phones) {
  if (phones.size() < kFewestPhones) return 0;
  const double own = ctc_log_likelihood(rows, phones);
  if (!std::isfinite(own)) return 0;
  std::mt19937 random(1);
  double sum = 0, squares = 0;
  int count = 0;
  for (int i = 0; i < kOrders; ++i) {
    Outputs other = phones;
    shuffle(other, random);
    const double likelihood = ctc_log_likelihood(rows, other);
    if (!std::isfinite(likelihood)) continue;  // repeats need a frame more between them
    sum += likelihood;
    squares += likelihood * likelihood;
    ++count;
  }
  if (count < 2) return 0;
  const double mean = sum / count;
  const double variance = std::max(0.0, squares / count - mean * mean);
  return (own - mean) / std::max(kLeastDeviation, std::sqrt(variance));
}

bool says(const CtcRows& rows, const Outputs& phones, double phone_error_rate) {
  return phone_error_rate <= kMostMisheard || text_match(rows, phones) >= kLeastMatch;
}

}  // namespace tts
