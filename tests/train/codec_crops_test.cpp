#include <map>

#include "tests/test.h"
#include "train/codec_task.h"
#include "train/warp.h"

using namespace tts;

namespace {

Utterance recording(const std::string& speaker, int64_t frames, double limit_hz = 12000) {
  Utterance u;
  u.id = speaker;
  u.speaker = speaker;
  u.band_limit_hz = limit_hz;
  u.wave = (torch::randn({480 * frames}) * 3000).round().clamp(-32768, 32767).to(torch::kShort);
  u.log_f0 = torch::full({2 * frames}, 5.0);
  u.voiced = torch::ones({2 * frames});
  return u;
}

CodecTaskOptions crops_of(int64_t frames) {
  CodecTaskOptions o;
  o.crop_frames = frames;
  o.warp_share = 0;
  return o;
}

}  // namespace

TEST_CASE("balance: crops are drawn by minutes, by speaker, or between") {
  torch::manual_seed(1);
  // One has a hundred times as much as the other; their limits tell the crops apart.
  const std::vector<Utterance> corpus = {recording("much", 5000, 6000),
                                         recording("little", 50, 5000)};
  std::map<double, double> share;
  for (const double balance : {1.0, 0.5, 0.0}) {
    CodecTaskOptions o = crops_of(10);
    o.balance = balance;
    const CropSampler sampler(corpus, o);
    const Tensor limits = sampler.draw(1500, torch::kCPU).limits_hz;
    share[balance] = (limits == 5000).to(torch::kDouble).mean().item<double>();
  }
  CHECK(share[1.0] == doctest::Approx(1.0 / 101).epsilon(0.9));
  CHECK(share[0.5] == doctest::Approx(1.0 / 11).epsilon(0.4));
  CHECK(share[0.0] == doctest::Approx(0.5).epsilon(0.15));
}

TEST_CASE("the encoder never hears above the recording, and for some crops less") {
  torch::manual_seed(2);
  const std::vector<Utterance> corpus = {recording("a", 400), recording("b", 400, 8000)};
  CodecTaskOptions o = crops_of(10);
  o.band_share = 0.5;
  o.warp_share = 0.5;
  const CropBatch batch = CropSampler(corpus, o).draw(400, torch::kCPU);
  CHECK((batch.heard_hz <= batch.limits_hz).all().item<bool>());
  CHECK(batch.heard_hz.min().item<double>() >= 3400);
  const double less = (batch.heard_hz < batch.limits_hz).to(torch::kDouble).mean().item<double>();
  CHECK(less > 0.3);
  CHECK(less < 0.6);
  o.band_share = 0;
  const CropBatch all = CropSampler(corpus, o).draw(50, torch::kCPU);
  CHECK(all.heard_hz.equal(all.limits_hz));
}

TEST_CASE("a warped recording ends where it ended, warped") {
  CHECK(warped_limit_hz(8000, 1, 1) == 8000);
  CHECK(warped_limit_hz(8000, 1.25, 1) == 10000);
  CHECK(warped_limit_hz(8000, 2, 1) == 12000);  // never above the rate's own limit
  CHECK(warped_limit_hz(12000, 0.5, 1) == 6000);
  CHECK(warped_limit_hz(8000, 1, 0.5) == 4000);  // formants moved down leave nothing at the top
  CHECK(warped_limit_hz(8000, 1, 2) == 8000);    // moved up they end where the harmonics do
  const Utterance u = recording("a", 100, 8000);
  CHECK(warp(u, {0, 0}).band_limit_hz == 8000);
  CHECK(warp(u, {-6, 0}).band_limit_hz == doctest::Approx(8000 / std::sqrt(2)).epsilon(0.01));
  CHECK(warp(u, {0, -6}).band_limit_hz == doctest::Approx(8000 / std::sqrt(2)).epsilon(0.01));
}
