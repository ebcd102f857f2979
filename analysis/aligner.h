// Which frames of a recording belong to which symbol? A monotonic aligner that learns from the
// recordings and their symbols alone: a frame classifier with two states per phone, trained on its
// own alignments, from an even spread over the loud frames, through Baum-Welch posteriors, to the
// single best path. Emissions are log posterior - 0.8 log prior, as in hybrid recognisers
// (H. Bourlard and N. Morgan, "Connectionist speech recognition", 1994). docs/measured/alignment.md
#pragma once
#include <torch/torch.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analysis/alignment_graph.h"
#include "core/text_types.h"

namespace tts {

using torch::Tensor;

struct AlignerItem {
  std::string id;                   // for the report
  Tensor log_mel;                   // [T, C] float at 100 Hz, frame t centred on (t + 0.5) hops
  std::vector<int64_t> symbols;     // [N] ids
  std::vector<int64_t> attributes;  // [N], see attribute_id; a long phone is a phone of its own
  std::vector<SymbolKind> kinds;    // [N]
};

// "_" a silence, "|" a boundary, punctuation and "#" a punctuation, all else a phone.
SymbolKind symbol_kind(const Symbol& symbol);

struct AlignerOptions {
  int64_t bands = 100;  // C
  int64_t hidden = 256;
  double prior_weight = 0.8;  // while learning from posteriors …
  double final_prior_weight =
      0.2;  // … and on the best path: rare phones would grow at the others' cost
  GraphOptions graph;
  int flat_rounds = 1;      // on the even spread
  int soft_rounds = 4;      // on posteriors (forward-sum)
  int hard_rounds = 3;      // on the best path
  int held_out_every = 20;  // every 20th item measures and does not train; 0: none
  uint64_t seed = 1;
};

// What a round of training led to, measured on the alignments made after it.
struct AlignerRound {
  std::string kind;              // flat, soft, hard
  double loss = 0;               // nats per frame, on the labels of the round before
  double mean_score = 0;         // of all items
  double held_out_accuracy = 0;  // share of the held-out items' frames whose likeliest state is
                                 // that of their best path
  int64_t pauses = 0;            // at word boundaries, so nowhere written
  double long_phones = 0;        // share of phones above 300 ms
  double seconds = 0;            // since the beginning
};

struct AlignerReport {
  std::vector<AlignerRound> rounds;
  std::vector<std::string> skipped;  // ids of items with more symbols than frames
};

struct Alignment {
  std::vector<int64_t> durations;  // [N] frames at 100 Hz; they sum to T
  double score = 0;                // mean emission of the phones' frames; higher is better
  bool possible = true;            // false: fewer frames than symbols; the durations are a guess
};

struct AlignerModel;

class Aligner {
 public:
  explicit Aligner(AlignerOptions options);
  ~Aligner();
  Aligner(Aligner&&) noexcept;
  Aligner& operator=(Aligner&&) noexcept;

  // Called after every round; returning false stops with kCancelled.
  using Progress = std::function<bool(const AlignerRound&)>;

  // Learns from scratch. Deterministic for one number of threads. Throws kInput naming the item
  // whose parts disagree in size, or when there is nothing to learn from.
  AlignerReport fit(const std::vector<AlignerItem>& items, const Progress& progress = {});

  // Needs fit() or load(). A phone that training never met is heard as an average phone.
  Alignment align(const AlignerItem& item) const;

  // Everything that align() needs. load() throws kVoice for a tensor that is missing or has another
  // shape, naming it.
  std::map<std::string, Tensor> state() const;
  void load(const std::map<std::string, Tensor>& state);

 private:
  AlignerOptions options_;
  std::unique_ptr<AlignerModel> model_;
};

// Durations at 100 Hz to codec frames at 50 Hz: boundaries, not durations, are rounded, so that
// nothing drifts: c = floor((cumulative sum + 1) / 2), then differences. A symbol may get 0 frames.
// [N] summing to T, even → [N] summing to T / 2.
std::vector<int64_t> to_codec_frames(const std::vector<int64_t>& durations);

}  // namespace tts
