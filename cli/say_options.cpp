#include "cli/say_options.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "cli/console.h"
#include "cli/timings.h"
#include "core/error.h"

namespace tts {
namespace {

// Flags of options.h's table under the names and aliases of the command line.
std::vector<Flag> option_flags() {
  const std::map<std::string, std::string> values = {{"language", "CODE"},
                                                     {"generator", "NAME"},
                                                     {"solver", "NAME"},
                                                     {"sample-rate", "HZ"},
                                                     {"lexicon", "FILE"}};
  std::vector<Flag> flags;
  for (const OptionInfo& option : option_table()) {
    const auto value = values.find(option.name);
    const std::string standard = std::string(" (") + option.standard + ")";
    Flag flag{
        option.name, 0, value == values.end() ? "N" : value->second, option.help + standard, {}};
    if (flag.name == "language") {
      flag.name = "lang";
      flag.aliases = {"language", "language-idx"};
    }
    flags.push_back(flag);
  }
  return flags;
}

LaterFlags later_flags() {
  const std::string cloning = "cloning a voice from a recording";
  return {{"speaker-wav", cloning},
          {"ref-audio", cloning},
          {"ref-text", cloning},
          {"prompt-wav", cloning},
          {"prompt-text", cloning},
          {"speaker", "a voice of several speakers"},
          {"ssml", "SSML"},
          {"duration", "fitting to a time"},
          {"shard", "a sharded batch"},
          {"force", "a resumable batch"},
          {"dry-run", "a resumable batch"}};
}

// `tts book.txt` reads two words aloud, which nobody wants who has such a file.
void look_for_file(const std::string& word, SayMode mode) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(word, ignored)) return;
  if (mode != SayMode::kDocument)
    fail(ErrorCode::kUsage, "\"", word, "\" is a file: give it with -i, or its name is the text");
  note("tts: warning: \"" + word + "\" is a file; its name is spoken, -i would read it");
}

// Where the text comes from: exactly one place.
std::string gather_text(const Arguments& arguments, SayMode mode) {
  const int given = arguments.has("text") + arguments.has("input") + !arguments.words().empty();
  if (given > 1) fail(ErrorCode::kUsage, "give the text once: as words, with -t or with -i");
  if (arguments.has("text")) return arguments.get("text");
  if (arguments.has("input")) return read_text(arguments.get("input"));
  if (arguments.words().empty()) return read_text("-");
  if (arguments.words().size() == 1) look_for_file(arguments.words().front(), mode);
  std::string text;
  for (const auto& word : arguments.words()) text += (text.empty() ? "" : " ") + word;
  return text;
}

void set_speak_options(const Arguments& arguments, SpeakOptions& options) {
  for (const OptionInfo& option : option_table()) {
    const std::string name = option.name;
    for (const auto& value : arguments.all(name == "language" ? "lang" : name)) {
      try {
        set_option(options, name, value);
      } catch (const Error& e) {
        fail(e.code(), "--", e.what());
      }
    }
  }
  if (arguments.has("length-scale")) {
    if (arguments.has("speed")) fail(ErrorCode::kUsage, "give --speed or --length-scale, not both");
    const double scale = std::atof(arguments.get("length-scale").c_str());
    if (!(scale >= 0.5 && scale <= 2)) {
      fail(ErrorCode::kUsage,
           "--length-scale is \"",
           arguments.get("length-scale"),
           "\"; it must be a number from 0.5 to 2");
    }
    options.speed_ratio = 1 / scale;
  }
}

int thread_count(const std::string& value) {
  char* end = nullptr;
  const long threads = std::strtol(value.c_str(), &end, 10);
  if (value.empty() || *end != '\0' || threads < 0 || threads > 1024) {
    fail(ErrorCode::kUsage, "--threads is \"", value, "\"; it must be 0 (all) to 1024");
  }
  return static_cast<int>(threads);
}

void check_raw_name(const std::string& output) {
  static const std::set<std::string> headed = {".wav", ".flac", ".ogg", ".opus", ".mp3"};
  const std::string extension = std::filesystem::path(output).extension();
  if (headed.count(extension) != 0)
    fail(ErrorCode::kUsage, "--raw writes bare samples, but ", output, " names a ", extension);
}

