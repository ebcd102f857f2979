// What the ears of tests are made of: they hear what they are told, not what a network says.
#pragma once
#include "engine/ear.h"

namespace tts::tiny {

// The smallest recogniser of these phones.
inline Recogniser recogniser_of(const std::vector<std::string>& phones) {
  RecogniserOptions options;
  options.bands = 8;
  options.channels = options.hidden = 4;
  options.blocks = 0;
  options.kernel = 1;
  options.phones = phones;
  return Recogniser(options);
}

// Each frame says its output, of `width`, with probability 0.9.
inline HeardFrames frames_that_say(const std::vector<int64_t>& outputs, int64_t width) {
  Tensor heard = torch::full({static_cast<int64_t>(outputs.size()), width}, 0.1 / (width - 1));
  for (size_t t = 0; t < outputs.size(); ++t) heard[static_cast<int64_t>(t)][outputs[t]] = 0.9;
  heard = heard.log().contiguous();
  return {heard, heard};
}

}  // namespace tts::tiny
