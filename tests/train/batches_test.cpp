#include "train/batches.h"

#include <cmath>
#include <map>

#include "tests/test.h"

using namespace tts;

namespace {

AcousticItem item_of(const SpeakerProfile& speaker, int64_t frames) {
  AcousticItem item;
  item.speaker = &speaker;
  item.frames = frames;
  item.symbols = torch::ones({2}, torch::kLong);
  item.attributes = torch::zeros({2}, torch::kLong);
  item.optional = torch::zeros({2}, torch::kBool);
  item.durations = torch::tensor({frames / 2, frames - frames / 2});
  item.log_f0 = torch::full({2}, 5.0);
  item.voicing = torch::ones({2});
  item.energy = torch::zeros({2});
  return item;
}

// 90 recordings of one, 10 of another.
struct TwoPeople {
  SpeakerProfile often, seldom;
  std::vector<AcousticItem> items;
  TwoPeople() {
    often.name = "often";
    seldom.name = "seldom";
    for (int i = 0; i < 100; ++i) items.push_back(item_of(i % 10 ? often : seldom, 40 + i));
  }
};

// How often each item comes in one epoch.
std::map<const AcousticItem*, int> counts(const LengthBuckets& buckets, int64_t epoch) {
  std::map<const AcousticItem*, int> out;
  for (int64_t step = 0; step < 10; ++step) {
    for (const auto* item : buckets.batch(10 * epoch + step)) ++out[item];
  }
  return out;
}

}  // namespace

TEST_CASE("batches: as they come, an epoch has each recording once") {
  const TwoPeople people;
  const LengthBuckets buckets(people.items, 10, 1);
  const auto seen = counts(buckets, 3);
  CHECK(seen.size() == 100);
  for (const auto& [item, count] : seen) CHECK(count == 1);
}

TEST_CASE("batches: with a balance, those of few minutes come more often, and all come in time") {
  const TwoPeople people;
  for (const double balance : {0.0, 0.5, 0.8}) {
    CAPTURE(balance);
    const LengthBuckets buckets(people.items, 10, 1, balance);
    double seldom = 0, all = 0;
    std::map<const AcousticItem*, int> met;
    for (int64_t epoch = 0; epoch < 20; ++epoch) {
      for (const auto& [item, count] : counts(buckets, epoch)) {
        all += count;
        if (item->speaker == &people.seldom) seldom += count;
        met[item] += count;
      }
    }
    CHECK(all == 2000);
    CHECK(met.size() == 100);
    // Shares by frames ^ balance; recordings are about equally long.
    const double many = std::pow(90.0, balance), few = std::pow(10.0, balance);
    CHECK(seldom / all == doctest::Approx(few / (many + few)).epsilon(0.03));
  }
}

TEST_CASE("batches: drawn vectors have length one, and noise moves them by as much as it says") {
  SpeakerProfile anna;
  torch::manual_seed(3);
  const Tensor vector = torch::randn({1, 64});
  anna.vectors = vector / vector.norm();
  const AcousticItem item = item_of(anna, 50);
  const std::vector<const AcousticItem*> rows(40, &item);
  const auto cosines = [&](const Batch& batch) {
    const Tensor drawn = batch.condition.speakers.squeeze(1);  // [40, 64]
    CHECK(torch::allclose(drawn.norm(2, 1), torch::ones({40}), 1e-4));
    return torch::matmul(drawn, anna.vectors[0]);
  };
  CHECK(cosines(make_batch(rows, torch::kCPU)).min().item<double>() > 0.9999);
  CHECK(cosines(make_batch(rows, torch::kCPU, SpeakerDraw{})).min().item<double>() > 0.9999);
  const Tensor moved = cosines(make_batch(rows, torch::kCPU, SpeakerDraw{0.5}));
  CHECK(moved.mean().item<double>() == doctest::Approx(1 / std::sqrt(1.25)).epsilon(0.03));
  CHECK(moved.std().item<double>() > 0.005);
}
