#include "cli/say_options.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

#include "cli/console.h"
#include "cli/given_text.h"
#include "cli/option_flags.h"
#include "cli/timings.h"
#include "cli/verdicts.h"
#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

LaterFlags later_flags() {
  return {{"speaker", "a voice of several speakers"}};
}

// piper's name for the inverse of the speed.
OptionInfo length_scale() {
  OptionInfo option = option_named("speed");
  std::swap(option.lowest, option.highest);
  option.lowest = 1 / option.lowest;
  option.highest = 1 / option.highest;
  option.name = "length-scale";
  option.help = "1 / speed";
  return option;
}

void set_speak_options(const Arguments& arguments, SayOptions& say) {
  SpeakOptions& options = say.speak;
  for (const OptionInfo& option : option_table()) {
    const std::string name = option.name;
    for (const auto& value : arguments.all(name == "language" ? "lang" : name)) {
      parse_flag([&] { set_option(options, name, value); });
      say.written[name].push_back(value);
    }
  }
  if (arguments.has("length-scale")) {
    if (arguments.has("duration"))
      fail(ErrorCode::kUsage, "give --duration or --length-scale, not both");
    if (arguments.has("speed")) fail(ErrorCode::kUsage, "give --speed or --length-scale, not both");
    options.speed_ratio =
        1 / parse_flag([&] { return parse_number(length_scale(), arguments.get("length-scale")); });
    say.written["length-scale"] = {arguments.get("length-scale")};
  }
}

// Raw samples under the name of a format with a header would be played as noise.
void check_raw_name(const std::string& what, const std::string& extension) {
  const auto format = format_of_extension(extension);
  if (format && *format != AudioFormat::kRaw)
    fail(ErrorCode::kUsage, "--raw writes bare samples, but ", what, " names a .", extension);
}

std::string extension_of(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension();
  return extension.empty() ? "" : extension.substr(1);
}

// --lines and --jsonl.
void choose_folder(const Arguments& arguments, SayOptions& options) {
  if (options.output.empty() || options.output == "-")
    fail(ErrorCode::kUsage, "--lines and --jsonl make many files: name their folder with -o DIR");
  check_folder_name(options.output);
  if (arguments.has("timings"))
    fail(ErrorCode::kUsage, "--timings describes one output, not --lines or --jsonl");
  choose_format(arguments, options);
}

// No -o: a pipe gets the sound; a terminal is never filled with it.
void choose_output(const Arguments& arguments, SayOptions& options) {
  options.output = arguments.get("output");
  if (arguments.has("output") && options.output.empty())
    fail(ErrorCode::kUsage, "--output is empty; name a file, or - for stdout");
  if (arguments.has("pipe-out")) {
    if (arguments.has("output")) fail(ErrorCode::kUsage, "give --output or --pipe-out, not both");
    options.output = "-";
  }
  if (arguments.has("raw")) options.raw = AudioFormat::kRaw;
  if (options.mode != SayMode::kDocument) return choose_folder(arguments, options);
  if (arguments.has("format"))
    fail(ErrorCode::kUsage, "--format is for --lines and --jsonl; -o says it by extension");
  if (options.output.empty()) {
    if (is_terminal(STDOUT_FILENO)) {
      fail(ErrorCode::kUsage,
           "where to? Name a file with -o out.wav, or pipe the sound into a player");
    }
    options.output = "-";
  }
  if (!options.raw) audio_format(options.output);
  if (options.raw && options.output != "-")
    check_raw_name(options.output, extension_of(options.output));
  options.timings = arguments.get("timings");
  if (!options.timings.empty()) timings_format(options.timings);
}

}  // namespace

void check_folder_name(const std::string& output) {
  const std::string extension = extension_of(output);
  if (format_of_extension(extension) && !std::filesystem::is_directory(output)) {
    fail(ErrorCode::kUsage,
         "-o ",
         output,
         " would be a folder of many files; name it without .",
         extension,
         ", which --format says");
  }
}

void choose_format(const Arguments& arguments, SayOptions& options) {
  if (arguments.has("raw")) options.raw = AudioFormat::kRaw;
  options.format = arguments.get("format", options.raw ? "raw" : "wav");
  if (!format_of_extension(options.format))
    fail(ErrorCode::kUsage,
         "--format is \"",
         options.format,
         "\"; known: ",
         join(audio_extensions()));
  if (options.raw) check_raw_name("--format", options.format);
}

