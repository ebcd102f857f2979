// Training examples for durations and generators: symbols, their frames, the codec's codes and
// latents, and who speaks.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "analysis/semantic_tokens.h"
#include "analysis/speaker_encoder.h"
#include "codec/codec.h"
#include "core/types.h"
#include "core/voice_manifest.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

// A voice that is trained on, or a warp of one ("kathleen+2").
struct SpeakerProfile {
  std::string name;
  VoiceStatistics statistics;  // after the gain
  double gain = 1;             // brings the recordings to the common level
  int64_t language = 0;        // of most recordings, into AcousticData::languages
  bool pseudo = false;
  Tensor vectors;           // [recordings, V] of unit length; undefined without a speaker encoder
  Tensor centroid() const;  // [V] of unit length
};

struct AcousticItem {
  std::string id, text;
  const SpeakerProfile* speaker = nullptr;
  int64_t language = 0;
  Tensor symbols, attributes;  // [N] int64
  Tensor optional;             // [N] bool: word boundaries and punctuation, which may take no frame
  Tensor durations;            // [N] int64
  Tensor codes;                // [T, Q] int16; undefined when no codec was given
  Tensor latents;              // [T, K] standardised; undefined when no codec was given
  Tensor semantic;             // [T] int32; undefined when their maker was not given
  Tensor log_f0, voicing, energy;  // [N] float per symbol
  int64_t frames = 0;
};

struct AcousticDataOptions {
  double drop_share = 0.02;       // the worst alignments of each speaker, by score
  int64_t longest_phone = 40;     // frames; a longer one is a mistake
  int64_t validation_every = 20;  // every k-th sentence text is the trainers' validation split
  // Every training recording once more, -n … n semitones higher, as another speaker. Needs a
  // speaker encoder.
  int warp_semitones = 0, warp_formants = 0;  // train/warp.h
  // Folder that keeps the recordings' codes, speaker vectors and semantic tokens between runs, for
  // networks of these identities; empty: all is made anew.
  std::string cache_folder, codec_identity, encoder_identity;
  std::shared_ptr<const SemanticTokens> semantic;  // null: items have no semantic tokens
};

struct AcousticData {
  std::vector<std::string> symbol_table, languages;
  std::map<std::string, SpeakerProfile> speakers;
  std::vector<AcousticItem> train, validation, held_back;
  std::vector<std::string> dropped;  // ids left out for a bad alignment, with the reason
  int64_t speaker_vector = 0;        // V
};

// `codec` may be null (durations need no latents), and so may `encoder` (one speaker needs no
// vector). Throws kInput for several speakers without an encoder.
AcousticData make_acoustic_data(const Corpus& corpus,
                                const Alignments& alignments,
                                Codec* codec,
                                SpeakerEncoder* encoder,
                                const AcousticDataOptions& options,
                                const std::vector<std::string>& symbol_table = {});

// All symbols of the corpus, silence first.
std::vector<std::string> make_symbol_table(const Corpus& corpus);
bool is_optional_symbol(const std::string& phone);

}  // namespace tts
