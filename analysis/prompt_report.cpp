#include "analysis/prompt_report.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/number_text.h"

namespace tts {
namespace {

// Well beyond what 240 good recordings of four readers have (docs/speakers.md).
constexpr double kSilentDb = -60, kNoisyBelowDb = 20, kClippedAbove = 0.001;
constexpr double kLeastVoiced = 0.12;
constexpr double kMusicQuiet = 0.22, kMusicSteady = 0.35;
constexpr double kCutWithinDb = 15;

constexpr double kFrameS = 0.01;

// Decibels of each whole frame. → [S / frame]
std::vector<double> levels_of(const std::vector<float>& samples, int rate_hz) {
  const auto frame = static_cast<size_t>(std::lround(kFrameS * rate_hz));
  std::vector<double> levels;
  for (size_t at = 0; at + frame <= samples.size(); at += frame) {
    double squares = 0;
    for (size_t i = at; i < at + frame; ++i) squares += double(samples[i]) * samples[i];
    levels.push_back(10 * std::log10(squares / double(frame) + 1e-10));
  }
  return levels;
}

double percentile(std::vector<double> values, double part) {
  if (values.empty()) return -100;
  const auto at = values.begin() + static_cast<int64_t>(part * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// Share of the 20 ms frames whose amplitude is below half of the mean of the second around them
// (Scheirer and Slaney 1997, "percentage of low-energy frames"): speech has gaps, music is filled.
double quiet_share(const std::vector<double>& levels) {
  std::vector<double> amplitude;
  for (size_t i = 0; i + 1 < levels.size(); i += 2)
    amplitude.push_back(std::pow(10, (levels[i] + levels[i + 1]) / 40));
  constexpr size_t kAround = 25;
  size_t quiet = 0;
  for (size_t i = 0; i < amplitude.size(); ++i) {
    const size_t begin = i < kAround ? 0 : i - kAround;
    const size_t end = std::min(amplitude.size(), i + kAround + 1);
    double sum = 0;
    for (size_t k = begin; k < end; ++k) sum += amplitude[k];
    quiet += amplitude[i] < 0.5 * sum / double(end - begin) ? 1 : 0;
  }
  return amplitude.empty() ? 0 : double(quiet) / double(amplitude.size());
}

// Share of the voiced frames whose F0 stays within a tenth of a semitone for 100 ms: notes are
// held, the pitch of speech glides.
double steady_share(const std::vector<float>& f0) {
  constexpr size_t kSpan = 10;
  const double limit = std::log(2) / 12 / 10;
  size_t voiced = 0, steady = 0;
  for (size_t t = 0; t < f0.size(); ++t) {
    if (f0[t] <= 0) continue;
    ++voiced;
    if (t + kSpan < f0.size() && f0[t + kSpan] > 0)
      steady += std::abs(std::log(f0[t + kSpan] / f0[t])) < limit ? 1 : 0;
  }
  return voiced == 0 ? 0 : double(steady) / double(voiced);
}

std::string word_of(PromptProblem problem) {
  switch (problem) {
    case PromptProblem::kSilent:
      return "silent";
    case PromptProblem::kNoVoice:
      return "no voice";
    case PromptProblem::kTooShort:
      return "too short";
    case PromptProblem::kTooLong:
      return "too long";
    case PromptProblem::kClipped:
      return "clipped";
    case PromptProblem::kNoisy:
      return "noisy";
    case PromptProblem::kMusic:
      return "music";
    case PromptProblem::kCutAtStart:
      return "cut at the start";
    case PromptProblem::kCutAtEnd:
      return "cut at the end";
  }
  return "";
}

bool unusable(const PromptReport& report, PromptProblem problem) {
  return problem == PromptProblem::kSilent || problem == PromptProblem::kNoVoice ||
         (problem == PromptProblem::kTooShort && report.speech_s < kLeastSpeechS);
}

}  // namespace

bool PromptReport::usable() const {
  return std::none_of(problems.begin(), problems.end(), [&](PromptProblem problem) {
    return unusable(*this, problem);
  });
}

bool PromptReport::has(PromptProblem problem) const {
  return std::find(problems.begin(), problems.end(), problem) != problems.end();
}

std::string sentence_of(const PromptReport& r, PromptProblem problem) {
  const std::string start = r.name + ": ";
  switch (problem) {
    case PromptProblem::kSilent:
      return start + "is silent; give a recording of speech";
    case PromptProblem::kNoVoice:
      return start + "has no voice in it (" + fixed_text(100 * r.voiced_share, 0) +
             " % of it is voiced); give speech, not whispering or noise";
    case PromptProblem::kTooShort:
      return start + "has " + fixed_text(r.speech_s, 1) + " s of speech; give " +
             fixed_text(kWantedSpeechS, 1) + " s or more, 10 s are better";
    case PromptProblem::kTooLong:
      return start + "has " + fixed_text(r.speech_s, 0) + " s of speech, of which the first " +
             fixed_text(kLongestSpeechS, 0) + " are heard; cut it to the best part";
    case PromptProblem::kClipped:
      return start + "is clipped (" + fixed_text(100 * r.clipped_share, 1) +
             " % of its samples lie on the peak); record it at a lower level";
    case PromptProblem::kNoisy:
      return start + "is noisy (speech " + fixed_text(r.snr_db, 0) +
             " dB above the background); record it in a quiet room, near the microphone";
    case PromptProblem::kMusic:
      return start + "sounds like music or singing; give plain speech";
    case PromptProblem::kCutAtStart:
      return start + "begins in the middle of a sound; cut it in a pause";
    case PromptProblem::kCutAtEnd:
      return start + "ends in the middle of a sound; cut it in a pause";
  }
  return start;
}

void require_usable(const PromptReport& report) {
  for (const PromptProblem problem : report.problems) {
    if (unusable(report, problem)) fail(ErrorCode::kInput, sentence_of(report, problem));
  }
}

nlohmann::json to_json(const PromptReport& r) {
  const auto rounded = [](double value, double unit) { return std::round(value / unit) * unit; };
  std::vector<std::string> problems;
  for (const PromptProblem problem : r.problems) problems.push_back(word_of(problem));
  return {{"name", r.name},
          {"recording_s", rounded(r.recording_s, 0.01)},
          {"speech_s", rounded(r.speech_s, 0.01)},
          {"level_db", rounded(r.level_db, 0.1)},
          {"snr_db", rounded(r.snr_db, 0.1)},
          {"clipped_share", rounded(r.clipped_share, 0.0001)},
          {"voiced_share", rounded(r.voiced_share, 0.01)},
          {"steady_share", rounded(r.steady_share, 0.01)},
          {"quiet_share", rounded(r.quiet_share, 0.01)},
          {"problems", problems}};
}

double clipped_share(const std::vector<float>& samples) {
  float peak = 0;
  for (const float x : samples) peak = std::max(peak, std::abs(x));
  const float limit = 0.995f * peak;
  const auto on_peak =
      std::count_if(samples.begin(), samples.end(), [&](float x) { return std::abs(x) >= limit; });
  return samples.empty() ? 0 : double(on_peak) / double(samples.size());
}

void judge_levels(
    const std::vector<float>& samples, int rate_hz, size_t begin, size_t end, PromptReport& r) {
  const std::vector<double> levels = levels_of(samples, rate_hz);
  r.recording_s = double(samples.size()) / rate_hz;
  r.speech_s = double(end - begin) / rate_hz;
  r.level_db = percentile(levels, 0.95);
  if (begin == end || r.level_db < kSilentDb) {
    r.problems.push_back(PromptProblem::kSilent);
    return;
  }
  // Digital silence at the edges says nothing of the room.
  std::vector<double> real;
  std::copy_if(
      levels.begin(), levels.end(), std::back_inserter(real), [](double db) { return db > -95; });
  r.snr_db = r.level_db - percentile(real, 0.05);
  if (r.speech_s < kWantedSpeechS) r.problems.push_back(PromptProblem::kTooShort);
  if (r.speech_s > kLongestSpeechS) r.problems.push_back(PromptProblem::kTooLong);
  if (r.clipped_share > kClippedAbove) r.problems.push_back(PromptProblem::kClipped);
  if (r.snr_db < kNoisyBelowDb) r.problems.push_back(PromptProblem::kNoisy);
  if (r.has(PromptProblem::kNoisy)) return;  // the noise itself begins and ends in the middle
  const auto loud = [&](double db) { return db > r.level_db - kCutWithinDb; };
  if (loud(levels.front())) r.problems.push_back(PromptProblem::kCutAtStart);
  if (loud(levels.back())) r.problems.push_back(PromptProblem::kCutAtEnd);
}

void judge_sound(const std::vector<float>& speech,
                 int rate_hz,
                 const F0Track& track,
                 PromptReport& r) {
  const auto voiced =
      std::count_if(track.f0_hz.begin(), track.f0_hz.end(), [](float hz) { return hz > 0; });
  r.voiced_share = track.f0_hz.empty() ? 0 : double(voiced) / double(track.f0_hz.size());
  r.steady_share = steady_share(track.f0_hz);
  r.quiet_share = quiet_share(levels_of(speech, rate_hz));
  const bool filled = r.quiet_share < kMusicQuiet && r.speech_s >= kWantedSpeechS;
  if (r.voiced_share < kLeastVoiced) r.problems.push_back(PromptProblem::kNoVoice);
  if (r.steady_share > kMusicSteady || (filled && r.steady_share > kMusicSteady / 2))
    r.problems.push_back(PromptProblem::kMusic);
  std::sort(r.problems.begin(), r.problems.end());
}

}  // namespace tts
