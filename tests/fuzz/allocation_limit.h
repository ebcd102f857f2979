// While one lives, `new` of more bytes at once throws std::bad_alloc. Not for several threads.
#pragma once
#include <cstddef>
#include <cstdint>

namespace tts::fuzz {

class AllocationLimit {
 public:
  explicit AllocationLimit(size_t bytes);
  ~AllocationLimit();
  AllocationLimit(const AllocationLimit&) = delete;
  AllocationLimit& operator=(const AllocationLimit&) = delete;

 private:
  size_t before_;
};

}  // namespace tts::fuzz
