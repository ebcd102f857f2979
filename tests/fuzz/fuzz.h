// A fuzz target takes any bytes. It may refuse them with a tts::Error of the codes it names, and
// has to keep its promises about those it takes; everything else is a finding.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace tts::fuzz {

// A promise that was not kept.
class Finding : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

struct Target {
  const char* name;
  size_t executions;                // of the short run in the tests
  std::vector<ErrorCode> refusals;  // how bytes may be refused
  void (*take)(std::string_view bytes);
};

// Those that are linked into this program.
std::vector<Target>& targets();

struct Registration {
  explicit Registration(Target target) { targets().push_back(std::move(target)); }
};

// Throws Finding, or whatever got out of the target that is no refusal.
void execute(const Target& target, std::string_view bytes);

template <typename... Parts>
void require(bool holds, const Parts&... parts) {
  if (holds) return;
  std::ostringstream message;
  (message << ... << parts);
  throw Finding(message.str());
}

// A file in memory (/dev/shm) where the system has that, of this process and gone with it: for
// readers that want a path.
const std::string& scratch_path(const std::string& name);
// → its path
const std::string& write_scratch(const std::string& name, std::string_view bytes);

}  // namespace tts::fuzz

// TTS_FUZZ_TARGET(srt, 5000, ErrorCode::kInput) { … bytes … }
#define TTS_FUZZ_TARGET(name, executions, ...)                              \
  static void take_##name(std::string_view bytes);                          \
  static const ::tts::fuzz::Registration registered_##name(                 \
      ::tts::fuzz::Target{#name, executions, {__VA_ARGS__}, &take_##name}); \
  static void take_##name(std::string_view bytes)