// No -o: a pipe gets the sound; a terminal is never filled with it.
void choose_output(const Arguments& arguments, SayOptions& options) {
  options.output = arguments.get("output");
  if (arguments.has("pipe-out")) options.output = "-";
  if (arguments.has("raw")) options.raw = AudioFormat::kRaw;
  if (options.mode != SayMode::kDocument) {
    if (options.output.empty() || options.output == "-") {
      fail(ErrorCode::kUsage, "--lines and --jsonl make many files: name their folder with -o DIR");
    }
    options.format = arguments.get("format", options.raw ? "raw" : "wav");
    audio_format("x." + options.format);
    if (arguments.has("timings"))
      fail(ErrorCode::kUsage, "--timings describes one output, not --lines or --jsonl");
    return;
  }
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
  if (options.raw && options.output != "-") check_raw_name(options.output);
  options.timings = arguments.get("timings");
  if (!options.timings.empty()) timings_format(options.timings);
}

}  // namespace

Arguments say_arguments() {
  std::vector<Flag> flags = {
      {"output",
       'o',
       "FILE",
       "wav, flac, ogg, opus or mp3 by extension; - is a WAV on stdout",
       {"out-path", "output-file"}},
      {"text", 't', "TEXT", "the text", {}},
      {"input", 'i', "FILE", "a file of text; - is stdin", {"input-file"}},
      {"voice", 'v', "NAME", "a voice of `tts voices`, or its folder", {"model", "model-name"}},
  };
  for (auto& flag : option_flags()) flags.push_back(std::move(flag));
  const std::vector<Flag> more = {
      {"ipa", 0, "", "the text is phonemes (IPA)", {}},
      {"lines", 0, "", "one file per line of text, in the folder -o", {}},
      {"jsonl",
       0,
       "",
       "one file per line of JSON: text, and id, voice, seed, output, speed, …",
       {}},
      {"format", 0, "EXT", "of the files of --lines and --jsonl (wav)", {}},
      {"raw", 0, "", "bare samples: 16 bits, little-endian, one channel", {"output-raw"}},
      {"timings", 0, "FILE", "times of words and phonemes: .json, .srt or .vtt", {}},
      {"threads",
       0,
       "N",
       "sentences made side by side, each by one CPU thread; 0 is one for every CPU (0)",
       {}},
      {"device", 0, "NAME", "cpu or cuda (cpu)", {}},
      {"quiet", 'q', "", "say nothing on stderr but errors", {}},
      {"length-scale", 0, "N", "1 / speed", {}},
      {"pipe-out", 0, "", "the same as -o -", {}},
  };
  flags.insert(flags.end(), more.begin(), more.end());
  return Arguments("tts", flags, later_flags());
}

SayOptions say_options(const Arguments& arguments) {
  SayOptions options;
  if (arguments.has("lines") && arguments.has("jsonl"))
    fail(ErrorCode::kUsage, "give --lines or --jsonl, not both");
  if (arguments.has("lines")) options.mode = SayMode::kLines;
  if (arguments.has("jsonl")) options.mode = SayMode::kJsonLines;
  if (arguments.has("ipa")) options.kind = InputKind::kIpa;
  if (arguments.has("quiet")) be_quiet();
  set_speak_options(arguments, options.speak);
  options.voice = arguments.get("voice");
  options.device = arguments.get("device", "cpu");
  options.threads = thread_count(arguments.get("threads", "0"));
  choose_output(arguments, options);
  options.text = gather_text(arguments, options.mode);
  return options;
}

std::string say_help(const Arguments& arguments) {
  return "Speaks text.\n\n"
         "  tts \"Good morning.\" -o morning.wav              words become a file\n"
         "  tts -i book.txt -o book.mp3 --timings book.srt   a long text, with subtitles\n"
         "  echo Hello | tts -o - | aplay                    a stream\n"
         "  tts --lines -i lines.txt -o folder               a file per line\n"
         "  tts \"Wait [[pause 400ms]] for [[ðˈɪs]].\" -o a.wav   exact pauses and phonemes\n\n"
         "Usage: tts [say] [options] [text …]\n\n" +
         arguments.flag_help() +
         "\nOther commands, each with its own --help:\n"
         "  tts voices                     the voices that are there\n"
         "  tts phonemize TEXT             how a text would be read\n"
         "  tts codec encode|decode        sound to tokens and back\n"
         "  tts train …                    a voice of your own\n"
         "  tts version\n\n"
         "The same text, voice, options and --seed give the same sound. Voices are found on "
         "TTS_VOICE_PATH.\n"
         "Exit codes: 0 done, 1 some items failed, 2 usage, 3 voice, 4 input or output, 130 "
         "interrupted.\n";
}

std::string short_help() {
  return "tts speaks text:  tts \"Good morning.\" -o morning.wav\n"
         "All options:      tts --help\n";
}

}  // namespace tts
