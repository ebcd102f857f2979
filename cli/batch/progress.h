// How far a batch is, and how long it will take.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "cli/batch/item.h"
#include "cli/batch/journal.h"

namespace tts {

// Characters of all that an item speaks.
int64_t characters_of(const BatchItem& item);

// How fast this voice speaks and this machine works: measured from ten items on, before that an
// English voice's usual rate and what one core did in docs/measured/speed.md.
struct Pace {
  explicit Pace(const Records& records);
  double speech_s(const BatchItem& item) const;
  bool measured = false;
  double characters_per_s = 15;  // of speech
  double speech_per_work = 20;   // seconds of speech in a second of one thread
};

// "[#####---------------] 10/40  2.1 items/s  0:14 left"
class Progress {
 public:
  Progress(size_t items, int64_t characters) : items_(items), characters_(characters) {}
  void add(int64_t characters);
  std::string line() const;

 private:
  const size_t items_;
  const int64_t characters_;
  size_t items_done_ = 0;
  int64_t characters_done_ = 0;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace tts
