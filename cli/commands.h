// The subcommands. Each gets argv with its own name as argv[0] and gives the exit code back, or
// throws Error.
#pragma once
#include <map>
#include <string>

#include "cli/train_command.h"

namespace tts {

using Command = int (*)(int argc, char** argv);

struct CommandEntry {
  Command run;
  const char* summary;      // "" of another name for a command
  bool takes_long = false;  // it may work for minutes
};

const std::map<std::string, CommandEntry>& commands();

int say_command(int argc, char** argv);
int batch_command(int argc, char** argv);
int voices_command(int argc, char** argv);
int voice_command(int argc, char** argv);
int phonemize_command(int argc, char** argv);
int codec_command(int argc, char** argv);
int listen_command(int argc, char** argv);
int edit_command(int argc, char** argv);
int serve_command(int argc, char** argv);
int version_command(int argc, char** argv);
int help_command(int argc, char** argv);
int completions_command(int argc, char** argv);
int manual_command(int argc, char** argv);

}  // namespace tts
