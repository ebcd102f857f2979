// The second half of a judge: from what was measured to what is wrong.
#include <algorithm>
#include <cmath>

#include "codec/codec.h"
#include "core/number_text.h"
#include "engine/judge.h"

namespace tts {
namespace {

// What is too much: twice and more of the most in 270 untouched recordings and sentences
// (docs/checking.md).
constexpr double kMostClipped = 0.002;  // share of samples
constexpr double kMostDeadAirS = 0.25;  // beyond what was planned
constexpr double kMostFrozenS = 0.14;
constexpr double kMostRepeatedS = 0.14;
constexpr double kFaintestDb = -30;       // the loudest of a word
constexpr double kMostLengthRatio = 1.6;  // either way
constexpr double kMostEcho = 5;           // nats

double seconds_of(const SoundSpan& stretch) {
  return static_cast<double>(stretch.samples()) / kSampleRateHz;
}

Fault fault_of(WordFault fault) {
  switch (fault) {
    case WordFault::kMissing:
      return Fault::kMissing;
    case WordFault::kDoubled:
      return Fault::kDoubled;
    case WordFault::kSwapped:
      return Fault::kSwapped;
    case WordFault::kReplaced:
      break;
  }
  return Fault::kReplaced;
}

std::string message_of(Fault fault, const std::string& words) {
  const std::string quoted = "\"" + words + "\"";
  switch (fault) {
    case Fault::kMissing:
      return quoted + " may be missing";
    case Fault::kDoubled:
      return quoted + " may have been said twice";
    case Fault::kSwapped:
      return "the words " + quoted + " may have changed places";
    default:
      return "something else may have been said instead of " + quoted;
  }
}

class Findings {
 public:
  Findings(const SoundEvidence& evidence, size_t samples)
      : evidence_(evidence), samples_(static_cast<int64_t>(samples)) {}

  Verdict take(const WordDecision* decision) {
    verdict_.unchecked = evidence_.unchecked;
    if (!evidence_.sound.finite) {
      of_sound(Fault::kDamaged, 1, {0, samples_}, "the sound has samples that are no numbers");
      return std::move(verdict_);
    }
    sound();
    if (evidence_.too_short)
      of_sound(
          Fault::kLength, 1, {0, samples_}, "the sound is too short for the sentence's phones");
    if (decision != nullptr) words(*decision);
    return std::move(verdict_);
  }

 private:
  // Positive scores are bad.
  void look(double score) { verdict_.score = std::max(verdict_.score, score); }

  void of_sound(Fault fault, double score, const SoundSpan& where, const std::string& message) {
    look(score);
    if (score <= 0) return;
    verdict_.findings.push_back({fault, {}, {where.begin, where.end}, score, "", message});
  }

  void of_words(Fault fault, double score, size_t first, size_t count, std::string message = "") {
    look(score);
    if (score <= 0) return;
    Finding finding;
    finding.fault = fault;
    finding.score = score;
    const size_t last = first + count - 1;
    for (size_t i = first; i <= last; ++i) {
      finding.words += (i == first ? "" : " ") + evidence_.spoken[i]->written;
    }
    finding.bytes = {evidence_.spoken[first]->span.begin, evidence_.spoken[last]->span.end};
    finding.samples = {evidence_.places[first].begin, evidence_.places[last].end};
    finding.message =
        message.empty() ? message_of(fault, finding.words) : "\"" + finding.words + "\" " + message;
    verdict_.findings.push_back(std::move(finding));
  }

  void sound() {
    const SoundMeasures& m = evidence_.sound;
    const SoundSpan whole{0, samples_};
    const auto ratio = [](double value, double limit) {
      return std::log(std::max(1e-6, value) / limit);
    };
    of_sound(Fault::kClipped,
             ratio(m.clipped_share, kMostClipped),
             whole,
             fixed_text(100 * m.clipped_share, 1) + " % of the samples are clipped");
    of_sound(Fault::kDeadAir,
             ratio(seconds_of(m.dead_air), kMostDeadAirS),
             m.dead_air,
             fixed_text(seconds_of(m.dead_air), 2) + " s of silence that was not planned");
    of_sound(Fault::kFrozen,
             ratio(seconds_of(m.frozen), kMostFrozenS),
             m.frozen,
             "the sound stands still for " + fixed_text(seconds_of(m.frozen), 2) + " s");
    of_sound(Fault::kRepeated,
             ratio(seconds_of(m.repeated), kMostRepeatedS),
             m.repeated,
             fixed_text(seconds_of(m.repeated), 2) + " s of the sound were heard just before");
    of_sound(Fault::kLength,
             std::abs(evidence_.log_length_ratio) - std::log(kMostLengthRatio),
             whole,
             "the sentence is " + fixed_text(std::exp(evidence_.log_length_ratio), 2) +
                 " times as long as expected");
    of_sound(Fault::kEcho,
             evidence_.echo - kMostEcho,
             whole,
             "the sound may begin with words of the prompt");
    for (size_t i = 0; i < m.word_db.size(); ++i) {
      of_words(
          Fault::kFaint,
          (kFaintestDb - m.word_db[i]) / 10,
          i,
          1,
          "can hardly be heard (" + fixed_text(m.word_db[i], 0) + " dB beside the loud parts)");
    }
  }

  // The likeliest first; one finding for each word.
  void words(const WordDecision& decision) {
    std::vector<std::pair<double, const WordHypothesis*>> believed;
    for (const WordHypothesis& h : evidence_.words) {
      const double odds = decision.log_odds(h);
      look(odds);
      if (odds > 0) believed.emplace_back(-odds, &h);
    }
    std::sort(believed.begin(), believed.end());
    std::vector<bool> named(evidence_.spoken.size() + 1, false);
    for (const auto& [odds, h] : believed) {
      const auto begin = named.begin() + static_cast<int64_t>(h->first);
      const auto end = begin + static_cast<int64_t>(h->count);
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      of_words(fault_of(h->fault), -odds, h->first, h->count);
    }
  }

  const SoundEvidence& evidence_;
  const int64_t samples_;
  Verdict verdict_;
};

}  // namespace

Verdict Judge::decide(const JudgedSound& sound, const SoundEvidence& evidence) const {
  const WordDecision* decision = ear_ == nullptr ? nullptr : ear_->decision(sound.language);
  Verdict verdict = Findings(evidence, sound.samples.size()).take(decision);
  if (ear_ != nullptr && decision == nullptr)
    verdict.unchecked.push_back("words: the recogniser was not calibrated for " + sound.language);
  return verdict;
}

}  // namespace tts
