#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "train/aligner_run.h"

namespace tts {

int train_aligner(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train aligner",
                           "Learns where each symbol lies and writes OUT/alignments.tsv.");
  add_trainer_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  const Corpus corpus = corpus_from(p);
  const std::string out = p["out"].as<std::string>();
  std::filesystem::create_directories(out);
  const Alignments alignments =
      run_aligner(corpus, p["seed"].as<uint64_t>(), [](const AlignerRound& r) {
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
  write_alignments(out + "/alignments.tsv", alignments);
  std::fprintf(
      stderr, "%zu recordings aligned: %s/alignments.tsv\n", alignments.size(), out.c_str());
  return 0;
}

}  // namespace tts
