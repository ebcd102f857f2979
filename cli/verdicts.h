// What was thought of the sentences of one item: the option "check".
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>

#include "engine/event.h"

namespace tts {

// For helps and the manual: what programs may rely on.
inline constexpr char kExitCodes[] =
    "0 done, 1 some items failed, 2 usage, 3 voice, 4 input or output, 5 made, but flagged by "
    "--check, 130 interrupted";

// The exit code when all was made, but a check flagged a sentence.
inline constexpr int kExitFlagged = 5;

class Verdicts {
 public:
  // Takes verdicts; leaves the rest.
  void add(const Event& event);

  int64_t flagged() const { return flagged_; }
  // {"ok":false,"sentences":12,"retried":2,"flagged":1,"findings":[…]}; null when nothing was
  // judged.
  nlohmann::ordered_json to_json() const;

 private:
  int64_t sentences_ = 0, retried_ = 0, flagged_ = 0;
  nlohmann::ordered_json findings_ = nlohmann::ordered_json::array();
  nlohmann::ordered_json unchecked_ = nlohmann::ordered_json::array();
};

}  // namespace tts
