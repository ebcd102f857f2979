// What programs written for OpenAI's speech API send that means nothing to this engine. It is
// taken, and the answer's headers name it; "strict": true makes it an error.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "server/speech_request.h"

namespace tts {

// Unpaired surrogates, half of a character that a client cut in two, become U+FFFD: as \uD83D,
// which is no JSON, and as the three bytes that are no UTF-8.
std::string without_lone_surrogates(std::string body);

// Whether `key` is one of those; then the request knows.
bool take_habit(SpeechRequest& request, const std::string& key, const nlohmann::json& value);

// OpenAI's speeds are 0.25 to 4; what is beyond this engine's becomes the nearest that it has.
nlohmann::json speed_within(SpeechRequest& request, const nlohmann::json& value);

}  // namespace tts
