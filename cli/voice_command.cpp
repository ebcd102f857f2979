// tts voice make|random|blend|show|check: portable voice files (docs/speakers.md).
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/description.h"
#include "cli/option_flags.h"
#include "cli/voice_text.h"
#include "core/error.h"
#include "core/known_names.h"
#include "engine/dummy.h"
#include "engine/synthesizer.h"
#include "engine/voice_maker.h"
#include "engine/voice_search.h"
#include "text/symbols.h"

namespace tts {
namespace {

std::vector<Flag> with_recipe(std::vector<Flag> flags) {
  const std::vector<Flag> recipe = {
      {"output", 'o', "FILE", "the voice file, *.voice", {}},
      {"name", 0, "NAME", "of the voice (the file's)", {}},
      {"language", 0, "CODE", "spoken unless another is asked for (that of --voice)", {"lang"}},
      {"licence", 0, "TEXT", "one line: what others may do with the voice", {"license"}}};
  flags.insert(flags.end(), recipe.begin(), recipe.end());
  return flags;
}

// What the file will say of itself, wherever it goes.
VoiceRecipe recipe_of(const Arguments& arguments) {
  const std::string output = arguments.get("output");
  if (!has_voice_extension(output)) {
    fail(ErrorCode::kUsage,
         output.empty() ? "name the voice file with -o NAME.voice"
                        : output + ": must end in .voice; a voice file is known by that");
  }
  VoiceRecipe recipe;
  recipe.name = arguments.get("name", std::filesystem::path(output).stem().string());
  recipe.language = arguments.get("language");
  recipe.licence = arguments.get("licence");
  if (!is_voice_name(recipe.name)) {
    fail(ErrorCode::kUsage,
         "the name is \"",
         recipe.name,
         "\"; it must be 1 to 64 letters, digits, - or _: give one with --name");
  }
  if (recipe.licence.find('\n') != std::string::npos)
    fail(ErrorCode::kUsage, "--licence must be one line");
  return recipe;
}

VoiceSource open_named(const std::string& name) {
  const std::string place = find_voice(name);
  if (place.empty()) require_promptable(dummy_manifest());
  VoiceSource voice = open_voice_source(place);
  require_promptable(voice.manifest);
  return voice;
}

// A voice to make others with: --voice, else the default one or the first of the path with a base.
VoiceSource model_voice(const Arguments& arguments) {
  if (arguments.has("voice")) return open_named(arguments.get("voice"));
  std::vector<FoundVoice> all = list_voices();
  all.insert(all.begin(), {"", find_voice("")});
  for (const auto& found : all) {
    if (found.folder.empty() || has_voice_extension(found.folder)) continue;
    try {
      VoiceSource voice = open_voice_source(found.folder);
      if (!voice.base.empty()) return voice;
    } catch (const Error&) {  // `tts voices` tells what is wrong with it
    }
  }
  return open_named("");
}

void write(const Arguments& arguments, const VoiceFile& file) {
  const std::string path = arguments.get("output");
  write_voice_file(path, file);
  const auto hz = std::lround(std::exp(file.traits.statistics.log_f0_mean));
  note("voice " + file.name + ": " + file.origin + ", " + file.language + ", " +
       std::to_string(hz) + " Hz; try: tts --voice " + path + " \"" +
       (language_family(file.language) == "en" ? "Hello." : "Hallo.") + "\" -o hello.wav");
}

std::vector<PromptSource> sources_of(const std::vector<std::string>& paths) {
  std::vector<PromptSource> sources;
  for (const auto& path : paths) sources.push_back({path, nullptr});
  return sources;
}

void make(const Arguments& arguments) {
  arguments.no_words();
  const VoiceRecipe recipe = recipe_of(arguments);
  const std::vector<std::string> paths = arguments.all("prompt-wav");
  if (paths.empty()) fail(ErrorCode::kUsage, "give at least one recording: --prompt-wav me.wav");
  const VoiceSource voice = model_voice(arguments);
  const auto heard = Listener(*voice.files, voice.manifest).hear(sources_of(paths));
  for (const auto& warning : heard->warnings) note("tts: warning: " + warning);
  const auto texts = arguments.all("prompt-text");
  write(arguments, voice_of_prompts(voice, *heard, texts, recipe, interrupted()));
}

void random(const Arguments& arguments) {
  arguments.no_words();
  const VoiceRecipe recipe = recipe_of(arguments);
  SpeakOptions seed;
  if (arguments.has("seed")) parse_flag([&] { set_option(seed, "seed", arguments.get("seed")); });
  const auto known = voices_of_base(model_voice(arguments));
  write(arguments, random_voice(known, seed.seed ? *seed.seed : random_seed(), recipe));
}

void blend(const Arguments& arguments) {
  if (arguments.words().size() != 2)
    fail(ErrorCode::kUsage, "give two voices: tts voice blend A B --weight 0.3 -o x.voice");
  const OptionInfo weight{"weight", OptionType::kNumber, 0, 1, "0.5", "", false};
  const double of_second =
      parse_flag([&] { return parse_number(weight, arguments.get("weight", weight.standard)); });
  const VoiceRecipe recipe = recipe_of(arguments);
  write(arguments,
        blended_voice(
            open_named(arguments.words()[0]), open_named(arguments.words()[1]), of_second, recipe));
}

void show(const Arguments& arguments) {
  if (arguments.words().size() != 1)
    fail(ErrorCode::kUsage, "give one voice file: tts voice show me.voice");
  const VoiceFile file = read_voice_file(arguments.words()[0]);
  std::string refusal;
  try {
    open_voice_source(arguments.words()[0]);
  } catch (const Error& e) {
    refusal = e.what();
  }
  print(arguments.has("json") ? voice_json(file, refusal).dump(1) + "\n"
                              : voice_text(file, refusal));
}

int check(const Arguments& arguments) {
  if (arguments.words().empty())
    fail(ErrorCode::kUsage, "give recordings: tts voice check a.wav b.wav");
  bool all_usable = true;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& path : arguments.words()) {
    const PromptReport report = prepare_prompt(read_audio(path), path).report;
    all_usable = all_usable && report.usable();
    list.push_back(to_json(report));
    if (!arguments.has("json")) print(report_text(report));
  }
  if (arguments.has("json")) print(list.dump(1) + "\n");
  return all_usable ? 0 : 1;
}

struct Action {
  const char* summary;
  std::vector<Flag> flags;
  int (*run)(const Arguments&);
};

template <void (*kRun)(const Arguments&)>
int and_done(const Arguments& arguments) {
  kRun(arguments);
  return 0;
}

const std::map<std::string, Action>& actions() {
  const Flag voice{"voice", 'v', "NAME", "a voice of the base that is used", {"model"}};
  const Flag wav{
      "prompt-wav", 0, "FILE", "a recording; may be repeated", {"speaker-wav", "ref-audio"}, true};
  const Flag text{
      "prompt-text", 0, "TEXT", "what is said in it, one for each recording", {"ref-text"}, true};
  const Flag seed{"seed", 0, "N", "the same seed and voices give the same speaker (random)", {}};
  const Flag weight{"weight", 0, "N", "of B: 0 is A, 1 is B (0.5)", {}};
  const Flag json{"json", 0, "", "as JSON", {}};
  static const std::map<std::string, Action> table = {
      {"make",
       {"--prompt-wav A.wav -o me.voice   the person in recordings",
        with_recipe({wav, text, voice}),
        and_done<make>}},
      {"random",
       {"--seed 3 -o x.voice   somebody who does not exist",
        with_recipe({seed, voice}),
        and_done<random>}},
      {"blend",
       {"A B --weight 0.3 -o x.voice   between two voices",
        with_recipe({weight}),
        and_done<blend>}},
      {"show", {"me.voice   what a voice file says of itself", {json}, and_done<show>}},
      {"check", {"a.wav b.wav   are these recordings good prompts?", {json}, check}}};
  return table;
}

}  // namespace

int voice_command(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "";
  std::vector<std::string> known;
  std::string help = "Voice files (docs/speakers.md).\n\n";
  for (const auto& [action, what] : actions()) {
    known.push_back(action);
    help += "  tts voice " + action + " " + what.summary + "\n";
  }
  if (is_described() && argc == 2) throw Description{"tts voice", {}, known, ""};
  if (name == "-h" || name == "--help") {
    print(help);
    return 0;
  }
  if (name.empty()) fail(ErrorCode::kUsage, "tts voice: say what to do; known: ", join(known));
  const auto found = actions().find(name);
  if (found == actions().end()) fail_unknown("action of tts voice", name, known);
  interrupted();
  Arguments arguments("tts voice " + name, found->second.flags);
  arguments.parse(argc - 1, argv + 1);
  if (arguments.has("help")) {
    print("tts voice " + name + " " + found->second.summary + "\n\n" + arguments.flag_help());
    return 0;
  }
  start_engine(1);
  return found->second.run(arguments);
}

}  // namespace tts
