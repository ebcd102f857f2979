#include "nn/runtime.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <malloc.h>
#include <sched.h>
#include <torch/torch.h>
#include <torch/version.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "core/error.h"
#include "nn/blas.h"

namespace tts {
namespace {

struct State {
  std::mutex mutex;
  bool configured = false;
  bool idle_team_parked = false;
  int threads = 0;
  std::string core_found;
};

State& state() {
  static State* const instance = new State;  // never destroyed: threads may outlive main's statics
  return *instance;
}

// cgroup v2: "200000 100000" is two CPUs' worth of time; "max 100000" is no limit.
int quota_threads(const char* path) {
  std::ifstream in(path);
  double quota = 0, period = 0;
  if (!(in >> quota >> period) || quota <= 0 || period <= 0) return kMaxThreads;
  return std::max(1, static_cast<int>(std::ceil(quota / period)));
}

// GNU OpenMP's idle threads spin for milliseconds before they sleep: on a machine with other work
// they take the CPU from the thread they wait for (seven times slower, measured). The spin length
// can be set only in the environment before the library loads (GOMP_SPINCOUNT, OMP_WAIT_POLICY),
// but libgomp itself shortens it to 1000 rounds once there are more OpenMP threads than CPUs. So
// one thread parks a team that is just large enough for that, asleep for good.
void park_idle_team(int threads) {
  using Parallel = void (*)(void (*)(void*), void*, unsigned, unsigned);
  using CountCpus = int (*)();
  const auto parallel = reinterpret_cast<Parallel>(find_beside_torch("GOMP_parallel"));
  const auto count_cpus = reinterpret_cast<CountCpus>(find_beside_torch("omp_get_num_procs"));
  if (!parallel || !count_cpus || std::getenv("GOMP_SPINCOUNT") || std::getenv("OMP_WAIT_POLICY")) {
    return;
  }
  const int team = std::max(2, count_cpus() - threads + 2);
  std::promise<void> parked;
  auto is_parked = parked.get_future();
  std::thread([parallel, team, parked = std::move(parked)]() mutable {
    parallel([](void*) {}, nullptr, static_cast<unsigned>(team), 0);
    parked.set_value();
    for (;;) pause();
  }).detach();
  is_parked.wait();
}

void configure_once(const RuntimeWarning& warn) {
  State& s = state();
  if (s.configured) return;
  s.configured = true;
  const OpenBlas blas = find_openblas();
  if (blas.core != nullptr) s.core_found = blas.core();
  repair_openblas_core(blas);
  if (warn && blas_kind() == BlasKind::kReference) {
    warn(
        "the reference BLAS multiplies matrices about 50 times slower than OpenBLAS; install it: "
        "sudo apt-get install libopenblas0-openmp");
  }
  try {
    at::set_num_interop_threads(1);
  } catch (const std::exception&) {
    // A host that has already used them keeps its own number.
  }
}

std::string after(const std::string& text, const std::string& label) {
  const size_t begin = text.find(label);
  if (begin == std::string::npos) return "unknown";
  return text.substr(begin + label.size(), text.find('\n', begin) - begin - label.size());
}

}  // namespace

int usable_threads() {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  int count = static_cast<int>(std::thread::hardware_concurrency());
  if (sched_getaffinity(0, sizeof(cpus), &cpus) == 0) count = CPU_COUNT(&cpus);
  return std::max(1, std::min(count, quota_threads("/sys/fs/cgroup/cpu.max")));
}

void configure_runtime(int threads, const RuntimeWarning& warn) {
  if (threads < 0 || threads > kMaxThreads) {
    fail(ErrorCode::kUsage, "threads is ", threads, "; it must be 0 (all) to ", kMaxThreads);
  }
  State& s = state();
  const std::lock_guard<std::mutex> lock(s.mutex);
  configure_once(warn);
  s.threads = threads == 0 ? usable_threads() : threads;
  at::set_num_threads(s.threads);
  const OpenBlas blas = find_openblas();
  if (blas.set_threads != nullptr) blas.set_threads(s.threads);
  at::globalContext().setFlushDenormal(true);
  if (s.threads > 1 && !s.idle_team_parked) {
    park_idle_team(s.threads);
    s.idle_team_parked = true;
  }
}

void configure_thread() {
  at::init_num_threads();
  at::globalContext().setFlushDenormal(true);
}

void keep_freed_memory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
}

RuntimeReport runtime_report() {
  RuntimeReport out;
  out.torch = TORCH_VERSION;
  out.cpu_capability = after(at::show_config(), "CPU capability usage: ");
  out.blas = blas_text();
  const OpenBlas blas = find_openblas();
  if (blas.core != nullptr) out.blas_core = blas.core();
  State& s = state();
  const std::lock_guard<std::mutex> lock(s.mutex);
  out.blas_core_found = s.core_found.empty() ? out.blas_core : s.core_found;
  out.threads = at::get_num_threads();
  return out;
}

std::string RuntimeReport::text() const {
  std::string out = "LibTorch " + torch + ", " + cpu_capability + ", " + blas;
  if (!blas_core.empty()) out += " " + blas_core;
  if (blas_core != blas_core_found) out += " (chosen over " + blas_core_found + ")";
  return out + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

}  // namespace tts
