// OpenBLAS behind LibTorch's back: found in the running process, never linked.
#pragma once
#include <string>

namespace tts {

enum class BlasKind { kOpenBlas, kMkl, kOther, kReference };

// The functions of the OpenBLAS that LibTorch uses; all null when it uses something else.
struct OpenBlas {
  char* (*config)() = nullptr;
  char* (*core)() = nullptr;
  int (*parallel)() = nullptr;  // 0 sequential, 1 pthreads, 2 OpenMP
  void (*set_threads)(int) = nullptr;
  void (*quit_dynamic)() = nullptr;
  void (*init_dynamic)() = nullptr;
};

// Looks a symbol up in LibTorch and the libraries it was linked with, wherever they were loaded.
void* find_beside_torch(const char* symbol);

BlasKind blas_kind();
OpenBlas find_openblas();
std::string blas_text();

// An OpenBLAS older than the CPU falls back to kernels of 2004 (SSE3), five times slower than the
// CPU allows. Selects better ones and returns true; does nothing when the user set
// OPENBLAS_CORETYPE. Must run before the first BLAS call, or beside none.
bool repair_openblas_core(const OpenBlas& blas);

// Which kernels this CPU deserves, given those that OpenBLAS chose; empty: they are good enough.
std::string better_core(const std::string& chosen, bool has_avx512, bool has_avx2, bool is_intel);

}  // namespace tts
