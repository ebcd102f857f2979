// The networks of a voice: new ones of the shipped sizes, and weights to begin from.
#pragma once
#include <string>
#include <vector>

#include "nn/safetensors.h"
#include "train/acoustic_task.h"
#include "train/codec_task.h"
#include "train/duration_task.h"

namespace tts {

// What the weights of a folder mean by symbols and languages: as their trainer wrote it, or the
// voice or base that they were packaged in.
nlohmann::json description_of(const std::string& folder, const std::string& trainers_file);

// settings: options other than usual, "encoder.key": value; those of other members are passed over.
std::shared_ptr<FrameEncoder> new_frame_encoder(
    const AcousticData& data, const nlohmann::json& settings = nlohmann::json::object());
// What a generator's type leaves open.
struct GeneratorForm {
  std::string order = "coarse_first";  // of the codes that `autoregressive` writes
  int64_t merged = 1;                  // frames of `autoregressive` that share a step
  bool pointer = false;                // `autoregressive` can set durations itself
  int64_t scalars = 0;                 // that `flow`'s path is over; 0: the latents
  std::string trunk = "convnext";      // of `flow`'s velocity network
  int64_t semantic_entries = 512;      // tokens of `two_stage`'s first stage
  // Options of members other than usual, "TYPE.key": value, as in a voice's description.
  nlohmann::json settings = nlohmann::json::object();
};

// latent: K of the codec
std::vector<NamedGenerator> new_generators(const std::vector<std::string>& types,
                                           int64_t latent,
                                           const std::shared_ptr<FrameEncoder>& encoder,
                                           const GeneratorForm& form = {});
// The training examples' codes with the first level shared by so many neighbouring frames.
void merge_codes(CodecImpl& codec, int64_t merged, AcousticData& data);
// Tells new generators what the codec's codes stand for.
void start_from(CodecImpl& codec, const std::vector<NamedGenerator>& generators);
// `predictor` is that of "total", and empty for the other types.
std::shared_ptr<DurationModel> new_duration_model(const AcousticData& data,
                                                  const std::string& type = "phoneme",
                                                  const std::string& predictor = "");

// Weights that `tts train acoustic` wrote, or of a packaged voice, to begin from, for data of any
// symbols and languages: what the weights do not know keeps its fresh values. Generators of a type
// that the folder does not have begin anew.
void load_acoustic(const std::string& folder,
                   const AcousticData& data,
                   FrameEncoder& encoder,
                   const std::vector<NamedGenerator>& generators);
// The same for `tts train duration`.
void load_duration(const std::string& folder, const AcousticData& data, DurationModel& model);

std::shared_ptr<SpeakerEncoder> load_speaker_encoder(const std::string& folder);

}  // namespace tts
