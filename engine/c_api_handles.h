// What stands behind the handles of tts.h.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/request.h"
#include "engine/voice.h"
#include "tts/tts.h"

struct tts_voice {
  std::shared_ptr<const tts::Voice> voice;
  std::string info;
  std::map<std::string, std::string> generators_with;  // option → "flow, parallel"
  std::vector<tts::PromptSource> prompts;  // of all requests that have none of their own
};

struct tts_request {
  std::unique_ptr<tts::Request> request;
  tts::Event event;  // what `seen` points into
  tts_event seen{};
};
