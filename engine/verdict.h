// What is thought of a sentence that was spoken: every sentence gets a verdict when a request asks
// for it (option "check"). docs/checking.md
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/text_types.h"
#include "engine/event.h"

namespace tts {

enum class Fault {
  kMissing,   // a word
  kDoubled,   // a word, or up to three in a row
  kSwapped,   // two words
  kReplaced,  // a word, by something else
  kLength,    // far from what was planned
  kFrozen,    // sound that stands still
  kRepeated,  // sound that comes again and again
  kDeadAir,   // silence that nobody planned
  kClipped,
  kFaint,   // a word that can hardly be heard
  kEcho,    // words of the prompt
  kDamaged  // no sound: infinite samples, or none
};
std::string name_of(Fault fault);  // "missing", "dead_air", …

struct Finding {
  Fault fault = Fault::kMissing;
  ByteSpan bytes;       // of the words in the caller's text; of the sentence where it is of none
  SampleSpan samples;   // where
  double score = 0;     // by how much it is over its limit: the natural log of odds, or of a ratio
  std::string words;    // "Friday"; "" where it is of none
  std::string message;  // a sentence, without the point
};

struct Verdict {
  std::vector<Finding> findings;       // none: the sentence is good
  std::vector<std::string> unchecked;  // what could not be checked, and why
  double score = -100;    // of the worst that was looked at, found or not: above 0 is bad
  int tries = 1;          // how often the sentence was made
  std::string generator;  // that made what is heard

  bool ok() const { return findings.empty(); }
  // Two stretches of one sentence, judged each by itself.
  void add(const Verdict& other);
};

// {"ok":false,"tries":3,"generator":"parallel","findings":[{"fault":"missing","words":"Friday",…}]}
nlohmann::ordered_json to_json(const Verdict& verdict);
nlohmann::ordered_json findings_json(const Verdict& verdict);  // that list alone

}  // namespace tts
