// A voice, loaded: the members of its stages with their weights, of which it shares with the voices
// of its base what knows no speaker. Immutable and shared by any number of threads; the state of a
// request lives in the request.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "acoustic/generator.h"
#include "core/voice_manifest.h"
#include "duration/duration_model.h"
#include "engine/generation_batches.h"
#include "engine/listener.h"
#include "engine/voice_files.h"
#include "engine/voice_networks.h"
#include "engine/voice_search.h"

namespace tts {

class Ear;

struct VoiceOptions {
  std::string device = "cpu";  // see parse_device
  int threads = 1;             // sentences of a request made side by side; 0: all CPUs
  std::shared_ptr<GenerationBatches> batches = nullptr;  // with sentences of other requests
};

// Those of the voice, and "hybrid" where it has both members of it.
std::vector<std::string> generator_names_of(const VoiceManifest& manifest);
// What programs are told of a voice: languages, language, prompts, sample_rate_hz, generators,
// durations and the defaults of both.
nlohmann::json description_of(const VoiceManifest& manifest);
// The same of a voice of the path, with its name and folder; of a broken one its error instead.
nlohmann::json description_of(const FoundVoice& found);

class Voice {
 public:
  // A folder, a voice file, or the name of a voice on the search path (voice_search.h). Weights are
  // memory-mapped and checked. Throws Error(kVoice) naming file, key and what is wrong,
  // Error(kUsage) for a device.
  static std::shared_ptr<const Voice> open(const std::string& path_or_name,
                                           const VoiceOptions& options = {});

  // From bytes: "voice.json", "duration.safetensors", …, "codec/codec.json", …. Instead of
  // voice.json there may be a voice file "NAME.voice".
  static std::shared_ptr<const Voice> open_memory(std::map<std::string, std::string> files,
                                                  const VoiceOptions& options = {});

  const VoiceManifest& manifest() const { return manifest_; }
  const torch::Device& device() const { return device_; }
  int threads() const { return threads_; }
  VoiceOptions options() const { return {device_.str(), threads_, batches_}; }
  // One row through a generator of this voice, with rows of other requests where the options of the
  // voice allow it.
  void generate(Generator& generator,
                const Condition& condition,
                const Sampling& sampling,
                const FrameSink& sink,
                const std::atomic<bool>& cancelled) const;
  std::vector<std::string> generator_names() const;
  const std::string& default_generator() const { return default_generator_; }

  std::vector<std::string> duration_names() const;
  std::string default_duration() const;

  // Modules are callable from any thread, in eval mode.
  Vocoder& vocoder() const { return *vocoder_; }
  // Loaded when first asked for; "" is the default. Throws Error(kUsage) naming the voice's.
  Generator& generator(const std::string& name) const;
  DurationModel& duration(const std::string& name) const;

  // What a generator wrote → what the vocoder reads. Float frames are standardised latents
  // [B, T, K], integers are codes [B, T, Q]. → [B, T, D]
  Tensor to_latents(const Tensor& frames) const;

  // Standardised latents [B, T, K] → the nearest codes [B, T, Q]. Of a voice that has a codec.
  Tensor snapped(const Tensor& latents) const;

  // What prompts say of their speaker: heard once, whoever asks. Throws Error(kUsage) naming voices
  // that take prompts where this one does not, Error(kInput) for a recording that cannot be used.
  std::shared_ptr<const HeardPrompts> hear(const std::vector<PromptSource>& prompts) const;

  // The recogniser of the search path, opened when first asked for; null where there is none.
  std::shared_ptr<const Ear> ear() const;

  // The frames of a sound, as the generators write them: standardised latents [B, T, K] and codes
  // [B, T, Q]. wave: [B, 480 T] at 24 kHz. Throws Error(kUsage) for a dummy voice.
  struct KnownFrames {
    Tensor latents, codes;
  };
  KnownFrames frames_of(const Tensor& wave) const;

  Voice(VoiceSource source, const VoiceOptions& options);

 private:
  void load_stages();
  std::shared_ptr<DurationModel> load_duration(const std::string& name) const;

  VoiceManifest manifest_;
  torch::Device device_;
  int threads_;
  std::shared_ptr<GenerationBatches> batches_;
  std::shared_ptr<const VoiceFiles> files_;
  std::string default_generator_;
  std::shared_ptr<const VoiceNetworks> networks_;  // null in a dummy voice
  std::shared_ptr<Vocoder> vocoder_;
  mutable std::mutex mutex_;  // guards what is loaded when first asked for
  mutable std::map<std::string, std::shared_ptr<Generator>> dummy_generators_;
  mutable std::map<std::string, std::shared_ptr<DurationModel>> durations_;
  mutable std::unique_ptr<Listener> listener_;  // made when first asked for
  mutable std::shared_ptr<const Ear> ear_;      // likewise
};

}  // namespace tts
