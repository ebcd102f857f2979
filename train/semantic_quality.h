// What semantic tokens say of phones, and of who speaks.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/semantic_tokens.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

struct SemanticQuality {
  int64_t frames = 0;
  // Mutual information of token and phone over the entropy of the phones (Hsu et al., "HuBERT",
  // 2021): 0 … 1, the share of what there is to know of the phone that the token tells.
  double phone_information = 0;
  double phone_purity = 0;         // frames whose phone is the most frequent of their token
  double speaker_information = 0;  // as phone_information, of the speakers
  double perplexity = 0;           // how many tokens are in use, in effect
};

// How often a token meets a class.
using Contingency = std::map<std::pair<int64_t, std::string>, double>;
// Mutual information over the entropy of the classes; 0 where that is 0.
double shared_information(const Contingency& counts);

// Of those recordings that have an alignment. Throws kInput when there is none.
SemanticQuality measure_semantic(const SemanticTokens& tokens,
                                 const std::vector<Utterance>& recordings,
                                 const Alignments& alignments);

}  // namespace tts
