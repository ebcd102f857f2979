// The pieces of a voice: new networks of the shipped sizes, and the folder that `tts` loads.
#pragma once
#include <string>
#include <vector>

#include "nn/safetensors.h"
#include "train/acoustic_task.h"
#include "train/codec_task.h"

namespace tts {

std::shared_ptr<FrameEncoder> new_frame_encoder(int64_t symbols);
std::vector<NamedGenerator> new_generators(const std::vector<std::string>& types,
                                           int64_t latent,
                                           const std::shared_ptr<FrameEncoder>& encoder);
std::shared_ptr<PhonemeDuration> new_duration_model(const AcousticData& data);

// Weights that `tts train acoustic` or `tts train duration` wrote, to begin from.
void load_acoustic(const std::string& folder,
                   FrameEncoder& encoder,
                   const std::vector<NamedGenerator>& generators);

// Writes weights again in another type, e.g. int8 per channel. A stem is a path without
// ".safetensors".
void pack_weights(const std::string& from_stem, const std::string& to_stem, SaveType type);

struct VoiceBuild {
  std::string name, language;
  std::string codec_folder;   // as voice.json names it, relative to the voice's folder
  std::string codec_weights;  // codec.safetensors, whose content is the identity
  std::string duration_folder, acoustic_folder;
  std::string default_generator = "flow";
  VoiceStatistics statistics;
  std::string model_card;  // Markdown
};

// Writes voices/NAME from the trainers' folders.
void build_voice(const VoiceBuild& build, const std::string& out);

}  // namespace tts
