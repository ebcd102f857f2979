// The decoded training corpus in memory.
#pragma once
#include <torch/torch.h>

#include <set>
#include <string>
#include <vector>

#include "core/text_types.h"

namespace tts {

struct Utterance {
  std::string id, text, speaker, language;
  std::vector<Symbol> symbols;
  double band_limit_hz = 12000;  // above it there is nothing to learn
  torch::Tensor wave;            // [S] int16, S a multiple of 480
  torch::Tensor log_f0;  // [S / 240] float, natural log of Hz, interpolated through unvoiced frames
  torch::Tensor voiced;  // [S / 240] float, 0 or 1
  int64_t frames() const { return wave.size(0) / 480; }
  torch::Tensor samples() const { return wave.to(torch::kFloat) / 32768.0; }
  torch::Tensor limits_hz() const { return torch::full({1}, band_limit_hz, torch::kDouble); }
};

struct Corpus {
  std::vector<Utterance> train;
  std::vector<Utterance> held_back;  // never trained on; measured only
  std::string held_back_hash;        // of all ids in the lists, for the model card
  double train_minutes() const;
};

// Ids that no trainer may use: every line of every .txt file in `folder`.
std::set<std::string> read_held_back(const std::string& folder);

// Reads shards (files, or folders holding *.shard). Recordings shorter than 0.3 s are left out.
// `speakers` empty: all.
Corpus load_corpus(const std::vector<std::string>& paths,
                   const std::string& held_back_folder,
                   const std::set<std::string>& speakers = {});

}  // namespace tts
