#include "train/recogniser_task.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/error.h"
#include "tests/test.h"
#include "tests/train/learn_task.h"
#include "train/aligner_run.h"
#include "train/disturb.h"

using namespace tts;

namespace {

// Phones a, b, c are tones of 400, 1200 and 3600 Hz; eight frames each, four of silence around.
Utterance toy(const std::string& id, const std::string& phones) {
  constexpr int64_t kEdge = 4, kPhone = 8;
  Utterance u;
  u.id = id;
  u.speaker = "anna";
  u.language = "en-us";
  std::vector<torch::Tensor> parts = {torch::zeros({kEdge * 480})};
  u.symbols.push_back({"_"});
  for (const char phone : phones) {
    const torch::Tensor t = torch::arange(kPhone * 480) / 24000.0;
    parts.push_back(torch::sin(t * 2 * M_PI * 400 * std::pow(3.0, phone - 'a')) * 0.3);
    Symbol symbol;
    symbol.phone = std::string(1, phone);
    symbol.word = 0;
    u.symbols.push_back(symbol);
  }
  parts.push_back(parts.front());
  u.symbols.push_back({"_"});
  u.wave = (torch::cat(parts) * 32767).to(torch::kShort);
  return u;
}

RecordingAlignment alignment_of(const std::string& phones) {
  RecordingAlignment a;
  a.durations.assign(phones.size() + 2, 8);
  a.durations.front() = a.durations.back() = 4;
  return a;
}

const std::vector<std::string> kSayings = {"abc", "cab", "bca", "acb", "bac", "cba", "aba", "cbc"};

Recogniser small(const Corpus& corpus) {
  torch::manual_seed(1);
  RecogniserOptions o;
  o.bands = 24;
  o.channels = 24;
  o.hidden = 48;
  o.blocks = 1;
  o.kernel = 5;
  o.phones = recogniser_phones(corpus);
  return Recogniser(o);
}

}  // namespace

TEST_CASE("recogniser: three tones are learnt") {
  Corpus corpus;
  Alignments alignments;
  for (const auto& phones : kSayings) {
    corpus.train.push_back(toy(phones, phones));
    alignments[phones] = alignment_of(phones);
  }
  corpus.held_back.push_back(toy("test", "bcab"));
  CHECK(recogniser_phones(corpus) == std::vector<std::string>{"a", "b", "c"});
  RecogniserTaskOptions options;
  options.batch_frames = 250;
  options.warp_semitones = 2;
  options.optimiser = {1e-2, 1e-3, 5, 0.9, 0.99, 0.01, 3.0, 0.5};
  Recogniser recogniser = small(corpus);
  RecogniserTask task(recogniser, corpus, alignments, options);
  const auto untaught = task.validate();
  CHECK(untaught.at("per") > 0.5);
  const double first = task.step(0).at("ctc");
  CHECK(learn(task, 120, [&](const Metrics& last) {
    return last.at("ctc") < 0.2 * first && task.validate().at("per") < untaught.at("per");
  }));
  // What has learnt them finds them in a recording that it has not met.
  size_t done = 0;
  const Alignments found = align_with(recogniser, corpus, [&](size_t count) { done = count; });
  CHECK(done == kSayings.size() + 1);
  const auto truth = alignment_of("bcab").durations;
  int64_t off = 0, end = 0, true_end = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    end += found.at("test").durations.at(i);
    true_end += truth[i];
    off = std::max(off, std::abs(end - true_end));
  }
  CHECK(end == true_end);
  CHECK(off <= 3);
}

TEST_CASE("recogniser: a phone that the network does not have is named") {
  Corpus corpus;
  corpus.train.push_back(toy("one", "ab"));
  Recogniser recogniser = small(corpus);
  corpus.train.push_back(toy("two", "ac"));
  try {
    RecogniserTask(recogniser, corpus, {}, {});
    FAIL("not refused");
  } catch (const Error& e) {
    CHECK(std::string(e.what()).find("two: phone \"c\"") != std::string::npos);
  }
}

TEST_CASE("disturbed sound: as long, noisier by at least the ratio asked for") {
  torch::manual_seed(1);
  const torch::Tensor wave = torch::sin(torch::arange(24000) * 0.1);
  DisturbOptions options;
  options.equaliser_db = 0;
  options.lowest_snr_db = 20;
  options.snr_range_db = 0;
  const torch::Tensor noise = disturb(wave, options) - wave;
  const double snr_db =
      10 * std::log10((wave.square().mean() / noise.square().mean()).item<double>());
  CHECK(snr_db == doctest::Approx(20).epsilon(0.01));
}
