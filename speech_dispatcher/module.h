// An output module of speech-dispatcher: its commands on a stream, answers and events on a wire, as
// its manual describes them ("Output modules"). The sound goes through the server (0.11 and later).
#pragma once
#include <iosfwd>
#include <memory>
#include <string>

#include "speech_dispatcher/module_log.h"
#include "speech_dispatcher/module_speaker.h"
#include "speech_dispatcher/wire.h"

namespace tts {

class Module {
 public:
  Module(std::istream& commands, Wire& wire) : commands_(commands), wire_(wire) {}

  // INIT, then commands to QUIT or the end of the stream. → the program's exit status
  int run(const std::string& config_file);

 private:
  bool start(const std::string& config_file);
  bool obey(const std::string& line);  // false: QUIT
  void speak(MessageKind kind);
  void list_voices(const std::string& line);
  void debug(const std::string& line);
  template <typename Set>
  void settings(const std::string& receiving, const std::string& received, Set set);
  bool read_line(std::string& line);
  bool read_data(std::string& data);  // the lines up to "."

  std::istream& commands_;
  Wire& wire_;
  ModuleLog log_;
  Settings settings_;
  std::unique_ptr<ModuleSpeaker> speaker_;
};

}  // namespace tts
