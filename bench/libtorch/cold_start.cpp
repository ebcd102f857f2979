// The least a LibTorch program can do: what `time bench_cold_start` takes is what loading costs.
#include <torch/torch.h>

#include <cstdio>

int main() {
  std::printf("%g\n", torch::ones({2, 2}).sum().item<double>());
  return 0;
}
