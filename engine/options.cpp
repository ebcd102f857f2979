#include "engine/options.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "core/classic_stream.h"
#include "core/error.h"
#include "core/join.h"
#include "core/known_names.h"
#include "core/number_text.h"
#include "nn/runtime.h"

namespace tts {
namespace {

// Seeds use all 64 bits, more than a double holds.
constexpr uint64_t kLargestSeed = std::numeric_limits<uint64_t>::max();

uint64_t parse_seed(const OptionInfo& option, const std::string& value) {
  char* end = nullptr;
  errno = 0;
  const uint64_t seed = std::strtoull(value.c_str(), &end, 10);
  if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos || errno != 0) {
    fail(ErrorCode::kUsage,
         option.name,
         " is \"",
         value,
         "\"; it must be a whole number from ",
         range_of(option));
  }
  return seed;
}

// The place of `value` among the option's choices.
size_t parse_choice(const std::string& option, const std::string& value) {
  const auto choices = choices_of(option);
  const auto place = std::find(choices.begin(), choices.end(), value);
  if (place == choices.end())
    fail(ErrorCode::kUsage, option, " is \"", value, "\"; known: ", join(choices));
  return static_cast<size_t>(place - choices.begin());
}

// "8,3,2,1"
std::vector<int64_t> parse_level_steps(const OptionInfo& option, const std::string& value) {
  std::vector<int64_t> steps;
  ClassicInput parts(value + ",");
  for (std::string part; std::getline(parts, part, ',');) {
    char* end = nullptr;
    const long number = std::strtol(part.c_str(), &end, 10);
    if (part.empty() || end != part.c_str() + part.size() || number < 1 || number > 1000) {
      fail(ErrorCode::kUsage,
           option.name,
           " is \"",
           value,
           "\"; it must be whole numbers from 1 to 1000 with commas between them");
    }
    steps.push_back(number);
  }
  return steps;
}

struct Row {
  OptionInfo info;
  void (*set)(SpeakOptions&, const OptionInfo&, const std::string&);
};

const std::vector<Row>& rows() {
  using O = SpeakOptions&;
  using I = const OptionInfo&;
  using V = const std::string&;
  constexpr auto kText = OptionType::kText;
  constexpr auto kNumber = OptionType::kNumber;
  constexpr auto kInteger = OptionType::kInteger;
  // clang-format off
  static const std::vector<Row> table = {
      {{"language", kText, 0, 0, "the voice's first", "language of the text, e.g. en-us", false},
       [](O o, I, V v) { o.language = v; }},
      {{"speed", kNumber, 0.5, 2, "1", "speaking rate", false},
       [](O o, I i, V v) { o.speed_ratio = parse_number(i, v); }},
      {{"duration", kNumber, 0.01, 86400, "as it comes", "seconds of the whole sound, to the sample; shared by its sentences", false},
       [](O o, I i, V v) { o.duration_s = parse_number(i, v); }},
      {{"pitch", kNumber, -12, 12, "0", "semitones up or down", false},
       [](O o, I i, V v) { o.pitch_semitones = parse_number(i, v); }},
      {{"energy", kNumber, -12, 12, "0", "decibels of vocal effort", false},
       [](O o, I i, V v) { o.energy_db = parse_number(i, v); }},
      {{"volume", kNumber, 0, 10, "1", "loudness factor of the finished sound", false},
       [](O o, I i, V v) { o.volume = parse_number(i, v); }},
      {{"generator", kText, 0, 0, "the voice's", "which of the voice's generators speaks", false},
       [](O o, I, V v) { o.generator = v; }},
      {{"durations", kText, 0, 0, "the voice's", "which of the voice's duration models sets the rhythm", false},
       [](O o, I, V v) { o.durations = v; }},
      {{"duration-temperature", kNumber, 0, 2, "the model's", "0 is the likeliest rhythm, more is more varied; of models that draw", false},
       [](O o, I i, V v) { o.duration_temperature = parse_number(i, v); }},
      {{"steps", kInteger, 1, 1000, "the generator's", "solver or unmasking steps: more is finer and slower", true},
       [](O o, I i, V v) { o.steps = parse_integer(i, v); }},
      {{"temperature", kNumber, 0, 2, "0.7", "0 is the most likely, more is livelier", true},
       [](O o, I i, V v) { o.temperature = parse_number(i, v); }},
      {{"guidance", kNumber, 0, 20, "1.5", "weight of classifier-free guidance; 1 is none and twice as fast", true},
       [](O o, I i, V v) { o.guidance = parse_number(i, v); }},
      {{"solver", kText, 0, 0, "euler", "euler or midpoint", true},
       [](O o, I i, V v) { parse_choice(i.name, v); o.solver = v; }},
      {{"sway", kNumber, -1, 0.5, "0", "solver steps closer together at the start (below 0) or at the end", true},
       [](O o, I i, V v) { o.sway = parse_number(i, v); }},
      {{"snap", kInteger, 0, 1, "0", "1: frames become the codec's nearest codes before they are heard", true},
       [](O o, I i, V v) { o.snap = parse_integer(i, v) == 1; }},
      {{"level-steps", kText, 0, 0, "steps, halved from level to level", "unmasking steps of each level instead, e.g. 8,3,2,1; the last for all above", true},
       [](O o, I i, V v) { o.level_steps = parse_level_steps(i, v); }},
      {{"fine-temperature", kNumber, 0, 2, "0.4", "temperature of the levels above the first", true},
       [](O o, I i, V v) { o.fine_temperature = parse_number(i, v); }},
      {{"choice-temperature", kNumber, 0, 100, "3", "chance in which codes are unmasked first; 0 is the surest", true},
       [](O o, I i, V v) { o.choice_temperature = parse_number(i, v); }},
      {{"guidance-end", kNumber, 0, 20, "guidance", "guidance at the last unmasking step", true},
       [](O o, I i, V v) { o.guidance_end = parse_number(i, v); }},
      {{"top-k", kInteger, 0, 65536, "0", "draw among so many likeliest codes; 0 is all", true},
       [](O o, I i, V v) { o.top_k = parse_integer(i, v); }},
      {{"top-p", kNumber, 0, 1, "1", "draw among the likeliest codes of this probability in all", true},
       [](O o, I i, V v) { o.top_p = parse_number(i, v); }},
      {{"repetition-window", kInteger, 0, 1000, "0", "frames looked back for repeated codes; 0 is none", true},
       [](O o, I i, V v) { o.repetition_window = parse_integer(i, v); }},
      {{"repetition-share", kNumber, 0, 1, "0.1", "share of those frames beyond which a code is drawn again", true},
       [](O o, I i, V v) { o.repetition_share = parse_number(i, v); }},
      {{"rescore", kNumber, 0, 1, "0", "weight of the autoregressive generator's opinion in the order of unmasking", true},
       [](O o, I i, V v) { o.rescore = parse_number(i, v); }},
      {{"pointer", kInteger, 0, 1, "0", "1: the generator sets the durations itself as it speaks", true},
       [](O o, I i, V v) { o.pointer = parse_integer(i, v) == 1; }},
      {{"pointer-temperature", kNumber, 0, 2, "0.5", "of those durations: 0 is the likeliest", true},
       [](O o, I i, V v) { o.pointer_temperature = parse_number(i, v); }},
      {{"first-seconds", kNumber, 0, 60, "1", "of a hybrid's sound that its first generator makes", true},
       [](O o, I i, V v) { o.first_seconds = parse_number(i, v); }},
      {{"first-clause", kInteger, 0, 60, "0; of text in pieces 10", "the first sentence begins at a comma behind so many words, so that it is heard early; 0: never", false},
       [](O o, I i, V v) { o.first_clause_words = parse_integer(i, v); }},
      {{"check", kText, 0, 0, "off", "judge each sentence by ear: off, report, or retry (other seeds, then the safest generator)", false},
       [](O o, I i, V v) { o.check = static_cast<CheckMode>(parse_choice(i.name, v)); }},
      {{"retries", kInteger, 0, 100, "2", "other seeds that check retry tries", false},
       [](O o, I i, V v) { o.retries = parse_integer(i, v); }},
      {{"seed", kInteger, 0, static_cast<double>(kLargestSeed), "random", "the same seed gives the same sound", false},
       [](O o, I i, V v) { o.seed = parse_seed(i, v); }},
      {{"sample-rate", kInteger, 8000, 192000, "the voice's", "samples per second of the output", false},
       [](O o, I i, V v) { o.sample_rate_hz = static_cast<int>(parse_integer(i, v)); }},
      {{"lexicon", kText, 0, 0, "none", "pronunciations, word<TAB>ipa per line or W3C PLS: a file or the text itself; may be repeated", false},
       [](O o, I, V v) { o.lexicons.push_back(v); }},
      {{"prompt-wav", kText, 0, 0, "none", "recording of the person to speak as; may be repeated", false},
       [](O o, I, V v) { o.prompts.push_back({v, nullptr}); }},
      {{"prompt-text", kText, 0, 0, "none", "what a prompt-wav says, one for each: they are then continued, not only imitated", false},
       [](O o, I, V v) { o.prompt_texts.push_back(v); }},
  };
  // clang-format on
  return table;
}

const Row& find_row(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& row : rows()) {
    if (name == row.info.name) return row;
    names.push_back(row.info.name);
  }
  fail_unknown("option", name, names);
}

}  // namespace

