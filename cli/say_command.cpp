#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "audio/file.h"
#include "audio/output_file.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/say_batch.h"
#include "cli/say_options.h"
#include "cli/timings.h"
#include "cli/verdicts.h"
#include "core/error.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

void warn(const std::string& message) {
  note("tts: warning: " + message);
}

AudioWriter open_writer(const SayOptions& options, int sample_rate_hz) {
  if (options.raw) return AudioWriter(options.output, sample_rate_hz, *options.raw);
  return AudioWriter(options.output, sample_rate_hz);
}

// Nothing is markup without being asked for, but nobody wants to hear tags.
void hint_at_markup(std::string_view text, InputKind kind) {
  const size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (kind == InputKind::kSsml || first == text.npos) return;
  text.remove_prefix(first);
  if (text.substr(0, 6) == "<speak" || text.substr(0, 5) == "<?xml")
    warn("the text looks like SSML; its tags are read aloud without --ssml");
}

void write_timings(const SayOptions& options, const Timings& timings, int sample_rate_hz) {
  if (options.timings.empty()) return;
  OutputFile file(options.timings, false);
  const std::string& text = options.input ? options.input->text() : options.text;
  const std::string content =
      timings.write(timings_format(options.timings),
                    options.kind == InputKind::kSsml ? without_markup(text) : text,
                    sample_rate_hz);
  file.write(content.data(), content.size());
  file.finish();
}

// → the exit code.
int say_document(const SayOptions& options) {
  if (!options.input && is_blank(options.text)) throw EmptyText();
  start_engine(1);
  const auto voice = Voice::open(options.voice, {options.device, options.threads});
  const Synthesizer synthesizer(voice, options.speak);
  if (options.input && !options.input->wait_for_text()) throw EmptyText();
  hint_at_markup(options.input ? options.input->text() : options.text, options.kind);
  AudioWriter out = open_writer(options, synthesizer.sample_rate_hz());
  note("voice " + voice->manifest().name + ", seed " + std::to_string(synthesizer.seed()));
  Timings timings;
  Verdicts verdicts;
  const auto sink = [&](const Event& event) {
    if (event.kind == EventKind::kAudio) out.write(event.audio);
    if (event.kind == EventKind::kWarning) warn(event.text);
    if (!options.timings.empty()) timings.add(event);
    verdicts.add(event);
  };
  if (options.input) {
    synthesizer.speak(*options.input, options.kind, sink, interrupted());
  } else {
    synthesizer.speak(options.text, options.kind, sink, interrupted());
  }
  write_timings(options, timings, synthesizer.sample_rate_hz());
  out.finish();
  return verdicts.flagged() > 0 ? kExitFlagged : 0;
}

}  // namespace

int help_command(int argc, char** argv) {
  const auto command = argc == 2 ? commands().find(argv[1]) : commands().end();
  if (command != commands().end() && command->first != "help") {
    std::string flag = "--help";
    char* words[] = {argv[1], flag.data(), nullptr};
    return command->second.run(2, words);
  }
  Arguments arguments("tts help", {});
  arguments.parse(argc, argv);
  arguments.no_words();
  print(say_help(say_arguments()));
  return 0;
}

int say_command(int argc, char** argv) {
  interrupted();
  if (argc <= 1 && is_terminal(STDIN_FILENO)) {
    std::fputs(short_help().c_str(), stderr);
    return exit_code(ErrorCode::kUsage);
  }
  Arguments arguments = say_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(say_help(arguments));
    return 0;
  }
  const SayOptions options = say_options(arguments);
  if (options.mode != SayMode::kDocument) return say_batch(options);
  return say_document(options);
}

}  // namespace tts
