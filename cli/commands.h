// The subcommands. Each gets argv with its own name as argv[0] and gives the exit code back, or
// throws Error.
#pragma once
#include "cli/train_command.h"

namespace tts {

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

}  // namespace tts