const std::vector<OptionInfo>& option_table() {
  static const std::vector<OptionInfo> infos = [] {
    std::vector<OptionInfo> out;
    for (const auto& row : rows()) out.push_back(row.info);
    return out;
  }();
  return infos;
}

bool may_be_repeated(const std::string& option) {
  return option == "lexicon" || option == "prompt-wav" || option == "prompt-text";
}

void set_option(SpeakOptions& options, const std::string& name, const std::string& value) {
  const Row& row = find_row(name);
  row.set(options, row.info, value);
}

std::vector<std::string> choices_of(const std::string& option) {
  if (option == "check") return {"off", "report", "retry"};  // in the order of CheckMode
  if (option == "solver") return {"euler", "midpoint"};
  return {};
}

std::string range_of(const OptionInfo& option) {
  if (option.type == OptionType::kText) return "";
  ClassicOutput out;
  out << option.lowest << " to ";
  if (option.highest < static_cast<double>(kLargestSeed)) {
    out << option.highest;
  } else {
    out << kLargestSeed;
  }
  return out.str();
}

double parse_number(const OptionInfo& option, const std::string& value) {
  const auto number = number_from_text(value);
  if (!number || !(*number >= option.lowest && *number <= option.highest)) {
    fail(ErrorCode::kUsage,
         option.name,
         " is \"",
         value,
         "\"; it must be a number from ",
         range_of(option));
  }
  return *number;
}

