#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/prepare.h"
#ifndef TTS_TRAIN_ONLY
#include "engine/front_ends.h"
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

// The people in a folder: those of its table, or the one who is named.
PrepareOptions folders_of(const ParsedOptions& p) {
  PrepareOptions o;
  const std::string folder = p["dir"].as<std::string>();
  o.speakers = read_speaker_table(folder);
  if (!o.speakers.empty()) {
    if (p.count("speaker") || p.count("lang"))
      fail(ErrorCode::kUsage,
           folder,
           "/speakers.csv says who speaks which language; leave out --speaker and --lang");
    o.name = std::filesystem::path(folder).filename().string();
    if (o.name.empty()) o.name = std::filesystem::path(folder).parent_path().filename().string();
    return o;
  }
  require_options(p, {"speaker"});
  o.name = p["speaker"].as<std::string>();
  o.speakers.push_back({folder, o.name, p["lang"].as<std::string>()});
  return o;
}

}  // namespace

int train_prepare(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train prepare",
                           "Makes shards from a folder with metadata.csv (id|text) and wavs/, or "
                           "from one with speakers.csv and such a folder for each person.");
  options.add_options()("dir", "the folder", value<std::string>())(
      "out", "folder for the shards", value<std::string>())(
      "speaker", "the speaker's name; not with speakers.csv", value<std::string>())(
      "lang",
      "language of the texts; not with speakers.csv",
      value<std::string>()->default_value("en-us"))(
      "audio-only", "leave out the text's symbols: enough for codec training")(
      "threads", "threads", value<int>()->default_value("2"));
  options.parse_positional({"dir"});
  options.positional_help("DIR");
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"dir", "out"});
  PrepareOptions o = folders_of(p);
  o.out = p["out"].as<std::string>();
  o.threads = p["threads"].as<int>();
#ifndef TTS_TRAIN_ONLY
  FrontEnds front_ends{FrontEndOptions()};
  if (!p.count("audio-only")) {
    o.phonemise = [&](const std::string& text, const std::string& language) {
      return recording_symbols(front_ends.of(language), text);
    };
  }
#else
  if (!p.count("audio-only")) {
    fail(ErrorCode::kUsage,
         "this trainer-only build has no text front end: make shards with the full build, or "
         "--audio-only");
  }
#endif
  const auto report = prepare(o);
  for (const auto& line : report.notes) std::fprintf(stderr, "%s\n", line.c_str());
  if (report.speakers.size() > 1) {
    for (const auto& [name, count] : report.speakers)
      std::fprintf(stderr, "speaker %s: %zu recordings\n", name.c_str(), count);
  }
  for (const auto& problem : report.problems)
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  std::fprintf(
      stderr,
      "%zu recordings (%zu of them end below 12 kHz), %.1f minutes, %zu shards; %zu problems\n",
      report.recordings,
      report.band_limited,
      report.minutes,
      report.shards.size(),
      report.problems.size());
  if (report.recordings == 0)
    fail(ErrorCode::kInput, o.out, ": there is no recording to train from");
  return report.problems.empty() ? 0 : 1;
}

}  // namespace tts
