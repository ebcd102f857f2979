// Voice files and prompts in words.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "analysis/prompt_report.h"
#include "engine/voice_file.h"

namespace tts {

// `refusal`: why the voice cannot be used here, "" when it can.
std::string voice_text(const VoiceFile& file, const std::string& refusal);
nlohmann::json voice_json(const VoiceFile& file, const std::string& refusal);

// "a.wav  5.2 s of speech, 41 dB above the background, 180 Hz …", then what is wrong, a line each.
std::string report_text(const PromptReport& report);

}  // namespace tts
