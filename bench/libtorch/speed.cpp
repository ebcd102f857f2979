// Speed of LibTorch at this project's shapes: bench_speed THREADS [plain | keep]
// Each line is the fastest of several runs: wall time and CPU time of all threads. `plain` leaves
// out configure_runtime, to show what it is worth.
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "nn/blocks.h"
#include "nn/runtime.h"

namespace {

using torch::Tensor;

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// `gflop`: the work of one call in 10^9 operations, 0 when it is not worth counting.
void measure(const std::string& name, double gflop, const std::function<void()>& call) {
  call();
  double wall = 1e9, cpu = 1e9;
  for (int run = 0; run < 12; ++run) {
    const double wall_begin = wall_seconds(), cpu_begin = cpu_seconds();
    call();
    wall = std::min(wall, wall_seconds() - wall_begin);
    cpu = std::min(cpu, cpu_seconds() - cpu_begin);
  }
  std::printf("%-34s %8.2f ms  cpu %8.2f ms", name.c_str(), wall * 1e3, cpu * 1e3);
  if (gflop > 0) std::printf("  %6.1f GFLOP/s", gflop / wall);
  std::printf("\n");
}

void matrix_products() {
  for (const int64_t rows : {400, 800, 1200}) {
    const Tensor x = torch::randn({rows, 384}), weight = torch::randn({384, 1152});
    measure("product " + std::to_string(rows) + " x 384 x 1152", 2e-9 * rows * 384 * 1152, [&] {
      torch::mm(x, weight);
    });
  }
  const Tensor square = torch::randn({1024, 1024});
  measure(
      "product 1024 x 1024 x 1024", 2e-9 * 1024 * 1024 * 1024, [&] { torch::mm(square, square); });
}

void convnext(int64_t batch, int64_t frames) {
  constexpr int64_t kChannels = 384, kBlocks = 4;
  tts::ConvNeXtOptions options;
  options.channels = kChannels;
  options.hidden = 3 * kChannels;
  std::vector<tts::ConvNeXtBlock> blocks;
  for (int64_t i = 0; i < kBlocks; ++i) blocks.emplace_back(options);
  const Tensor x = torch::randn({batch, frames, kChannels});
  const auto run = [&] {
    Tensor y = x;
    for (auto& block : blocks) y = block->forward(y);
    return y;
  };
  const std::string shape = " [" + std::to_string(batch) + ", " + std::to_string(frames) + ", 384]";
  const double gflop = 2e-9 * batch * frames * kChannels * 6 * kChannels * kBlocks;
  measure("4 ConvNeXt train" + shape, 3 * gflop, [&] { run().pow(2).mean().backward(); });
  const torch::NoGradGuard no_grad;
  measure("4 ConvNeXt speak" + shape, gflop, [&] { run(); });
}

void other_steps() {
  const Tensor window = torch::hann_window(1024);
  const Tensor wave = (torch::randn({12, 15360}) * 0.1).requires_grad_();
  measure("stft 1024 train [12, 15360]", 0, [&] {
    torch::stft(wave, 1024, 256, 1024, window, true, "reflect", false, true, true)
        .abs()
        .sum()
        .backward();
  });
  torch::nn::Conv2d spectral(
      torch::nn::Conv2dOptions(32, 32, {3, 9}).stride({1, 2}).padding({1, 4}));
  const Tensor image = torch::randn({4, 32, 40, 512});
  measure("conv2d 32x32x3x9 train", 0, [&] { spectral(image).sum().backward(); });
  torch::nn::Conv1d wide(torch::nn::Conv1dOptions(64, 64, 7).padding(3));
  const Tensor signal = torch::randn({4, 64, 9600});
  measure("conv1d 64x64x7 train [4, 64, 9600]", 0, [&] { wide(signal).sum().backward(); });
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  const std::string mode = argc > 2 ? argv[2] : "";
  if (mode == "plain") {
    at::set_num_threads(threads);
  } else {
    tts::configure_runtime(threads);
    if (mode == "keep") tts::keep_freed_memory();
  }
  torch::manual_seed(1);
  std::printf("%s\n", tts::runtime_report().text().c_str());
  matrix_products();
  convnext(12, 64);
  convnext(8, 512);
  convnext(1, 300);
  other_steps();
  return 0;
}
