// Defaults of the asan and tsan builds, part of each of their programs: no environment to remember.
#define TTS_EXPORT extern "C" __attribute__((visibility("default"), used))

// LibTorch is not instrumented: what it frees for us or keeps for ever is not ours to judge.
TTS_EXPORT const char* __asan_default_options() {
  return "alloc_dealloc_mismatch=0:detect_container_overflow=0:strict_string_checks=1";
}

TTS_EXPORT const char* __ubsan_default_options() {
  return "print_stacktrace=1:halt_on_error=1";
}

TTS_EXPORT const char* __lsan_default_suppressions() {
  return "leak:libtorch_cpu.so\n"
         "leak:libc10.so\n"
         "leak:libgomp.so\n"
         "leak:libprotobuf.so\n"
         "leak:libOpenCL.so\n"
         "leak:libopencv\n"
         "leak:libp11-kit.so\n"
         "leak:libvorbis.so\n"  // libsndfile forgets it when an Ogg file is damaged
         "leak:libicuuc.so\n";
}

// libgomp's barriers are futexes that the thread sanitizer does not see, so that everything behind
// them looks like a race; LibTorch and BLAS work inside those barriers.
TTS_EXPORT const char* __tsan_default_options() {
  return "ignore_noninstrumented_modules=1:second_deadlock_stack=1";
}

TTS_EXPORT const char* __tsan_default_suppressions() {
  return "called_from_lib:libgomp.so\n"
         "called_from_lib:libtorch_cpu.so\n"
         "called_from_lib:libc10.so\n"
         "race:libgomp\n"
         "race:libtorch_cpu\n"
         "race:libopenblas\n"
         "race:at::parallel_for\n"
         "race:at::internal::invoke_parallel\n";
}
