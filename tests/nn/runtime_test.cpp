#include "nn/runtime.h"

#include <thread>

#include "core/error.h"
#include "nn/blas.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("OpenBLAS kernels older than the CPU are replaced, others are left alone") {
  const bool yes = true, no = false;
  CHECK(better_core("Prescott", yes, yes, yes) == "SkylakeX");
  CHECK(better_core("Haswell", yes, yes, yes) == "SkylakeX");
  CHECK(better_core("SkylakeX", yes, yes, yes) == "");
  CHECK(better_core("Cooperlake", yes, yes, yes) == "");
  CHECK(better_core("Prescott", no, yes, yes) == "Haswell");
  CHECK(better_core("Sandybridge", no, yes, yes) == "Haswell");
  CHECK(better_core("Barcelona", yes, yes, no) == "Zen");
  CHECK(better_core("Zen", yes, yes, no) == "");
  CHECK(better_core("Nehalem", no, no, yes) == "");
}

TEST_CASE("products are right after the kernels were chosen, for one and two threads") {
  for (const int threads : {1, 2}) {
    configure_runtime(threads);
    torch::manual_seed(1);
    for (const int64_t size : {1, 7, 64, 300}) {
      const auto a = torch::randn({size, 383}), b = torch::randn({383, size + 5});
      const auto expected = torch::mm(a.to(torch::kDouble), b.to(torch::kDouble));
      CHECK(torch::allclose(torch::mm(a, b).to(torch::kDouble), expected, 1e-4, 1e-4));
    }
    CHECK(at::get_num_threads() == threads);
  }
}

TEST_CASE("a thread of one's own computes like the first one") {
  configure_runtime(2);
  int threads = 0;
  float denormal = 1;
  std::thread([&] {
    configure_thread();
    threads = at::get_num_threads();
    volatile float tiny = 1e-40f;
    denormal = tiny * 0.5f;
  }).join();
  CHECK(threads == 2);
  CHECK(denormal == 0);
  configure_runtime(1);
}

TEST_CASE("thread counts") {
  CHECK(usable_threads() >= 1);
  configure_runtime(0);
  CHECK(at::get_num_threads() == usable_threads());
  CHECK_THROWS_WITH_AS(configure_runtime(-1), "threads is -1; it must be 0 (all) to 1024", Error);
  CHECK_THROWS_AS(configure_runtime(1025), Error);
  configure_runtime(1);
}

TEST_CASE("the report names everything that decides the speed") {
  configure_runtime(1);
  const RuntimeReport report = runtime_report();
  CHECK(report.torch == TORCH_VERSION);
  CHECK(report.threads == 1);
  CHECK(!report.blas.empty());
  CHECK(report.cpu_capability != "unknown");
  CHECK(report.text().find("LibTorch " + report.torch) == 0);
  CHECK(report.text().find(", 1 thread") != std::string::npos);
  MESSAGE(report.text());
}
