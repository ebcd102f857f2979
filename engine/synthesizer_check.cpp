// Takes that are judged: option "check".
#include <algorithm>
#include <optional>

#include "codec/codec.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/join.h"
#include "engine/synthesizer.h"

namespace tts {
namespace {

// The first is the request's own.
uint64_t seed_of_try(uint64_t seed, int64_t number) {
  return number == 0 ? seed : xxh64(&number, sizeof(number), seed);
}

std::vector<float> collected(const std::function<void(const Performers::Sink&)>& make) {
  std::vector<float> samples;
  make([&](std::vector<float> more) { samples.insert(samples.end(), more.begin(), more.end()); });
  return samples;
}

}  // namespace

void Synthesizer::start_judging(std::shared_ptr<const Ear> ear) {
  if (options_.retries && options_.check != CheckMode::kRetry)
    fail(ErrorCode::kUsage, "retries is given without check retry, which it is for");
  if (options_.check == CheckMode::kOff) return;
  const bool tones = voice_->manifest().dummy;
  if (ear == nullptr && !tones) ear = voice_->ear();
  judge_ = std::make_shared<const Judge>(std::move(ear), tones);
}

// In the order of trying when the first is bad: other seeds where the generator draws, then the
// safest generator of the voice that can do what is asked.
std::vector<Rendition> Synthesizer::other_renditions(const Take& take) const {
  std::vector<Rendition> out;
  if (take.settled) return out;
  if (contains(generator_->options(), "temperature")) {
    for (int64_t k = 1; k <= options_.retries.value_or(kUsualRetries); ++k)
      out.push_back({options_.generator, seed_of_try(seed(), k)});
  }
  const std::string safest = safest_generator(voice_->generator_names());
  if (safest == options_.generator) return out;
  const Generator& other = voice_->generator(safest);
  const bool able = (context_ == nullptr || other.infills()) &&
                    (other.follows_prosody() || !generator_->follows_prosody());
  if (able) out.push_back({safest, seed()});
  return out;
}

// `try_one` says whether it was good. → how many were tried
int Synthesizer::try_renditions(const Take& take,
                                const std::function<bool(const Rendition&)>& try_one) const {
  int tries = 1;
  if (try_one(take.rendition)) return tries;
  for (const Rendition& rendition : other_renditions(take)) {
    ++tries;
    if (try_one(rendition)) break;
  }
  return tries;
}

Verdict Synthesizer::verdict_of(const Take& take,
                                const Sentence& sentence,
                                std::vector<float> samples) const {
  JudgedSound sound;
  sound.samples = std::move(samples);
  sound.symbols = &take.symbols.symbols;
  sound.words = &sentence.words;
  sound.language = take.language;
  sound.frames = take.frames;
  sound.first_sample = take.cut_begin;
  double frames = 0;
  for (const int64_t n : take.frames) frames += static_cast<double>(n);
  double expected = frames;  // of a take whose durations were given
  if (take.made.defined()) {
    expected = 0;
    for (const double n : take.lengths) expected += n / options_.speed_ratio;
  }
  const auto kept = static_cast<double>(take.cut_end - take.cut_begin);
  sound.expected_s = kept / kSampleRateHz * expected / frames;
  sound.prompt = prompt_runs_;
  Verdict verdict = judge_->judge(sound);
  for (Finding& finding : verdict.findings) {
    finding.samples.begin += take.start + take.cut_begin;
    finding.samples.end += take.start + take.cut_begin;
  }
  return verdict;
}

Verdict Synthesizer::perform_judged(const Take& take,
                                    const Sentence& sentence,
                                    const std::atomic<bool>& cancelled,
                                    const Performers::Sink& sink) const {
  Verdict best;
  if (options_.check == CheckMode::kReport) {
    best = verdict_of(take, sentence, collected([&](const Performers::Sink& keep) {
                        perform(take, take.rendition, cancelled, [&](std::vector<float> samples) {
                          keep(samples);
                          sink(std::move(samples));
                        });
                      }));
    best.generator = take.rendition.generator;
    return best;
  }
  std::vector<float> best_sound;
  const int tries = try_renditions(take, [&](const Rendition& rendition) {
    std::vector<float> sound =
        collected([&](const Performers::Sink& keep) { perform(take, rendition, cancelled, keep); });
    Verdict verdict = verdict_of(take, sentence, sound);
    verdict.generator = rendition.generator;
    if (best_sound.empty() || verdict.score < best.score) {
      best = std::move(verdict);
      best_sound = std::move(sound);
    }
    return best.ok();
  });
  best.tries = take.settled ? take.tries : tries;
  sink(std::move(best_sound));
  return best;
}

void Synthesizer::settle_pace(Take& take,
                              const Sentence& sentence,
                              const std::atomic<bool>& cancelled) const {
  if (options_.check != CheckMode::kRetry) return make_at_own_pace(take, cancelled);
  std::optional<Take> best;
  double least = 0;
  const int tries = try_renditions(take, [&](const Rendition& rendition) {
    Take tried = take;
    tried.rendition = rendition;
    if (rendition.generator == options_.generator) make_at_own_pace(tried, cancelled);
    tried.cut_end = tried.total_samples();
    const Verdict verdict = verdict_of(tried, sentence, collected([&](const auto& keep) {
                                         perform(tried, rendition, cancelled, keep);
                                       }));
    if (!best || verdict.score < least) {
      best = std::move(tried);
      least = verdict.score;
    }
    return verdict.ok();
  });
  take = std::move(*best);
  take.settled = true;
  take.tries = tries;
}

}  // namespace tts