int64_t parse_integer(const OptionInfo& option, const std::string& value) {
  const double number = parse_number(option, value);
  if (number != std::floor(number)) {
    fail(ErrorCode::kUsage, option.name, " is \"", value, "\"; it must be a whole number");
  }
  return static_cast<int64_t>(number);
}

const OptionInfo& threads_option() {
  static const OptionInfo option = {"threads",
                                    OptionType::kInteger,
                                    0,
                                    kMaxThreads,
                                    "0",
                                    "CPU threads; 0 is one for every CPU",
                                    false};
  return option;
}

uint64_t random_seed() {
  std::random_device source;
  // Short enough to be typed again.
  return source() % 1000000000u;
}

std::vector<std::string> generator_options_set(const SpeakOptions& options) {
  const std::vector<std::pair<const char*, bool>> set = {
      {"steps", options.steps.has_value()},
      {"temperature", options.temperature.has_value()},
      {"guidance", options.guidance.has_value()},
      {"solver", options.solver.has_value()},
      {"sway", options.sway.has_value()},
      {"snap", options.snap.has_value()},
      {"level-steps", !options.level_steps.empty()},
      {"fine-temperature", options.fine_temperature.has_value()},
      {"choice-temperature", options.choice_temperature.has_value()},
      {"guidance-end", options.guidance_end.has_value()},
      {"top-k", options.top_k.has_value()},
      {"top-p", options.top_p.has_value()},
      {"repetition-window", options.repetition_window.has_value()},
      {"repetition-share", options.repetition_share.has_value()},
      {"rescore", options.rescore.has_value()},
      {"pointer", options.pointer.has_value()},
      {"pointer-temperature", options.pointer_temperature.has_value()},
      {"first-seconds", options.first_seconds.has_value()}};
  std::vector<std::string> names;
  for (const auto& [name, given] : set) {
    if (given) names.push_back(name);
  }
  return names;
}

}  // namespace tts
