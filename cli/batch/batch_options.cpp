#include "cli/batch/batch_options.h"

#include <cstdlib>

#include "cli/option_flags.h"
#include "cli/verdicts.h"
#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

// "2/8". Throws Error(kUsage).
void read_shard(const std::string& written, BatchOptions& options) {
  const size_t slash = written.find('/');
  const auto number = [&](const std::string& digits) -> size_t {
    const bool fits = !digits.empty() && digits.size() < 9 &&
                      digits.find_first_not_of("0123456789") == digits.npos;
    return fits ? std::stoul(digits) : 0;
  };
  options.shard = number(written.substr(0, slash));
  options.shards = slash == written.npos ? 0 : number(written.substr(slash + 1));
  if (options.shard < 1 || options.shard > options.shards) {
    fail(ErrorCode::kUsage,
         "--shard is \"",
         written,
         "\"; it must be I/N, the I-th of N parts, from 1/N to N/N");
  }
}

// Beside the sounds, one for each shard: shards may run at the same time on many machines.
std::string beside_sounds(const BatchOptions& options, const char* stem, const char* extension) {
  const std::string part = options.shards == 1 ? ""
                                               : "-" + std::to_string(options.shard) + "-of-" +
                                                     std::to_string(options.shards);
  return options.say.output + "/" + stem + part + extension;
}

// A night's work is not listened to as it is made.
OptionInfo check_option() {
  OptionInfo option = option_named("check");
  option.standard = "retry";
  return option;
}

}  // namespace

Arguments batch_arguments() {
  std::vector<Flag> flags = {
      {"output", 'o', "DIR", "the folder of the sounds, the journal and the results", {"out-path"}},
      {"input", 'i', "FILE", "the same as a word: a file, folder or pattern; - is stdin", {}, true},
      {"lines", 0, "", "text files have an item per line", {}},
      {"jsonl", 0, "", "all files have an item per line of JSON: text, id, voice, seed, …", {}},
      {"chapters", 0, "", "text files are books: an item per chapter", {}},
      {"shard", 0, "I/N", "only the I-th of N parts of the items", {}},
      {"force", 0, "", "make what was made before, too", {}},
      {"strict",
       0,
       "",
       "subtitles with a bad cue fail, instead of being mended with a warning",
       {}},
      {"dry-run", 0, "", "make nothing: JSON on stdout says how much there is to do", {}},
      {"journal", 0, "FILE", "instead of DIR/batch.journal.jsonl", {}},
      {"results", 0, "FILE", "instead of DIR/results.jsonl; - is stdout, line by line", {}},
      batch_size_flag(),
      {"format",
       0,
       "EXT",
       "of the sounds: " + join(audio_extensions()) + " (wav)",
       {},
       false,
       audio_extensions()}};
  const std::vector<std::string> others = {
      "output", "input", "text", "lines", "jsonl", "format", "timings", "pipe-out"};
  for (auto& flag : say_flags()) {
    if (flag.name == "check") flag = option_flag(check_option());
    if (!contains(others, flag.name)) flags.push_back(std::move(flag));
  }
  return Arguments("tts batch", flags);
}

BatchOptions batch_options(const Arguments& arguments) {
  BatchOptions options;
  options.lines = arguments.has("lines");
  options.json_lines = arguments.has("jsonl");
  options.chapters = arguments.has("chapters");
  if (options.lines + options.json_lines + options.chapters > 1)
    fail(ErrorCode::kUsage, "give one of --lines, --jsonl and --chapters");
  options.say = request_options(arguments);
  if (!arguments.has("check")) {
    const OptionInfo option = check_option();
    set_option(options.say.speak, option.name, option.standard);
    options.say.written[option.name] = {option.standard};
  }
  options.say.output = arguments.get("output");
  if (options.say.output.empty() || options.say.output == "-")
    fail(ErrorCode::kUsage, "a batch makes many files: name their folder with -o DIR");
  check_folder_name(options.say.output);
  choose_format(arguments, options.say);
  options.inputs = arguments.words();
  for (const auto& input : arguments.all("input")) options.inputs.push_back(input);
  if (options.inputs.empty()) {
    fail(ErrorCode::kUsage,
         "nothing to read: name files, folders or patterns; - is stdin. See `tts batch --help`");
  }
  if (arguments.has("shard")) read_shard(arguments.get("shard"), options);
  options.batches = batches_of(arguments);
  options.force = arguments.has("force");
  options.strict = arguments.has("strict");
  options.dry_run = arguments.has("dry-run");
  options.journal = arguments.get("journal", beside_sounds(options, "batch", ".journal.jsonl"));
  options.results = arguments.get("results", beside_sounds(options, "results", ".jsonl"));
  return options;
}

std::string batch_help(const Arguments& arguments) {
  return "Makes many sounds, and goes on where it was stopped.\n\n"
         "  tts batch texts/ -o sounds                       a file per text\n"
         "  tts batch --lines lines.txt -o sounds            a file per line\n"
         "  tts batch requests.jsonl -o sounds               each item with options of its own\n"
         "  tts batch film.srt -o sounds                     one sound, cues at their times\n"
         "  tts batch book.md -o sounds                      a file per chapter, with marks\n"
         "  tts batch 'texts/*.txt' -o sounds --shard 1/8    an eighth of the items\n\n"
         "Usage: tts batch [options] -o DIR INPUT…\n\n" +
         arguments.flag_help() +
         "\nBy extension: .txt is a text (with --ssml .ssml, too), .md a book, .jsonl requests, "
         ".srt and .vtt subtitles.\n"
         "Every finished item is a line in the journal: the same command makes what is missing or "
         "has changed.\n"
         "Exit codes: " +
         kExitCodes + ".\n";
}

}  // namespace tts
