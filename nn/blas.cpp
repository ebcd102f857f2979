#include "nn/blas.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/torch.h>

#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace tts {
namespace {

template <typename Function>
void find(Function*& function, const char* symbol) {
  function = reinterpret_cast<Function*>(find_beside_torch(symbol));
}

// How wide the vectors of OpenBLAS's kernels are: 3 AVX-512, 2 AVX2, 1 AVX, 0 SSE.
int vector_rank(const std::string& core) {
  const auto is_one_of = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (strcasecmp(core.c_str(), name) == 0) return true;
    }
    return false;
  };
  if (is_one_of({"SkylakeX", "Cooperlake", "SapphireRapids"})) return 3;
  if (is_one_of({"Haswell", "Zen", "Excavator"})) return 2;
  if (is_one_of({"Sandybridge", "Bulldozer", "Piledriver", "Steamroller"})) return 1;
  return 0;
}

}  // namespace

void* find_beside_torch(const char* symbol) {
  // The handle of libtorch_cpu reaches its dependencies even when the whole engine was loaded with
  // RTLD_LOCAL, as a Python module is.
  static void* const torch_library = [] {
    Dl_info info{};
    const auto address = reinterpret_cast<void*>(&at::get_num_threads);
    if (dladdr(address, &info) == 0) return static_cast<void*>(nullptr);
    return dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  }();
  return dlsym(torch_library != nullptr ? torch_library : RTLD_DEFAULT, symbol);
}

OpenBlas find_openblas() {
  OpenBlas out;
  find(out.config, "openblas_get_config");
  find(out.core, "openblas_get_corename");
  find(out.parallel, "openblas_get_parallel");
  find(out.set_threads, "openblas_set_num_threads");
  find(out.quit_dynamic, "gotoblas_dynamic_quit");
  find(out.init_dynamic, "gotoblas_dynamic_init");
  return out;
}

BlasKind blas_kind() {
  if (at::hasMKL()) return BlasKind::kMkl;
  if (find_beside_torch("openblas_get_config") != nullptr) return BlasKind::kOpenBlas;
  for (const char* other : {"bli_info_get_version_str", "ATL_buildinfo", "MKL_Get_Version"}) {
    if (find_beside_torch(other) != nullptr) return BlasKind::kOther;
  }
  return BlasKind::kReference;
}

std::string blas_text() {
  switch (blas_kind()) {
    case BlasKind::kMkl:
      return "MKL";
    case BlasKind::kOther:
      return "other BLAS";
    case BlasKind::kReference:
      return "reference BLAS (slow)";
    case BlasKind::kOpenBlas:
      break;
  }
  const OpenBlas blas = find_openblas();
  std::string text = blas.config();  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
  text = text.substr(0, text.find(' ', text.find(' ') + 1));
  const char* threading[] = {"sequential", "pthreads", "OpenMP"};
  const int parallel = blas.parallel != nullptr ? blas.parallel() : -1;
  if (parallel >= 0 && parallel <= 2) text += std::string(" (") + threading[parallel] + ")";
  return text;
}

std::string better_core(const std::string& chosen, bool has_avx512, bool has_avx2, bool is_intel) {
  const int rank = vector_rank(chosen);
  if (has_avx512 && is_intel) return rank < 3 ? "SkylakeX" : "";
  if (has_avx2 && rank < 2) return is_intel ? "Haswell" : "Zen";
  return "";
}

bool repair_openblas_core(const OpenBlas& blas) {
#if defined(__x86_64__)
  if (!blas.core || !blas.quit_dynamic || !blas.init_dynamic) return false;
  if (std::getenv("OPENBLAS_CORETYPE") != nullptr) return false;
  __builtin_cpu_init();
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd");
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const std::string core =
      better_core(blas.core(), has_avx512, has_avx2, __builtin_cpu_is("intel"));
  if (core.empty()) return false;
  // The pair below re-reads the variable; the children of this process shall not see it.
  setenv("OPENBLAS_CORETYPE", core.c_str(), 1);
  blas.quit_dynamic();
  blas.init_dynamic();
  unsetenv("OPENBLAS_CORETYPE");
  return strcasecmp(blas.core(), core.c_str()) == 0;
#else
  (void)blas;
  return false;
#endif
}

}  // namespace tts
