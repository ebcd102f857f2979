// Bodies of POST /v1/audio/speech, and base64, in which they carry recordings.
#include <nlohmann/json.hpp>

#include "core/join.h"
#include "engine/empty_text.h"
#include "server/api_error.h"
#include "server/base64.h"
#include "server/speech_request.h"
#include "tests/fuzz/option_ranges.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

const VoiceNames& voices() {
  static const VoiceNames names = {{"kathleen", "kerstin"}, {{"alloy", "kerstin"}}};
  return names;
}

void check_request(const SpeechRequest& request) {
  require(contains(voices().known, request.voice), "voice \"", request.voice, "\"");
  require(!request.input.empty(), "nothing to speak, and no error");
  require(!request.strict || !is_blank(request.input), "strict, and nothing to speak");
  require(!request.strict || request.without_effect.empty(), "strict, and passed over");
  require(request.speak.seed.has_value(), "no seed");
  require(request.events || !request.words, "words without events");
  require(request.format.name != nullptr, "no format");
  for (const PromptSource& prompt : request.speak.prompts)
    require(prompt.recording != nullptr, "a file of the server was named: ", prompt.name);
  require(request.speak.lexicons.empty(), "a file of the server was named");
  check_ranges(request.speak);
}

void check_refusal(const ApiError& error) {
  require(error.status() == 400 || error.status() == 404, "status ", error.status());
  const auto json = nlohmann::json::parse(error.json());
  require(!json.at("error").at("message").get<std::string>().empty(), "an error without words");
}

}  // namespace

TTS_FUZZ_TARGET(http_body, 10000, ) {
  require(from_base64(to_base64(bytes)) == std::string(bytes), "base64 there and back");
  const auto decoded = from_base64(bytes);
  require(!decoded || decoded->size() <= bytes.size() / 4 * 3, "base64 of more bytes than digits");
  try {
    check_request(parse_speech_request(std::string(bytes), voices()));
  } catch (const ApiError& error) {
    check_refusal(error);
  }
}
