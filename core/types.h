// The structs that pass between families. Axis letters, used in every shape comment:
//   B batch   N symbols   T codec frames (50 Hz)   Q codebooks   D latent   S samples   C channels
//   K items of a set
#pragma once
#include <torch/torch.h>

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/random.h"

namespace tts {

using torch::Tensor;

// Everything a generator may be told. An absent part is an undefined tensor, never zeros.
struct Condition {
  Tensor symbols;         // [B, N] int64 ids of the voice's symbol table, 0-padded
  Tensor attributes;      // [B, N] int64, see attribute_id
  Tensor symbol_lengths;  // [B] int64
  Tensor optional;      // [B, N] bool: pauses that may take no frame (word boundaries, punctuation)
  Tensor language;      // [B] int64
  Tensor durations;     // [B, N] int64 codec frames per symbol
  Tensor total_frames;  // [B] int64: given instead of durations (sentence-level duration models)
  Tensor log_f0;        // [B, T] float, natural log of Hz; interpolated where unvoiced
  Tensor voicing;       // [B, T] float in [0, 1]
  Tensor energy;        // [B, T] float, log energy standardised with the voice's statistics
  Tensor speakers;      // [B, K, V] float, speaker vectors
  Tensor pitch;         // [B, 2] float, mean and deviation of the speaker's log F0
  Tensor known_latents;  // [B, T, K] float standardised, frames to keep (infilling, prompts)
  Tensor known_codes;    // [B, T, Q] int64, the same for token generators
  Tensor known_mask;     // [B, T] bool, true where known
};

// How to draw. An option that a generator does not have is refused before this is filled.
struct Sampling {
  uint64_t seed = 0;
  std::vector<uint64_t> seeds;       // [B] of rows of different requests; empty: `seed` for all
  std::vector<uint32_t> utterances;  // [B] key of each batch row's random stream
  double temperature = 0.7;
  int64_t steps = 10;            // solver or unmasking steps
  std::string solver = "euler";  // euler, midpoint
  double sway = 0;        // bends the solver's steps: below 0 more of them early on; 0: all alike
  double guidance = 1.0;  // classifier-free guidance weight; 1 is none
  std::optional<double> guidance_end;      // … of the last unmasking step; absent: the same
  std::vector<int64_t> level_steps;        // unmasking steps of each level, the last of those above
  double choice_temperature = 3;           // of the order of unmasking
  std::optional<double> fine_temperature;  // of the levels above the first; absent: the same
  int64_t top_k = 0;                       // draw among so many likeliest codes; 0: all
  double top_p = 1;                        // … among the likeliest that together are so probable
  int64_t repetition_window = 0;           // frames looked back for repetitions; 0: none
  double repetition_share = 0.1;           // of them that may hold the same code
  double rescore = 0;    // weight of another generator's opinion in the order of unmasking
  bool pointer = false;  // a member that can sets the durations itself as it goes
  double pointer_temperature = 1;  // of those durations; 0: the likeliest
  double first_seconds = 1;        // of a hybrid's first generator
};

enum class StopReason { kComplete, kCancelled };

struct Generation {
  Tensor latents;        // [B, T, D] float (undefined if codes are given)
  Tensor codes;          // [B, T, Q] int64 (undefined if latents are given)
  Tensor frame_lengths;  // [B] int64
  Tensor durations;      // [B, N] int64 frames per symbol
  StopReason stop = StopReason::kComplete;
};

// Receives frames as they are made; returns false to cancel. latents: [B, T, D] of the new frames;
// T = 0 says that the next ones will be long in coming, so that what is there had better be
// sounded.
using FrameSink = std::function<bool(const Tensor& latents, int64_t first_frame)>;

// What a duration model predicts for each symbol.
struct Prosody {
  Tensor durations;  // [B, N] float codec frames, not rounded
  Tensor log_f0;     // [B, N] float, mean natural log F0 of the symbol's voiced frames
  Tensor voicing;    // [B, N] float, voiced share
  Tensor energy;     // [B, N] float, standardised log energy
};

// A training batch of whole utterances. Padding is zeros; lengths tell.
struct Batch {
  Condition condition;   // with the true durations, log_f0, voicing, energy per frame
  Prosody prosody;       // per symbol, the targets of the duration model
  Tensor latents;        // [B, T, D] codec latents
  Tensor codes;          // [B, T, Q] int64
  Tensor semantic;       // [B, T] int64 semantic tokens, where their maker was given
  Tensor frame_lengths;  // [B] int64
};

// Named scalars; "total" is the one to minimise.
using Losses = std::map<std::string, Tensor>;

}  // namespace tts
