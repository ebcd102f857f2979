#include "cli/commands.h"

namespace tts {

const std::map<std::string, CommandEntry>& commands() {
  static const std::map<std::string, CommandEntry> table = {
      {"train", {train_command, "a voice of your own", true}},
#ifndef TTS_TRAIN_ONLY
      {"say", {say_command, "speaks a text; without a command, too", true}},
      {"batch", {batch_command, "many files: resumes, shards, subtitles, chapters", true}},
      {"voices", {voices_command, "the voices that are there"}},
      {"voice", {voice_command, "a voice file of recordings, of nobody, of two voices", true}},
      {"phonemize", {phonemize_command, "how a text would be read"}},
      {"codec", {codec_command, "sound to tokens and back", true}},
      {"listen", {listen_command, "what phones a recording says, and how well a text", true}},
      {"edit", {edit_command, "other words in a recording", true}},
      {"serve", {serve_command, "OpenAI's speech API and a page, over HTTP"}},
      {"version", {version_command, "the versions of tts and LibTorch"}},
      {"help", {help_command, "the options of say, or of another command"}},
      {"completions",
       {completions_command, "a script for a shell that completes commands and options"}},
      {"manual", {manual_command, "the manual page, for man -l -"}},
      {"-V", {version_command, ""}},
      {"--version", {version_command, ""}},
      {"--list-models", {voices_command, ""}},
      {"--list_models", {voices_command, ""}},
      {"--list-voices", {voices_command, ""}},
#endif
  };
  return table;
}

}  // namespace tts
