#include "train/loop.h"

#include <csignal>
#include <filesystem>

#include "core/error.h"
#include "tests/test.h"
#include "train/spectral_loss.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

std::string scratch(const std::string& name) {
  const fs::path folder = fs::temp_directory_path() / ("tts-loop-" + name);
  fs::remove_all(folder);
  return folder.string();
}

// Fits a line to noise drawn from torch's generator.
class Line : public Task {
 public:
  Line()
      : layer_(2, 1),
        optimiser_({layer_.ptr().get()}, {1e-2, 1e-3, 5, 0.9, 0.99, 0.01, 1.0, 0.9}) {}
  Metrics step(int64_t step) override {
    const torch::Tensor x = torch::randn({8, 2});
    torch::Tensor loss = (layer_(x) - x.sum(1, true) - 1).square().mean();
    if (step == poison) loss = loss / torch::zeros({});
    optimiser_.minimise(loss);
    if (step == interrupt) std::raise(SIGINT);
    return {{"loss", loss.item<double>()}};
  }
  Metrics validate() override {
    ++validations;
    return {{"loss", (layer_->weight - 1).abs().sum().item<double>()}};
  }
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override {
    return {{"line", layer_.ptr().get()}};
  }
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"line", &optimiser_}};
  }
  void export_to(const std::string&) override { ++exports; }
  void finish(const std::string&) override { ++finishes; }
  torch::Tensor weight() const { return layer_->weight.detach().clone(); }
  int64_t poison = -1, interrupt = -1, exports = 0, finishes = 0, validations = 0;
  Optimiser& optimiser() { return optimiser_; }

 private:
  torch::nn::Linear layer_;
  Optimiser optimiser_;
};

LoopOptions options(const std::string& out, int64_t steps) {
  LoopOptions o;
  o.out = out;
  o.steps = steps;
  o.validate_every = 10;
  o.log_every = 1000;
  return o;
}

}  // namespace

TEST_CASE("a run that is interrupted and resumed ends where the unbroken one ends") {
  torch::manual_seed(1);
  Line whole;
  run_loop(whole, options(scratch("whole"), 60));
  const std::string folder = scratch("parts");
  torch::manual_seed(1);
  Line first;
  first.interrupt = 23;
  try {
    run_loop(first, options(folder, 60));
    FAIL("the interrupt was not noticed");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kCancelled);
  }
  torch::manual_seed(99);  // other initial weights: all must come from the checkpoint
  Line second;
  run_loop(second, options(folder, 60));
  CHECK(second.weight().equal(whole.weight()));
}

TEST_CASE("a step that is not finite is skipped and counted") {
  torch::manual_seed(1);
  Line line;
  line.poison = 5;
  run_loop(line, options(scratch("poison"), 20));
  CHECK(line.optimiser().skipped() == 1);
  CHECK(torch::isfinite(line.weight()).all().item<bool>());
}

TEST_CASE("the best validation is kept") {
  torch::manual_seed(1);
  Line line;
  LoopOptions o = options(scratch("best"), 40);
  o.best_metric = "loss";
  run_loop(line, o);
  CHECK(line.exports >= 1);
  CHECK(line.exports <= 4);
}

TEST_CASE("the steps after the last validation are not lost, and what is dear is done once") {
  torch::manual_seed(1);
  Line line;
  LoopOptions o = options(scratch("end"), 25);
  o.best_metric = "loss";
  run_loop(line, o);
  CHECK(line.validations == 3);  // after 10, 20 and 25 steps
  CHECK(line.exports == 3);
  CHECK(line.finishes == 1);
  run_loop(line, o);  // nothing is left to do
  CHECK(line.validations == 3);
}

TEST_CASE("no limit is a usage error") {
  Line line;
  CHECK_THROWS_WITH(run_loop(line, options(scratch("none"), 0)),
                    doctest::Contains("--steps or --minutes"));
}

TEST_CASE("averaged weights: swapped in and out again") {
  torch::manual_seed(1);
  Line line;
  run_loop(line, options(scratch("average"), 20));
  const torch::Tensor live = line.weight();
  line.optimiser().swap_average();
  CHECK_FALSE(line.weight().equal(live));
  line.optimiser().swap_average();
  CHECK(line.weight().equal(live));
}

TEST_CASE("finite differences: multi-scale mel loss") {
  torch::manual_seed(2);
  const MultiScaleMelLoss loss;
  const torch::Tensor target = torch::randn({1, 4800}) * 0.1;
  const torch::Tensor x = (torch::randn({1, 4800}) * 0.1).requires_grad_();
  loss(x, target).backward();
  const torch::Tensor direction = torch::randn({1, 4800});
  const double h = 2e-4;
  const double numeric = (loss((x + direction * h).detach(), target).item<double>() -
                          loss((x - direction * h).detach(), target).item<double>()) /
                         (2 * h);
  CHECK((x.grad() * direction).sum().item<double>() ==
        doctest::Approx(numeric).epsilon(0.05).scale(0.1));
}
