// A voice and a codec of the smallest dimensions with random weights, written as a trainer would:
// through the manifests and save_safetensors.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "acoustic/generator.h"
#include "analysis/speaker_encoder.h"
#include "audio/file.h"
#include "codec/codec.h"
#include "core/voice_manifest.h"
#include "duration/duration_model.h"
#include "engine/dummy.h"
#include "nn/safetensors.h"
#include "tests/speech_like.h"
#include "vocoder/vocoder.h"

namespace tts::tiny {

inline void write_json(const std::string& path, const nlohmann::json& json) {
  std::ofstream(path) << json.dump(1);
}

inline nlohmann::json read_json(const std::string& path) {
  std::ifstream in(path);
  return nlohmann::json::parse(in);
}

inline nlohmann::json vocoder_json() {
  return {{"type", "inverse_stft"},
          {"latent", 8},
          {"channels", 16},
          {"lookahead_50hz", {1}},
          {"lookahead_100hz", {1}}};
}

// → the codec's identity
inline std::string write_codec(const std::string& folder, int64_t seed = 1) {
  std::filesystem::create_directories(folder);
  torch::manual_seed(seed);
  CodecOptions options;
  options.encoder = {20, 8, 1, 8, 1, 8};
  options.quantiser.latent = 8;
  options.quantiser.codebooks = 3;
  Codec codec(options);
  codec->set_statistics(torch::randn({200, 8}), 6, 0.5);
  const auto vocoder = make_vocoder(Config(vocoder_json(), "tiny"));
  CodecManifest manifest;
  manifest.codec = options.to_json();
  manifest.vocoder = vocoder->to_json();
  write_json(folder + "/codec.json", manifest.to_json());
  save_sharded(folder + "/codec", module_tensors(*codec), {}, SaveType::kHalf);
  save_sharded(folder + "/vocoder", module_tensors(*vocoder), {}, SaveType::kHalf);
  return content_hash(SafeTensors::open_sharded(folder + "/codec"));
}

// root/codec and root/NAME; the generators are "flow" (the default) and "parallel". With a
// `speaker` the networks take a vector of as many numbers.
inline void write_voice(const std::string& root,
                        const std::string& name = "tiny",
                        const std::vector<double>& speaker = {}) {
  const std::string folder = root + "/" + name;
  std::filesystem::create_directories(folder);
  VoiceManifest manifest = dummy_manifest();
  manifest.name = name;
  manifest.dummy = false;
  manifest.codec_folder = "../codec";
  manifest.codec_identity = write_codec(root + "/codec");
  torch::manual_seed(2);
  const auto symbols = static_cast<int64_t>(manifest.symbols.size());
  FrameEncoderOptions encoder_options;
  manifest.speaker = speaker;
  const auto width = static_cast<int64_t>(speaker.size());
  const auto languages = static_cast<int64_t>(manifest.languages.size());
  encoder_options.symbols = symbols;
  encoder_options.languages = languages;
  encoder_options.speaker_vector = width;
  encoder_options.channels = 8;
  encoder_options.text_blocks = encoder_options.frame_blocks = 1;
  const auto encoder = std::make_shared<FrameEncoder>(encoder_options);
  manifest.frame_encoder = encoder_options.to_json();
  manifest.duration = {{"type", "phoneme"},
                       {"symbols", symbols},
                       {"channels", 8},
                       {"blocks", 1},
                       {"dropout", 0.1},
                       {"duration_scale", 1.0},
                       {"pause_scale", 1.0},
                       {"duration_contrast", 1.0},
                       {"pitch_contrast", 1.0},
                       {"energy_contrast", 1.0},
                       {"languages", languages},
                       {"speaker_vector", width}};
  manifest.generators["flow"] = {{"type", "flow"},
                                 {"latent", 6},
                                 {"mean_blocks", 1},
                                 {"channels", 8},
                                 {"blocks", 1},
                                 {"dropout", 0.1},
                                 {"condition_dropout", 0.1}};
  manifest.generators["parallel"] = {
      {"type", "parallel"}, {"latent", 6}, {"blocks", 1}, {"dropout", 0.1}};
  manifest.default_generator = "flow";
  const auto duration = make_duration_model(manifest.duration_config());
  save_sharded(folder + "/duration", module_tensors(*duration), {}, SaveType::kHalf);
  save_sharded(folder + "/frame_encoder", module_tensors(*encoder), {}, SaveType::kInt8PerChannel);
  for (const auto& generator : manifest.generator_names()) {
    const auto module = make_generator(manifest.generator_config(generator), encoder);
    save_sharded(folder + "/generator-" + generator, module_tensors(*module), {}, SaveType::kHalf);
  }
  write_json(folder + "/voice.json", manifest.to_json());
}

// What all token generators of a tiny voice have.
inline nlohmann::json tiny_tokens() {
  return {{"codebooks", 3},
          {"entries", 1024},
          {"embedding", 4},
          {"condition_blocks", 0},
          {"channels", 8},
          {"blocks", 1},
          {"dropout", 0.0},
          {"condition_dropout", 0.0},
          {"code_noise", 0.0}};
}

// Gives the voice in a folder the token generators, of the order coarse_first.
inline void add_token_generators(const std::string& folder) {
  nlohmann::json json = read_json(folder + "/voice.json");
  const nlohmann::json tokens = tiny_tokens();
  nlohmann::json& masked = json["generators"]["masked"] = tokens;
  nlohmann::json& autoregressive = json["generators"]["autoregressive"] = tokens;
  masked["type"] = "masked";
  autoregressive.update({{"type", "autoregressive"},
                         {"order", "coarse_first"},
                         {"heads", 2},
                         {"code_mask", 0.0},
                         {"refine_blocks", 1},
                         {"pointer", true}});
  const auto encoder =
      std::make_shared<FrameEncoder>(FrameEncoderOptions::from({json["frame_encoder"], "tiny"}));
  torch::manual_seed(7);
  for (const char* name : {"masked", "autoregressive"}) {
    const auto module = make_generator({json["generators"][name], "tiny"}, encoder);
    save_sharded(folder + "/generator-" + name, module_tensors(*module), {}, SaveType::kHalf);
  }
  write_json(folder + "/voice.json", json);
}

// root/base, a model for several voices, and root/anna and root/bert, who share it.
inline void write_shared_voices(const std::string& root) {
  write_voice(root, "base", {1, 0, 0});
  const std::string file = root + "/base/voice.json";
  nlohmann::json base = read_json(file);
  std::filesystem::remove(file);
  const nlohmann::json statistics = base["statistics"];
  for (const char* key : {"language", "speaker", "statistics", "gain_db"}) base.erase(key);
  write_json(root + "/base/base.json", base);
  const auto add = [&](const char* name, const char* language, std::vector<double> speaker) {
    std::filesystem::create_directories(root + "/" + name);
    write_json(root + "/" + name + "/voice.json",
               {{"base", "../base"},
                {"name", name},
                {"language", language},
                {"gain_db", 0.0},
                {"statistics", statistics},
                {"speaker", speaker},
                {"duration", {{"duration_scale", 1.5}}}});
  };
  add("anna", "en-us", {1, 0, 0});
  add("bert", "de", {0, 1, 0});
}

// root/speaker, an encoder of vectors of three numbers. → its identity
inline std::string write_speaker_encoder(const std::string& root, int64_t seed = 3) {
  const std::string folder = root + "/speaker";
  std::filesystem::create_directories(folder);
  torch::manual_seed(seed);
  SpeakerEncoderOptions options;
  options.bands = 16;
  options.channels = 12;
  options.blocks = 1;
  options.vector = 3;
  write_json(folder + "/speaker.json", options.to_json());
  SpeakerEncoder encoder(options);
  save_sharded(folder + "/speaker", module_tensors(*encoder), {}, SaveType::kHalf);
  return content_hash(SafeTensors::open_sharded(folder + "/speaker"));
}

// A recording of somebody: tests/speech_like.h as a WAV file.
inline void write_recording(const std::string& path, double hz, double seconds = 4) {
  SpeechLike sound;
  sound.hz = hz;
  sound.seconds = seconds;
  write_audio(path, {speech_like(sound), sound.sample_rate_hz});
}

}  // namespace tts::tiny
