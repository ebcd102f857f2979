// Is a recording fit to give a voice? What was measured of it, and what is wrong with it.
#pragma once
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/f0.h"

namespace tts {

enum class PromptProblem {
  kSilent,    // unusable
  kNoVoice,   // unusable: noise, whispering, clicks
  kTooShort,  // unusable below kLeastSpeechS
  kTooLong,
  kClipped,
  kNoisy,
  kMusic,
  kCutAtStart,  // begins in the middle of a sound
  kCutAtEnd
};

inline constexpr double kLeastSpeechS = 0.3;   // nothing can be said of less
inline constexpr double kWantedSpeechS = 1.5;  // less gives a voice that is hardly the speaker's
inline constexpr double kLongestSpeechS = 60;  // what lies behind is not used

struct PromptReport {
  std::string name;
  double recording_s = 0, speech_s = 0;  // the whole, and between the first and the last sound
  double level_db = -100;                // of the loud frames, dB of full scale
  double snr_db = 0;                     // loud frames over the quietest
  double clipped_share = 0;              // samples that lie on the peak
  double voiced_share = 0;               // of the speech's frames
  double steady_share = 0;               // of the voiced frames: pitch as of a held note
  double quiet_share = 0;                // frames well below their second's level: gaps of speech
  std::vector<PromptProblem> problems;   // in the order above

  bool usable() const;
  bool has(PromptProblem problem) const;
};

// "a.wav: is clipped (2.1 % of the samples lie on the peak); record it at a lower level": what is
// wrong and what to do.
std::string sentence_of(const PromptReport& report, PromptProblem problem);

// Throws Error(kInput) with the sentence of the first unusable problem.
void require_usable(const PromptReport& report);

// As in a voice file and in `tts voice check --json`.
nlohmann::json to_json(const PromptReport& report);

// The parts of the judgement, in order. samples: [S] of the recording at its own rate; a share of
// the samples within half a per cent of the peak: speech touches its peak, clipped speech lies on
// it.
double clipped_share(const std::vector<float>& samples);

// Levels: of the whole recording at `rate_hz`, whose speech is [begin, end).
void judge_levels(
    const std::vector<float>& samples, int rate_hz, size_t begin, size_t end, PromptReport& report);

// The kind of sound, from the speech and its F0 every 10 ms.
void judge_sound(const std::vector<float>& speech,
                 int rate_hz,
                 const F0Track& track,
                 PromptReport& report);

}  // namespace tts
