#include "engine/fit.h"

#include <cmath>

#include "codec/codec.h"
#include "core/error.h"
#include "core/number_text.h"
#include "duration/prosody.h"

namespace tts {
namespace {

constexpr Stretch kShortest{0.6, 0.3}, kLongest{1.6, 3.0};
constexpr int kBisections = 24;

std::string seconds(double value) {
  return fixed_text(value, 2);
}

class Fit {
 public:
  explicit Fit(const std::vector<Take*>& takes) : takes_(takes) {
    for (const Take* take : takes) gaps_.push_back(take->after);
  }

  // Stretches all takes and lays them one after the other. → samples
  int64_t stretch(double place) {
    const Stretch by = stretch_at(place);
    for (size_t k = 0; k < takes_.size(); ++k) {
      Take& take = *takes_[k];
      std::vector<double> lengths = take.lengths;
      for (size_t i = 0; i < lengths.size(); ++i)
        lengths[i] *= is_phone(take.symbols.symbols[i]) ? by.phones : by.pauses;
      if (take.speaks()) take.frames = round_lengths(lengths, take.optional);
      take.after = gaps_[k];
      if (!take.after.exact) take.after.seconds *= by.pauses;
    }
    return lay();
  }

  int64_t lay() {
    Placement placement;
    for (Take* take : takes_) placement.place(*take);
    end_ = placement.position();
    return end_ + placement.end_silence();
  }

  // So many frames more, spread evenly over the phones.
  void lengthen(int64_t frames) {
    std::vector<int64_t*> phones;
    for (Take* take : takes_) {
      for (size_t i = 0; i < take->frames.size(); ++i) {
        if (is_phone(take->symbols.symbols[i])) phones.push_back(&take->frames[i]);
      }
    }
    const auto count = static_cast<int64_t>(phones.size());
    for (int64_t k = 0; k < frames && count > 0; ++k)
      ++*phones[static_cast<size_t>((k * count + count / 2) / frames % count)];
    lay();
  }

  int64_t end() const { return end_; }

 private:
  const std::vector<Take*>& takes_;
  std::vector<Gap> gaps_;
  int64_t end_ = 0;
};

}  // namespace

Stretch stretch_at(double place) {
  const Stretch& to = place < 0 ? kShortest : kLongest;
  return {std::pow(to.phones, std::abs(place)), std::pow(to.pauses, std::abs(place))};
}

int64_t fit_takes(const std::vector<Take*>& takes, int64_t samples) {
  Fit fit(takes);
  const int64_t shortest = fit.stretch(-1), longest = fit.stretch(1);
  if (samples < shortest || samples > longest) {
    const double hundredth = kSampleRateHz / 100.0;
    fail(ErrorCode::kUsage,
         "this text can be spoken in ",
         seconds(std::ceil(static_cast<double>(shortest) / hundredth) / 100),
         " to ",
         seconds(std::floor(static_cast<double>(longest) / hundredth) / 100),
         " s; duration is ",
         seconds(static_cast<double>(samples) / kSampleRateHz));
  }
  double low = -1, high = 1;
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2;
    (fit.stretch(middle) <= samples ? low : high) = middle;
  }
  // Rounding leaves some frames over, and less than a frame is silence.
  const int64_t left = samples - fit.stretch(low);
  fit.lengthen(left / kFrameSamples);
  return samples - fit.end();
}

}  // namespace tts
