// The checked description of a voice folder (voice.json) and of a codec folder (codec.json). The
// engine reads them, the trainer writes them. The sections of the stages are kept as JSON: the
// members check their own (make_generator, make_duration_model, …).
//
//   voices/NAME/voice.json            this manifest
//               duration.safetensors or, with "durations", duration-NAME.safetensors,
//               frame_encoder.safetensors, generator-NAME.safetensors
//   voices/base/base.json             the same of a model that several voices share, without a
//   speaker voices/NAME/voice.json            such a voice: "base": "../base" and what differs (RFC
//   7396) voices/codec/codec.json           CodecManifest
//               codec.safetensors (encoder, quantiser, statistics), vocoder.safetensors
#pragma once
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/config.h"

namespace tts {

inline constexpr int64_t kManifestFormat = 1;
inline constexpr char kVoiceFile[] = "voice.json";
inline constexpr char kBaseFile[] = "base.json";
inline constexpr char kCodecFile[] = "codec.json";

// Of voices and generators: 1 to 64 letters, digits, - and _. Names become parts of file names, so
// they can hold no slash and no dot.
bool is_voice_name(const std::string& name);

// Of the training recordings: what standardised energy and F0 mean in this voice.
struct VoiceStatistics {
  double energy_mean = 0, energy_deviation = 1;    // natural log
  double log_f0_mean = 5, log_f0_deviation = 0.2;  // natural log of Hz, voiced frames
};

nlohmann::json to_json(const VoiceStatistics& statistics);
VoiceStatistics statistics_from(Config config);

// Who speaks: all that the networks of a base are told of a speaker.
struct SpeakerTraits {
  std::vector<double> vector;  // [V] of unit length; empty where the networks take none
  VoiceStatistics statistics;
  double gain_db = 0;  // fixed gain, so that all voices are equally loud
};

struct VoiceManifest {
  std::string name;    // letters, digits, - and _
  bool dummy = false;  // "type": "dummy": one tone per phoneme, no weights, no codec
  std::vector<std::string> languages;  // as given to the front end; the index is Condition's id
  std::string language;                // of `languages`: spoken unless another is asked for
  int64_t sample_rate_hz = 24000;
  double gain_db = 0;  // fixed gain, so that all sentences of a voice are equally loud
  std::vector<std::string> symbols;  // the index is the id; the first is kSilence

  // All below are absent in a dummy voice.
  std::string codec_folder;    // relative to the voice's folder
  std::string codec_identity;  // content_hash of codec.safetensors: 16 hexadecimal digits
  // What makes the speaker vectors that the networks take; absent where they take none, or where
  // the encoder beside the voice is meant.
  std::string encoder_folder, encoder_identity;
  VoiceStatistics statistics;
  std::vector<double> speaker;   // the vector of the voice, where the networks take one
  nlohmann::json frame_encoder;  // type + dimensions
  nlohmann::json duration;       // the same of a voice's one duration model, or else …
  std::map<std::string, nlohmann::json> durations;   // … name → type + dimensions of several
  std::string default_duration;                      // of `durations`
  std::map<std::string, nlohmann::json> generators;  // name → type + dimensions
  std::string default_generator;

  std::string where = kVoiceFile;  // names the file in messages; not part of the JSON

  // Throw Error(kVoice) naming the file, the key, the value and what it must be.
  static VoiceManifest from(Config config);
  static VoiceManifest from_file(const std::string& path);
  nlohmann::json to_json() const;

  SpeakerTraits traits() const { return {speaker, statistics, gain_db}; }

  // A stage's section, ready for make_…: its messages name this file.
  // "" is the default. Throws Error(kUsage) naming the voice's duration models when there is none
  // of that name.
  Config duration_config(const std::string& model = "") const;
  // A single duration model goes by its type.
  std::vector<std::string> duration_names() const;
  std::string default_duration_name() const;
  std::string duration_stem(const std::string& model) const;  // of its weights' file
  nlohmann::json duration_section() const;                    // "duration" or "durations"
  Config frame_encoder_config() const { return {frame_encoder, where + ": frame_encoder"}; }
  // Throws Error(kUsage) naming the voice's generators when there is none of that name.
  Config generator_config(const std::string& generator) const;
  std::vector<std::string> generator_names() const;

  int64_t symbol_id(const std::string& phone) const;       // -1 when the voice does not have it
  int64_t language_id(const std::string& language) const;  // -1; "en" finds "en-us"
};

struct CodecManifest {
  nlohmann::json codec, vocoder;
  std::string where = kCodecFile;

  static CodecManifest from(Config config);
  static CodecManifest from_file(const std::string& path);
  nlohmann::json to_json() const;
  Config codec_config() const { return {codec, where + ": codec"}; }
  Config vocoder_config() const { return {vocoder, where + ": vocoder"}; }
};

}  // namespace tts
