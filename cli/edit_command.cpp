#include <set>

#include "audio/file.h"
#include "audio/output_file.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/option_flags.h"
#include "cli/timings.h"
#include "core/error.h"
#include "core/number_text.h"
#include "engine/editor.h"

namespace tts {
namespace {

// Options of a request that mean something to an edit: speed, pitch and energy are the recording's.
bool is_edit_option(const OptionInfo& option) {
  static const std::set<std::string> names = {"language",
                                              "generator",
                                              "durations",
                                              "duration-temperature",
                                              "seed",
                                              "lexicon",
                                              "prompt-wav"};
  const std::string name = option.name;
  if (name.rfind("pointer", 0) == 0) return false;  // an edit fits a gap of known length
  return option.of_generator || names.count(option.name) > 0;
}

std::string flag_name(const OptionInfo& option) {
  return option.name == std::string("language") ? "lang" : option.name;
}

Arguments edit_arguments() {
  std::vector<Flag> flags = {
      {"text", 't', "TEXT", "what the recording says", {}},
      {"replace", 0, "OLD=NEW", "words of the text, and what to say instead", {}},
      {"insert-after", 0, "WORDS=NEW", "words of the text, and what to say behind them", {}},
      {"delete", 0, "WORDS", "words of the text to take out", {}},
      {"occurrence", 0, "N", "which of several equal places in the text, from 1", {}},
      {"output", 'o', "FILE", "wav, flac, …; - is stdout", {}},
      {"timings", 0, "FILE", "when each word is said now: .json, .srt or .vtt", {}},
      {"voice", 'v', "NAME", "a voice like the recording's", {}},
      {"ear", 0, "DIR", "a recogniser's folder (voices/ear)", {}},
      threads_flag(),
      device_flag()};
  for (const OptionInfo& option : option_table()) {
    if (is_edit_option(option)) flags.push_back(option_flag(option));
  }
  return Arguments("tts edit", flags);
}

// "old words=new words", at its first "=".
void split_words(const std::string& flag, const std::string& value, TextEdit& edit) {
  const size_t equals = value.find('=');
  if (equals == std::string::npos)
    fail(ErrorCode::kUsage, "--", flag, " is \"", value, "\"; it must be \"words=new words\"");
  edit.words = value.substr(0, equals);
  edit.with = value.substr(equals + 1);
}

TextEdit text_edit(const Arguments& arguments) {
  using Kind = TextEdit::Kind;
  TextEdit edit;
  int count = 0;
  for (const auto& [flag, kind] : {std::pair<const char*, Kind>{"replace", Kind::kReplace},
                                   {"insert-after", Kind::kInsertAfter},
                                   {"delete", Kind::kDelete}}) {
    if (!arguments.has(flag)) continue;
    ++count;
    edit.kind = kind;
    edit.words = arguments.get(flag);
    if (kind != Kind::kDelete) split_words(flag, arguments.get(flag), edit);
  }
  if (count != 1)
    fail(ErrorCode::kUsage, "give one of --replace, --insert-after and --delete, not ", count);
  if (arguments.has("occurrence")) {
    const OptionInfo option{"occurrence", OptionType::kInteger, 1, 100000, "", "", false};
    edit.occurrence = static_cast<int>(
        parse_flag([&] { return parse_integer(option, arguments.get("occurrence")); }));
  }
  return edit;
}

void check_usage(const Arguments& arguments) {
  if (arguments.words().size() != 1)
    fail(ErrorCode::kUsage, "give one recording: tts edit IN.wav --text … --replace … -o OUT.wav");
  for (const char* name : {"text", "output"}) {
    if (!arguments.has(name)) fail(ErrorCode::kUsage, "tts edit: --", name, " is missing");
  }
}

void write_words(const Arguments& arguments, const EditedRecording& edited) {
  if (!arguments.has("timings")) return;
  const std::string path = arguments.get("timings");
  const TimingsFormat format = timings_format(path);
  Timings timings;
  for (const auto& event : edited.events) timings.add(event);
  OutputFile file(path, false);
  const std::string content = timings.write(format, edited.text, edited.wave.sample_rate_hz);
  file.write(content.data(), content.size());
  file.finish();
}

std::string at_seconds(SampleSpan span, int rate_hz) {
  const auto seconds = [&](int64_t sample) {
    return fixed_text(static_cast<double>(sample) / rate_hz, 2);
  };
  return seconds(span.begin) + " to " + seconds(span.end) + " s";
}

}  // namespace

int edit_command(int argc, char** argv) {
  interrupted();
  Arguments arguments = edit_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Other words in a recording, all else as it was (docs/editing.md).\n\n"
        "  tts edit in.wav --text \"We meet on Monday.\" --replace \"Monday=Friday\" -o out.wav\n"
        "  tts edit in.wav --text \"We meet on Monday.\" --insert-after \"Monday=at noon\" -o "
        "out.wav\n"
        "  tts edit in.wav --text \"We meet on Monday.\" --delete \"on Monday\" -o out.wav\n\n" +
        arguments.flag_help());
    return 0;
  }
  check_usage(arguments);
  const TextEdit edit = text_edit(arguments);
  SpeakOptions options;
  for (const OptionInfo& option : option_table()) {
    if (!is_edit_option(option)) continue;
    for (const auto& value : arguments.all(flag_name(option)))
      parse_flag([&] { set_option(options, option.name, value); });
  }
  if (arguments.has("timings")) timings_format(arguments.get("timings"));
  const std::string text = arguments.get("text");
  changed_text(text, edit);  // wrong words are said before anything is loaded
  const Waveform recording = read_audio(arguments.words()[0]);
  start_engine(threads_of(arguments));
  const auto voice = Voice::open(arguments.get("voice"), {arguments.get("device", "cpu"), 1});
  const Editor editor(voice, Ear::open(arguments.get("ear")), options);
  note("voice " + voice->manifest().name + ", seed " + std::to_string(editor.seed()));
  const EditedRecording edited = editor.edit(recording, text, edit, interrupted());
  for (const auto& event : edited.events) {
    if (event.kind == EventKind::kWarning) note("tts: warning: " + event.text);
  }
  const int rate = edited.wave.sample_rate_hz;
  note(at_seconds(edited.removed, rate) + " became " + at_seconds(edited.added, rate) + ": " +
       edited.text);
  write_words(arguments, edited);
  AudioWriter out(arguments.get("output"), rate);
  out.write(edited.wave.samples);
  out.finish();
  return 0;
}

}  // namespace tts
