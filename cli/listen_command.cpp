#include <cmath>
#include <iomanip>
#include <nlohmann/json.hpp>

#include "analysis/text_match.h"
#include "audio/file.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/option_flags.h"
#include "codec/codec.h"
#include "core/classic_stream.h"
#include "core/error.h"
#include "engine/ear.h"
#include "text/front_end.h"

namespace tts {
namespace {

Arguments listen_arguments() {
  return Arguments(
      "tts listen",
      {{"text", 't', "TEXT", "what the recording should say", {}},
       {"lang", 0, "CODE", "of the text: en-us, de, nl, … (en-us)", {"language"}},
       {"lexicon", 0, "FILE", "pronunciations, word<TAB>ipa or W3C PLS; may be repeated", {}, true},
       {"beam", 0, "N", "phone sequences that the search keeps, 1 to 64 (1)", {}},
       {"ear", 0, "DIR", "a recogniser's folder (voices/ear)", {}},
       threads_flag(),
       {"json", 0, "", "as JSON, one line per file", {}}});
}

int64_t beam_of(const Arguments& arguments) {
  const OptionInfo option{"beam", OptionType::kInteger, 1, 64, "1", "", false};
  return parse_flag([&] { return parse_integer(option, arguments.get("beam", "1")); });
}

// Infinity is no JSON number.
nlohmann::json number_or_null(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

double to_seconds(int64_t samples) {
  return static_cast<double>(samples) / kSampleRateHz;
}

nlohmann::json check_to_json(const TextCheck& check, double match, const Ear& ear) {
  nlohmann::json words = nlohmann::json::array();
  for (const auto& w : check.words) {
    words.push_back({{"word", w.word.written},
                     {"bytes", {w.word.span.begin, w.word.span.end}},
                     {"begin_s", to_seconds(w.samples.begin)},
                     {"end_s", to_seconds(w.samples.end)},
                     {"fit", number_or_null(w.fit)}});
  }
  return {{"expected", ear.phones_of(check.expected)},
          {"expected_phones", check.expected.size()},
          {"substituted", check.edits.substituted},
          {"inserted", check.edits.inserted},
          {"deleted", check.edits.deleted},
          {"phone_error_rate", check.phone_error_rate},
          {"fit", number_or_null(check.fit)},
          {"match", match},
          {"words", words}};
}

std::string check_to_text(const TextCheck& check, double match, const Ear& ear) {
  ClassicOutput out;
  out.setf(std::ios::fixed, std::ios::floatfield);
  out << "text    " << ear.phones_of(check.expected) << "\n"
      << std::setprecision(1) << "errors  " << 100 * check.phone_error_rate << " % of "
      << check.expected.size() << " phones (" << check.edits.substituted << " other, "
      << check.edits.inserted << " too many, " << check.edits.deleted << " missing), fit "
      << std::setprecision(2) << check.fit << ", match " << std::setprecision(1) << match << "\n"
      << std::setprecision(2);
  for (const auto& w : check.words) {
    out << std::setw(8) << to_seconds(w.samples.begin) << " " << std::setw(7)
        << to_seconds(w.samples.end) << "  " << std::setw(6) << w.fit << "  " << w.word.written
        << "\n";
  }
  return out.str();
}

void listen_to(const std::string& path,
               const Ear& ear,
               const Sentence* text,
               const Arguments& arguments) {
  const Waveform wave = read_audio(path, static_cast<int>(kSampleRateHz));
  const HeardFrames heard = ear.hear(wave.samples);
  const int64_t beam = beam_of(arguments);
  const Outputs phones =
      beam == 1 ? ctc_greedy(heard.ctc_rows()) : ctc_beam(heard.ctc_rows(), beam);
  TextCheck check;
  double match = 0;  // whether it says the text at all (analysis/text_match.h)
  if (text != nullptr) {
    check = ear.check(heard, *text, phones);
    match = text_match(heard.ctc_rows(), check.expected);
  }
  if (arguments.has("json")) {
    nlohmann::json line = {{"file", path},
                           {"seconds", to_seconds(static_cast<int64_t>(wave.samples.size()))},
                           {"phones", ear.phones_of(phones)}};
    if (text != nullptr) line.update(check_to_json(check, match, ear));
    print(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    return;
  }
  print(path + "\nphones  " + ear.phones_of(phones) + "\n");
  if (text != nullptr) print(check_to_text(check, match, ear));
}

}  // namespace

int listen_command(int argc, char** argv) {
  Arguments arguments = listen_arguments();
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Writes the phones that a recogniser hears in recordings, and how well they say a text "
        "(docs/listening.md).\n\n"
        "  tts listen clock.wav\n"
        "  tts listen clock.wav --text \"The old clock struck ten.\" --lang en-us --json\n\n" +
        arguments.flag_help());
    return 0;
  }
  if (arguments.words().empty()) fail(ErrorCode::kUsage, "give a recording: tts listen FILE");
  start_engine(threads_of(arguments));
  const auto ear = Ear::open(arguments.get("ear"));
  FrontEndOptions options;
  options.language = arguments.get("lang", options.language);
  const auto lexicon = std::make_shared<const Lexicon>(arguments.all("lexicon"));
  options.lexicon = lexicon;
  for (const auto& warning : lexicon->warnings()) note("tts: warning: " + warning);
  Sentence text;
  if (arguments.has("text"))
    text = joined_sentences(FrontEnd(options).process(arguments.get("text")));
  for (const auto& path : arguments.words())
    listen_to(path, *ear, arguments.has("text") ? &text : nullptr, arguments);
  return 0;
}

}  // namespace tts
