// In the tests no single allocation of C++ is granted that the few kilobytes of an input cannot
// need: a size that is believed before it is checked becomes std::bad_alloc, which is a finding.
#include "tests/fuzz/allocation_limit.h"

#include <cstdlib>
#include <new>

namespace tts::fuzz {
namespace {

size_t most_bytes = SIZE_MAX;

}  // namespace

AllocationLimit::AllocationLimit(size_t bytes) : before_(most_bytes) {
  most_bytes = bytes;
}
AllocationLimit::~AllocationLimit() {
  most_bytes = before_;
}

}  // namespace tts::fuzz

void* operator new(std::size_t bytes) {
  void* memory = bytes > tts::fuzz::most_bytes ? nullptr : std::malloc(bytes > 0 ? bytes : 1);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
