#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "core/error.h"
#include "core/join.h"
#include "core/voice_manifest.h"
#include "engine/voice.h"
#include "engine/voice_file.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

std::string padded(std::string text, size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

// Its own comes first.
std::vector<std::string> languages_of(const nlohmann::json& voice) {
  std::vector<std::string> out = {voice["language"].get<std::string>()};
  for (const std::string language : voice["languages"]) {
    if (language != out[0]) out.push_back(language);
  }
  return out;
}

std::string to_line(const nlohmann::json& voice) {
  const std::string start = padded(voice["name"], 16);
  if (voice.contains("error"))
    return start + "cannot be used: " + voice["error"].get<std::string>() + "\n";
  return start + padded(join(languages_of(voice)), 16) +
         padded(join(voice["generators"].get<std::vector<std::string>>()), 20) +
         padded(join(voice["durations"].get<std::vector<std::string>>()), 16) +
         voice["folder"].get<std::string>() + "\n";
}

}  // namespace

int voices_command(int argc, char** argv) {
  Arguments arguments("tts voices", {{"json", 0, "", "as JSON", {}}});
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Lists the voices: name, languages (its own first), generators, durations, folder or voice "
        "file. They are "
        "found in "
        "the folders of\n"
        "TTS_VOICE_PATH, beside the program, in share/tts/voices and in ./voices.\n\n" +
        arguments.flag_help());
    return 0;
  }
  arguments.no_words();
  nlohmann::json list = nlohmann::json::array();
  for (const auto& found : list_voices()) list.push_back(description_of(found));
  if (arguments.has("json")) {
    print(list.dump(1) + "\n");
    return 0;
  }
  for (const auto& voice : list) print(to_line(voice));
  return 0;
}

}  // namespace tts