std::vector<Flag> say_flags() {
  std::vector<Flag> flags = {
      {"output",
       'o',
       "FILE",
       "wav, flac, ogg, opus or mp3 by extension; - is a WAV on stdout",
       {"out-path", "output-file"}},
      {"text", 't', "TEXT", "the text", {}},
      {"input", 'i', "FILE", "a file of text; - is stdin", {"input-file"}},
      {"voice",
       'v',
       "NAME",
       "a voice of `tts voices`, its folder, or a file *.voice",
       {"model", "model-name"}},
  };
  for (const OptionInfo& option : option_table()) flags.push_back(option_flag(option));
  const std::vector<Flag> more = {
      {"ipa", 0, "", "the text is phonemes (IPA)", {}},
      {"ssml", 0, "", "the text is SSML (docs/ssml.md)", {}},
      {"markdown", 0, "", "the text is Markdown", {}},
      {"html", 0, "", "the text is HTML", {}},
      {"verbatim",
       0,
       "",
       "every sign of the text is read, where else what plainly is Markdown or HTML is read as "
       "such",
       {}},
      {"lines", 0, "", "one file per line of text, in the folder -o", {}},
      {"jsonl",
       0,
       "",
       "one file per line of JSON: text, and id, output, voice, seed, speed, …",
       {}},
      {"format",
       0,
       "EXT",
       "of the files of --lines and --jsonl: " + join(audio_extensions()) + " (wav)",
       {},
       false,
       audio_extensions()},
      {"raw", 0, "", "bare samples: 16 bits, little-endian, one channel", {"output-raw"}},
      {"timings", 0, "FILE", "times of words and phonemes: .json, .srt or .vtt", {}},
      threads_flag(),
      device_flag(),
      {"quiet", 'q', "", "say nothing on stderr but errors", {}},
      {"length-scale", 0, "N", help_of(length_scale()), {}},
      {"pipe-out", 0, "", "the same as -o -", {}},
  };
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

Arguments say_arguments() {
  return Arguments("tts", say_flags(), later_flags());
}

// A flag for every kind but the usual one.
InputKind kind_of(const Arguments& arguments) {
  std::vector<std::string> given;
  for (const auto& name : input_kinds()) {
    if (input_kind(name) != InputKind::kPlain && arguments.has(name)) given.push_back(name);
  }
  if (given.size() > 1)
    fail(ErrorCode::kUsage, "give --", given[0], " or --", given[1], ", not both");
  return given.empty() ? InputKind::kPlain : input_kind(given[0]);
}

SayOptions request_options(const Arguments& arguments) {
  SayOptions options;
  options.kind = kind_of(arguments);
  if (arguments.has("quiet")) be_quiet();
  set_speak_options(arguments, options);
  options.voice = arguments.get("voice");
  options.device = arguments.get("device", "cpu");
  options.threads = threads_of(arguments);
  return options;
}

SayOptions say_options(const Arguments& arguments) {
  if (arguments.has("lines") && arguments.has("jsonl"))
    fail(ErrorCode::kUsage, "give --lines or --jsonl, not both");
  SayOptions options = request_options(arguments);
  if (arguments.has("lines")) options.mode = SayMode::kLines;
  if (arguments.has("jsonl")) options.mode = SayMode::kJsonLines;
  choose_output(arguments, options);
  const auto file = given_file(arguments);
  if (file && options.mode == SayMode::kDocument) {
    options.input = std::make_shared<TextInput>(*file, interrupted());
    const bool in_pieces = *file == "-" && options.output == "-";
    if (in_pieces && !arguments.has("first-clause"))
      options.speak.first_clause_words = kFirstClauseWords;
  } else {
    options.text = given_text(arguments, options.mode != SayMode::kDocument);
  }
  return options;
}

std::string say_help(const Arguments& arguments) {
  return "Speaks text.\n\n"
         "  tts \"Good morning.\" -o morning.wav              words become a file\n"
         "  tts -i book.txt -o book.mp3 --timings book.srt   a long text, with subtitles\n"
         "  echo Hello | tts -o - | aplay                    a stream\n"
         "  tts --lines -i lines.txt -o folder               a file per line\n"
         "  tts --voice kerstin --prompt-wav me.wav \"Hallo.\" -o h.wav   as the person in a "
         "recording\n"
         "  tts \"Wait [[pause 400ms]] for [[ðˈɪs]].\" -o a.wav   exact pauses and phonemes\n\n"
         "Usage: tts [say] [options] [text …]\n\n" +
         arguments.flag_help() +
         "\nOther commands, each with its own --help:\n"
         "  tts batch                      many files: resumes, shards, subtitles, chapters\n"
         "  tts voices                     the voices that are there\n"
         "  tts voice make|random|blend    a voice file of recordings, of nobody, of two voices\n"
         "  tts phonemize TEXT             how a text would be read\n"
         "  tts codec encode|decode        sound to tokens and back\n"
         "  tts edit                       other words in a recording\n"
         "  tts listen                     what phones a recording says, and how well a text\n"
         "  tts serve                      speech over HTTP, and a page to try it\n"
         "  tts train …                    a voice of your own\n"
         "  tts manual, completions        the manual page; scripts for bash, zsh and fish\n"
         "  tts version\n\n"
         "The same text, voice, options and --seed give the same sound. Voices are found on "
         "TTS_VOICE_PATH.\n"
         "Exit codes: " +
         kExitCodes + ".\n";
}

std::string short_help() {
  return "tts speaks text:  tts \"Good morning.\" -o morning.wav\n"
         "All options:      tts --help\n";
}

}  // namespace tts
