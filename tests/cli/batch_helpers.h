// What the tests of `tts batch` share.
#pragma once
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/program.h"

namespace fs = std::filesystem;

const std::string kBatch = "batch --voice dummy ";
const std::string kTts = TTS_BINARY_DIR "/tts ";

inline std::vector<nlohmann::json> json_lines(const std::string& text) {
  std::vector<nlohmann::json> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(nlohmann::json::parse(line));
  return out;
}

inline std::vector<nlohmann::json> lines_of(const std::string& path) {
  return json_lines(read_file(path));
}

// Name → content of all files but the journals, whose times differ.
inline std::map<std::string, std::string> content_of(const std::string& folder) {
  std::map<std::string, std::string> out;
  if (!fs::exists(folder)) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.find(".journal.") == std::string::npos) out[name] = read_file(entry.path().string());
  }
  return out;
}

inline std::string long_text(int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += "[[aaa]] [[bbb]]. ";
  return text;
}

inline int shell(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
