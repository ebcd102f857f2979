#include "speech_dispatcher/module.h"

#include <cstdlib>
#include <istream>
#include <vector>

#include "core/classic_stream.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr int kDone = 0, kCannotStart = 1, kNoInit = 3;  // exit statuses

std::vector<std::string> words_of(const std::string& line) {
  ClassicInput in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

bool set_level(ModuleLog& log, const std::string& name, const std::string& value) {
  char* end = nullptr;
  const long level = std::strtol(value.c_str(), &end, 10);
  if (name != "log_level" || value.empty() || *end != '\0' || level < 0 || level > 5) return false;
  log.set_level(static_cast<int>(level));
  return true;
}

}  // namespace

int Module::run(const std::string& config_file) {
  std::string line;
  if (!read_line(line) || line != "INIT") {
    log_.note(1, "speech-dispatcher begins with INIT");
    return kNoInit;
  }
  if (!start(config_file)) return kCannotStart;
  while (read_line(line)) {
    if (!obey(line)) break;
  }
  speaker_.reset();
  if (line == "QUIT") wire_.say("210 OK QUIT\n");
  return kDone;
}

bool Module::start(const std::string& config_file) {
  try {
    const ModuleConfig config =
        config_file.empty() ? ModuleConfig() : ModuleConfig::from_file(config_file);
    speaker_ = std::make_unique<ModuleSpeaker>(config, wire_, log_);
    const auto voice = speaker_->voices().first();
    wire_.say("299-tts: voice " + voice + "\n299 OK LOADED SUCCESSFULLY\n");
    return true;
  } catch (const std::exception& e) {
    std::string why = e.what();
    why = why.substr(0, why.find('\n'));
    log_.note(1, why);
    wire_.say("399-" + why + "\n399 ERR CANT INIT MODULE\n");
    return false;
  }
}

bool Module::obey(const std::string& line) {
  if (line == "SPEAK") {
    speak(MessageKind::kText);
  } else if (line == "CHAR") {
    speak(MessageKind::kChar);
  } else if (line == "KEY") {
    speak(MessageKind::kKey);
  } else if (line == "SOUND_ICON") {
    speak(MessageKind::kSoundIcon);
  } else if (line == "STOP") {
    speaker_->stop();
  } else if (line == "PAUSE") {
    speaker_->pause();
  } else if (line == "SET") {
    settings(
        "203 OK RECEIVING SETTINGS\n",
        "203 OK SETTINGS RECEIVED\n",
        [&](const auto& name, const auto& value) { return set_setting(settings_, name, value); });
  } else if (line == "AUDIO") {
    settings("207 OK RECEIVING AUDIO SETTINGS\n",
             "203 OK AUDIO INITIALIZED\n",
             [](const auto& name, const auto& value) {
               return name == "audio_output_method" && value == "server";
             });
  } else if (line == "LOGLEVEL") {
    settings("207 OK RECEIVING LOGLEVEL SETTINGS\n",
             "203 OK LOGLEVEL SET\n",
             [&](const auto& name, const auto& value) { return set_level(log_, name, value); });
  } else if (line.compare(0, 11, "LIST VOICES") == 0) {
    list_voices(line);
  } else if (line.compare(0, 5, "DEBUG") == 0) {
    debug(line);
  } else if (line == "QUIT") {
    return false;
  } else {
    wire_.say("300 ERR UNKNOWN COMMAND\n");
  }
  return true;
}

void Module::speak(MessageKind kind) {
  wire_.say("202 OK RECEIVING MESSAGE\n");
  std::string text;
  if (!read_data(text)) return;
  if (text.empty()) return wire_.say("301 ERROR CANT SPEAK\n");
  if (kind != MessageKind::kText && text.find('\n') != text.npos)
    return wire_.say("305 DATA MORE THAN ONE LINE\n");
  const bool key = kind == MessageKind::kChar || kind == MessageKind::kKey;
  if (key && text == "space") text = " ";
  wire_.say("200 OK SPEAKING\n");
  speaker_->speak(kind, text, settings_);
}

// LIST VOICES [language [variant]]
void Module::list_voices(const std::string& line) {
  std::vector<std::string> words = words_of(line);
  words.resize(4);
  const std::string list = speaker_->voices().list(words[2], words[3]);
  wire_.say(list.empty() ? "304 CANT LIST VOICES\n" : list + "200 OK VOICE LIST SENT\n");
}

// DEBUG ON file, DEBUG OFF
void Module::debug(const std::string& line) {
  const std::vector<std::string> words = words_of(line);
  const bool on = words.size() == 3 && words[1] == "ON";
  if (!on && (words.size() != 2 || words[1] != "OFF")) return wire_.say("302 ERROR BAD SYNTAX\n");
  if (!log_.set_file(on ? words[2] : "")) return wire_.say("303 CANT OPEN CUSTOM DEBUG FILE\n");
  wire_.say("200 OK DEBUGGING " + words[1] + "\n");
}

// Lines name=value; all are taken in, the last wrong one is answered.
template <typename Set>
void Module::settings(const std::string& receiving, const std::string& received, Set set) {
  wire_.say(receiving);
  std::string data, answer = received;
  if (!read_data(data)) return;
  ClassicInput lines(data);
  for (std::string line; std::getline(lines, line);) {
    const size_t equals = line.find('=');
    if (equals == line.npos || equals == 0 || equals + 1 == line.size()) {
      answer = "302 ERROR BAD SYNTAX\n";
    } else if (!set(line.substr(0, equals), line.substr(equals + 1))) {
      answer = "303 ERROR INVALID PARAMETER OR VALUE\n";
      log_.note(2, "not understood: " + line);
    }
  }
  wire_.say(answer);
}

bool Module::read_line(std::string& line) {
  if (std::getline(commands_, line)) return true;
  line.clear();
  return false;
}

bool Module::read_data(std::string& data) {
  bool first = true;
  for (std::string line; read_line(line);) {
    if (line == ".") {
      // The server ends a message by an empty line.
      while (!data.empty() && data.back() == '\n') data.pop_back();
      return true;
    }
    if (!line.empty() && line[0] == '.') line.erase(0, 1);
    data += (first ? "" : "\n") + line;
    first = false;
  }
  return false;
}

}  // namespace tts
