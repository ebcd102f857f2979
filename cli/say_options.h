// What `tts say` was asked to do.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "audio/file.h"
#include "cli/arguments.h"
#include "cli/batch/item.h"
#include "cli/text_input.h"
#include "engine/options.h"
#include "engine/synthesizer.h"

namespace tts {

enum class SayMode { kDocument, kLines, kJsonLines };

struct SayOptions {
  SayMode mode = SayMode::kDocument;
  InputKind kind = InputKind::kPlain;
  SpeakOptions speak;
  WrittenOptions written;  // what of `speak` was given
  std::string voice;       // "" is the default
  std::string device = "cpu";
  int threads = 0;                   // 0: all
  std::string text;                  // the document, or the lines
  std::shared_ptr<TextInput> input;  // the document instead, read while it is spoken
  std::string output;                // a file, "-", or the folder of --lines and --jsonl
  std::string format = "wav";        // extension of the files of --lines and --jsonl
  std::optional<AudioFormat> raw;    // kRaw with --raw
  std::string timings;               // "" is none
};

std::vector<Flag> say_flags();
Arguments say_arguments();

// What requests of every kind take: how texts are spoken, by whom and on what. Throws
// Error(kUsage).
SayOptions request_options(const Arguments& arguments);

// That the folder of many files is not called as a sound, "x.wav". Throws Error(kUsage).
void check_folder_name(const std::string& output);

// --format and --raw of many files. Throws Error(kUsage).
void choose_format(const Arguments& arguments, SayOptions& options);

// Reads the text, too, or opens what it is read from. Throws Error: kUsage, kInput.
SayOptions say_options(const Arguments& arguments);

// What --help shows; `short_help` when nothing was given on a terminal.
std::string say_help(const Arguments& arguments);
std::string short_help();

}  // namespace tts
