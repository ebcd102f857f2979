// The options of a request. One table names them for the command line, the C API and the messages.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tts {

class Lexicon;
struct Waveform;

// A recording of the person who is to speak.
struct PromptSource {
  std::string name;                           // the file, or what messages call it
  std::shared_ptr<const Waveform> recording;  // null: read from the file
};

enum class CheckMode { kOff, kReport, kRetry };
// SpeakOptions::first_clause_words where text comes piece by piece.
inline constexpr int64_t kFirstClauseWords = 10;

// An absent value means the voice's own default; 0 is always a value.
struct SpeakOptions {
  std::string language;              // "" is the voice's first
  double speed_ratio = 1;            // 0.5 … 2: all durations are divided by it
  std::optional<double> duration_s;  // of the whole sound, instead of a speed
  double pitch_semitones = 0;        // -12 … 12
  double energy_db = 0;              // -12 … 12: spoken with less or more effort
  double volume = 1;                 // factor on the finished sound, 0 … 10
  std::string generator;             // "" is the voice's default
  std::string durations;             // which of the voice's duration models; "" is the default
  std::optional<double> duration_temperature;  // of those that draw
  std::optional<int64_t> steps;
  std::optional<double> temperature, guidance;
  std::optional<std::string> solver;
  std::optional<double> sway;
  std::optional<bool> snap;          // latents become the nearest codes before the vocoder
  std::vector<int64_t> level_steps;  // empty: the voice's
  std::optional<int64_t> top_k, repetition_window;
  std::optional<double> fine_temperature, choice_temperature, top_p, repetition_share, rescore,
      first_seconds;
  std::optional<double> guidance_end;
  std::optional<bool> pointer;  // the generator sets the durations itself
  std::optional<double> pointer_temperature;
  int64_t first_clause_words = 0;     // the first sentence may begin with a clause of
                                      // so many words or more; 0: never
  CheckMode check = CheckMode::kOff;  // whether each sentence is judged, and made again when bad
  std::optional<int64_t> retries;     // with other seeds; absent: kUsualRetries
  std::optional<uint64_t> seed;       // absent: drawn once per request
  std::optional<int> sample_rate_hz;  // absent: the voice's
  // files or texts, TSV or PLS (text/lexicon.h); later entries win
  std::vector<std::string> lexicons;
  std::shared_ptr<const Lexicon> lexicon;  // of a program; its entries win over those of files
  std::vector<PromptSource> prompts;       // all of one person; none: the voice's own speaker
  std::vector<std::string> prompt_texts;  // what each prompt says, in order; "" or none: it is only
                                          // imitated
};

inline constexpr int64_t kUsualRetries = 2;

enum class OptionType { kText, kNumber, kInteger };

struct OptionInfo {
  const char* name;  // "speed"
  OptionType type;
  double lowest, highest;  // of numbers
  const char* standard;    // the default, for display
  const char* help;        // without range and default
  bool of_generator;       // belongs to some generators only
};

// Every option of a request, in the order of --help.
const std::vector<OptionInfo>& option_table();

// Whether each value of that option is added to those before it; any other is given once.
bool may_be_repeated(const std::string& option);

// Sets one option from text ("speed", "1.5"; "lexicon" adds one). Throws Error(kUsage) that names
// the known options and the nearest one, or the values allowed.
void set_option(SpeakOptions& options, const std::string& name, const std::string& value);

// The values of an option that has a few: of "check" off, report and retry; empty for others.
std::vector<std::string> choices_of(const std::string& option);

// "0.5 to 2", the range of a number as help and messages say it; "" for text.
std::string range_of(const OptionInfo& option);

// The number that `value` writes. Throws Error(kUsage) that names `option` and its range.
double parse_number(const OptionInfo& option, const std::string& value);
int64_t parse_integer(const OptionInfo& option, const std::string& value);

// From the operating system; a request without a seed draws one.
uint64_t random_seed();

// How many threads the program and the C API take.
const OptionInfo& threads_option();

// Numbers of generator options as set, by name ("steps", …): those must exist in the generator.
std::vector<std::string> generator_options_set(const SpeakOptions& options);

}  // namespace tts
