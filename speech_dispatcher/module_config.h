// tts.conf, the file that speech-dispatcher gives the module: a name and a value per line, "#" for
// comments.
#pragma once
#include <string>
#include <vector>

namespace tts {

struct ModuleConfig {
  std::string voice;                  // TtsVoice; "": the default voice
  std::string generator;              // TtsGenerator; "": the voice's
  int threads = 1;                    // TtsThreads: sentences made side by side; 0: all CPUs
  std::vector<std::string> lexicons;  // TtsLexicon, may be repeated

  // Throws Error(kInput) naming file, line, name and choices. Debug is speech-dispatcher's own.
  static ModuleConfig from_file(const std::string& path);
};

}  // namespace tts
