#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/aligner_run.h"

namespace tts {

namespace {

Alignments fit(const ParsedOptions& p, const Corpus& corpus) {
  AlignerRunOptions options;
  options.seed = p["seed"].as<uint64_t>();
  options.fit_minutes = p["fit-minutes"].as<double>();
  return run_aligner(corpus, options, [](const AlignerRound& r) {
    std::fprintf(stderr,
                 "%s  loss %.3f  score %.3f  held-out accuracy %.3f  pauses %lld  long phones "
                 "%.2f %%  %.0f s\n",
                 r.kind.c_str(),
                 r.loss,
                 r.mean_score,
                 r.held_out_accuracy,
                 static_cast<long long>(r.pauses),
                 100 * r.long_phones,
                 r.seconds);
    return true;
  });
}

Alignments recognise(const ParsedOptions& p, const Corpus& corpus) {
  constexpr size_t kAnnounced = 1000;  // recordings
  return align_with(load_recogniser(p["recogniser"].as<std::string>()), corpus, [](size_t done) {
    if (done % kAnnounced == 0) std::fprintf(stderr, "%zu recordings\n", done);
  });
}

}  // namespace

int train_aligner(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train aligner",
                           "Learns where each symbol lies and writes OUT/alignments.tsv.");
  add_trainer_options(options);
  options.add_options()(
      "fit-minutes",
      "learns from about so many, spread evenly over the recordings; all are aligned",
      value<double>()->default_value("240"))(
      "recogniser",
      "folder of a trained recogniser that finds the symbols (`tts train "
      "recogniser`): nothing is learnt, so any number of people may be few",
      value<std::string>());
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  if (!(p["fit-minutes"].as<double>() > 0))
    fail(ErrorCode::kUsage, "--fit-minutes must be above 0");
  const Corpus corpus = corpus_from(p);
  const std::string out = p["out"].as<std::string>();
  std::filesystem::create_directories(out);
  const Alignments alignments = p.count("recogniser") ? recognise(p, corpus) : fit(p, corpus);
  write_alignments(out + "/alignments.tsv", alignments);
  std::fprintf(
      stderr, "%zu recordings aligned: %s/alignments.tsv\n", alignments.size(), out.c_str());
  return 0;
}

}  // namespace tts
