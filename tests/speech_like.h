// A sound that is speech to every judge but the ear: gliding harmonics in syllables with gaps and
// bursts of noise, and a faint background. For tests of what listens to recordings.
#pragma once
#include <cmath>
#include <random>
#include <vector>

namespace tts {

struct SpeechLike {
  double seconds = 4;
  double hz = 150;  // the middle of the glides
  int sample_rate_hz = 24000;
  double background = 0.0003;  // amplitude of the noise
  double edge_s = 0.25;        // silence before and after
  double level = 0.2;
  unsigned seed = 1;
};

// [S]
inline std::vector<float> speech_like(const SpeechLike& o = {}) {
  std::mt19937 random(o.seed);
  std::normal_distribution<double> normal;
  std::vector<float> out;
  const auto count = static_cast<int64_t>(o.seconds * o.sample_rate_hz);
  double phase = 0;
  for (int64_t i = 0; i < count; ++i) {
    const double t = double(i) / o.sample_rate_hz;
    const double inside = t - o.edge_s, left = o.seconds - o.edge_s - t;
    // Syllables of 0.25 s: a vowel of 0.15 s, a fricative, a gap.
    const double place = std::fmod(std::max(0.0, inside), 0.25);
    const bool speaks = inside > 0 && left > 0;
    const double vowel = speaks && place < 0.15 ? std::sin(M_PI * place / 0.15) : 0;
    const double hiss = speaks && place > 0.15 && place < 0.2 ? 0.1 : 0;
    phase += o.hz * std::exp(0.25 * std::sin(2 * M_PI * 0.9 * t)) / o.sample_rate_hz;
    double x = 0;
    for (int k = 1; k <= 12; ++k) x += std::sin(2 * M_PI * k * phase) / k;
    out.push_back(static_cast<float>(o.level * (vowel * x + hiss * normal(random)) +
                                     o.background * normal(random)));
  }
  return out;
}

}  // namespace tts
