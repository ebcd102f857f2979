#include "analysis/aligner.h"

#include <numeric>
#include <random>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kBands = 20, kPhones = 6;

struct Toy {
  std::vector<AlignerItem> items;
  std::vector<std::vector<int64_t>> truth;
};

// Each of six phones is a bump at its own two places of the spectrum; silence is a low floor.
// Phones last 4 to 12 frames; a third of the word boundaries is a pause.
Toy make_toy(int count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 0.3f);
  Toy toy;
  for (int u = 0; u < count; ++u) {
    AlignerItem item;
    item.id = "toy" + std::to_string(u);
    std::vector<int64_t> durations;
    const auto push = [&](int64_t symbol, SymbolKind kind, int64_t frames) {
      item.symbols.push_back(symbol);
      item.attributes.push_back(0);
      item.kinds.push_back(kind);
      durations.push_back(frames);
    };
    push(0, SymbolKind::kSilence, 5 + random() % 20);
    const int words = 2 + random() % 4;
    for (int w = 0; w < words; ++w) {
      if (w > 0) push(1, SymbolKind::kBoundary, random() % 3 == 0 ? 8 + random() % 10 : 0);
      for (int p = 0; p < 3; ++p)
        push(2 + random() % kPhones, SymbolKind::kPhone, 4 + random() % 9);
    }
    const int64_t so_far = std::accumulate(durations.begin(), durations.end(), int64_t(0));
    push(0, SymbolKind::kSilence, 6 + so_far % 2);
    const int64_t frames = std::accumulate(durations.begin(), durations.end(), int64_t(0));
    item.log_mel = torch::full({frames, kBands}, -8.0f);
    auto mel = item.log_mel.accessor<float, 2>();
    int64_t t = 0;
    for (size_t i = 0; i < durations.size(); ++i) {
      for (int64_t k = 0; k < durations[i]; ++k, ++t) {
        for (int64_t c = 0; c < kBands; ++c) {
          const int64_t phone = item.symbols[i] - 2;
          const bool bump = phone >= 0 && (c / 3 == phone || c % 7 == phone);
          mel[t][c] += normal(random) + (phone >= 0 ? 2.0f : 0.0f) + (bump ? 3.0f : 0.0f);
        }
      }
    }
    toy.items.push_back(std::move(item));
    toy.truth.push_back(std::move(durations));
  }
  return toy;
}

AlignerOptions toy_options() {
  AlignerOptions options;
  options.bands = kBands;
  options.hidden = 32;
  options.soft_rounds = 6;
  return options;
}

}  // namespace

TEST_CASE("training is deterministic, and its state saves and loads") {
  const Toy toy = make_toy(20, 3);
  AlignerOptions options = toy_options();
  options.soft_rounds = options.hard_rounds = 1;
  Aligner first(options), second(options), loaded(options);
  first.fit(toy.items);
  second.fit(toy.items);
  loaded.load(first.state());
  for (const AlignerItem& item : toy.items) {
    const Alignment a = first.align(item), b = second.align(item), c = loaded.align(item);
    CHECK(a.durations == b.durations);
    CHECK(a.score == b.score);
    CHECK(a.durations == c.durations);
    CHECK(a.score == c.score);
  }
  auto state = first.state();
  state.erase("log_prior");
  CHECK_THROWS_WITH_AS(loaded.load(state), "aligner: tensor \"log_prior\" is missing", Error);
  state = first.state();
  state["classifier.out.bias"] = torch::zeros({3});
  CHECK_THROWS_AS(loaded.load(state), Error);
}

TEST_CASE("a wrong text has a lower score") {
  const Toy toy = make_toy(80, 4);
  Aligner aligner(toy_options());
  aligner.fit(toy.items);
  int lower = 0;
  for (int u = 0; u < 20; ++u) {
    AlignerItem wrong = toy.items[u];
    for (size_t i = 0; i < wrong.symbols.size(); ++i) {
      if (wrong.kinds[i] == SymbolKind::kPhone)
        wrong.symbols[i] = 2 + (wrong.symbols[i] + i) % kPhones;
    }
    lower += aligner.align(wrong).score < aligner.align(toy.items[u]).score;
  }
  CHECK(lower == 20);
}

TEST_CASE("what cannot be aligned is said, and unknown phones are heard as some phone") {
  Toy toy = make_toy(20, 5);
  AlignerItem hopeless = toy.items[0];
  hopeless.id = "hopeless";
  hopeless.log_mel = hopeless.log_mel.slice(0, 0, 3).clone();
  toy.items.push_back(hopeless);
  AlignerOptions options = toy_options();
  options.soft_rounds = 2;
  Aligner aligner(options);
  const AlignerReport report = aligner.fit(toy.items);
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0] == "hopeless");
  const Alignment none = aligner.align(hopeless);
  CHECK(!none.possible);
  CHECK(std::accumulate(none.durations.begin(), none.durations.end(), int64_t(0)) == 3);

  AlignerItem strange = toy.items[1];
  for (size_t i = 0; i < strange.symbols.size(); ++i) {
    if (strange.kinds[i] == SymbolKind::kPhone) strange.symbols[i] += 100;
  }
  CHECK(aligner.align(strange).possible);
}

TEST_CASE("bad items are refused by name") {
  const Toy toy = make_toy(2, 6);
  Aligner aligner(toy_options());
  auto items = toy.items;
  items[1].attributes.pop_back();
  CHECK_THROWS_AS(aligner.fit(items), Error);
  items = toy.items;
  items[1].log_mel = torch::zeros({50, kBands + 1});
  CHECK_THROWS_AS(aligner.fit(items), Error);
  CHECK_THROWS_AS(aligner.fit({}), Error);
  CHECK_THROWS_AS(aligner.align(toy.items[0]), Error);
  CHECK_THROWS_AS(aligner.fit(toy.items, [](const AlignerRound&) { return false; }), Error);
}

TEST_CASE("codec frames: boundaries are rounded, nothing drifts, by hand") {
  CHECK(to_codec_frames({3, 1, 1, 1, 4}) == std::vector<int64_t>{2, 0, 1, 0, 2});
  CHECK(to_codec_frames({1, 1, 0, 2}) == std::vector<int64_t>{1, 0, 0, 1});
  CHECK(to_codec_frames({}).empty());
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<int64_t> durations(20);
    for (auto& d : durations) d = random() % 12;
    durations.back() += std::accumulate(durations.begin(), durations.end(), int64_t(0)) % 2;
    const auto codec = to_codec_frames(durations);
    int64_t a = 0, b = 0;
    for (size_t i = 0; i < codec.size(); ++i) {
      a += durations[i];
      b += codec[i];
      CHECK(codec[i] >= 0);
      CHECK(b == (a + 1) / 2);
    }
    CHECK(2 * b == a);
  }
}

TEST_CASE("kinds of symbols") {
  const auto kind = [](const char* phone) {
    Symbol symbol;
    symbol.phone = phone;
    return symbol_kind(symbol);
  };
  CHECK(kind("_") == SymbolKind::kSilence);
  CHECK(kind("|") == SymbolKind::kBoundary);
  CHECK(kind("—") == SymbolKind::kPunctuation);
  CHECK(kind("#") == SymbolKind::kPunctuation);
  CHECK(kind("aɪ") == SymbolKind::kPhone);
}
