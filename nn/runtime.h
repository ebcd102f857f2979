// The process-wide switches of LibTorch, its matrix library and its threads, in one place.
//
// A program calls configure_runtime once, before its first tensor, and configure_thread on each
// thread that computes. The numbers behind every choice are in docs/measured/libtorch.md.
#pragma once
#include <functional>
#include <string>

namespace tts {

inline constexpr int kMaxThreads = 1024;

using RuntimeWarning = std::function<void(const std::string&)>;

// Sets the number of threads of LibTorch and of its BLAS (0: as many as this process may use),
// flushes denormals, makes OpenBLAS use the kernels this CPU deserves and keeps idle OpenMP threads
// from spinning for long. `warn` hears once when the BLAS is the slow reference library. Later
// calls only change the number of threads; none may run beside a computation. Throws Error(kUsage)
// when `threads` is negative or above kMaxThreads.
void configure_runtime(int threads, const RuntimeWarning& warn = {});

// OpenMP's thread count and the denormal switch belong to each thread: call this first on threads
// that were not started by the one which called configure_runtime.
void configure_thread();

// For programs that own their process (not for the library inside a host): freed memory of the
// large tensors stays with the process instead of being unmapped and faulted in again at every
// step.
void keep_freed_memory();

// How many threads this process may use: its CPU affinity and its control group's quota.
int usable_threads();

struct RuntimeReport {
  std::string torch;            // "1.13.1"
  std::string cpu_capability;   // LibTorch's own kernels: "AVX2"
  std::string blas;             // "OpenBLAS 0.3.21 (OpenMP)", "MKL", "reference BLAS (slow)"
  std::string blas_core;        // OpenBLAS's kernels: "SkylakeX"
  std::string blas_core_found;  // what OpenBLAS chose by itself: "Prescott"
  int threads = 0;

  // One line for `tts --version`.
  std::string text() const;
};
RuntimeReport runtime_report();

}  // namespace tts
