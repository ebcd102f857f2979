#include <cstdio>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/prepare.h"
#ifndef TTS_TRAIN_ONLY
#include "text/front_end.h"
#endif

namespace tts {
namespace {

#ifndef TTS_TRAIN_ONLY
// The symbols of a whole recording. Where its text has several sentences, the silence between them
// is the punctuation's: only the first and last symbol stay kSilence.
std::vector<Symbol> recording_symbols(const FrontEnd& front_end, const std::string& text) {
  std::vector<Symbol> all;
  for (const auto& sentence : front_end.process(text).sentences) {
    size_t first = 0;
    if (!all.empty()) {
      all.pop_back();
      first = 1;
    }
    all.insert(all.end(), sentence.symbols.begin() + first, sentence.symbols.end());
  }
  if (all.size() < 3) fail(ErrorCode::kInput, "nothing to say in \"", text, "\"");
  return all;
}
#endif

}  // namespace

int train_prepare(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train prepare",
                           "Makes shards from a folder with metadata.csv (id|text) and wavs/.");
  options.add_options()("dir", "the folder", value<std::string>())(
      "out", "folder for the shards", value<std::string>())(
      "speaker", "the speaker's name", value<std::string>())(
      "lang", "language of the texts", value<std::string>()->default_value("en-us"))(
      "audio-only", "leave out the text's symbols: enough for codec training")(
      "threads", "threads", value<int>()->default_value("2"));
  options.parse_positional({"dir"});
  options.positional_help("DIR");
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"dir", "out", "speaker"});
  PrepareOptions o;
  o.folder = p["dir"].as<std::string>();
  o.out = p["out"].as<std::string>();
  o.speaker = p["speaker"].as<std::string>();
  o.language = p["lang"].as<std::string>();
  o.threads = p["threads"].as<int>();
#ifndef TTS_TRAIN_ONLY
  FrontEndOptions text;
  text.language = o.language;
  const FrontEnd front_end(text);
  if (!p.count("audio-only"))
    o.phonemise = [&](const std::string& t) { return recording_symbols(front_end, t); };
#else
  if (!p.count("audio-only")) {
    fail(ErrorCode::kUsage,
         "this trainer-only build has no text front end: make shards with the full build, or "
         "--audio-only");
  }
#endif
  const auto report = prepare(o);
  for (const auto& problem : report.problems)
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  std::fprintf(stderr,
               "%zu recordings, %.1f minutes, %zu shards; %zu problems\n",
               report.recordings,
               report.minutes,
               report.shards.size(),
               report.problems.size());
  return report.problems.empty() ? 0 : 1;
}

}  // namespace tts
