#include "speech_dispatcher/module_config.h"

#include <fstream>

#include "core/classic_stream.h"
#include "core/error.h"
#include "core/known_names.h"
#include "engine/options.h"

namespace tts {
namespace {

std::string unquoted(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t\r");
  if (begin == text.npos) return "";
  const std::string value = text.substr(begin, end - begin + 1);
  const bool quoted = value.size() > 1 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

void set(ModuleConfig& config, const std::string& name, const std::string& value) {
  if (name == "TtsVoice") {
    config.voice = value;
  } else if (name == "TtsGenerator") {
    config.generator = value;
  } else if (name == "TtsThreads") {
    config.threads = static_cast<int>(parse_integer(threads_option(), value));
  } else if (name == "TtsLexicon") {
    config.lexicons.push_back(value);
  } else if (name != "Debug") {
    fail_unknown("name", name, {"TtsVoice", "TtsGenerator", "TtsThreads", "TtsLexicon", "Debug"});
  }
}

}  // namespace

ModuleConfig ModuleConfig::from_file(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened");
  ModuleConfig config;
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    ClassicInput words(line);
    std::string name, rest;
    if (!(words >> name) || name[0] == '#') continue;
    std::getline(words, rest);
    try {
      set(config, name, unquoted(rest));
    } catch (const Error& e) {
      fail(ErrorCode::kInput, path, ":", number, ": ", e.what());
    }
  }
  return config;
}

}  // namespace tts
