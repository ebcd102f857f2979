// JSON files that the trainers leave for each other.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace tts {

// Throws Error(kInput) naming the file when it is not there (its stage was not trained yet) or no
// JSON.
nlohmann::json read_json(const std::string& path);
void write_json(const std::string& path, const nlohmann::json& json);

}  // namespace tts
