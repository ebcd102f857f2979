// Training the codec and its vocoder.
//
// Stage "reconstruct": encoder, quantiser and vocoder together on spectral losses. The first steps
// run without the quantiser; then its codebooks start from real frames. Stage "adversarial":
// encoder and quantiser frozen, the vocoder against discriminators. Because codes and latents no
// longer move, generators can train beside it.
#pragma once
#include <memory>

#include "codec/codec.h"
#include "train/corpus.h"
#include "train/generated_latents.h"
#include "train/loop.h"
#include "train/recognition_loss.h"
#include "train/spectral_loss.h"
#include "vocoder/discriminators.h"
#include "vocoder/vocoder.h"

namespace tts {

struct CodecTaskOptions {
  int64_t batch = 12;
  int64_t crop_frames = 32;
  int64_t quantise_from = 250;      // step at which the quantiser is switched on
  double quantiser_dropout = 0.25;  // share of rows that use fewer codebooks
  bool freeze_codec = false;        // the vocoder learns alone on latents that stay as they are
  double commitment_weight = 0.25;  // of the share of variance that quantising leaves over
  double f0_weight = 0.05;          // of what the vocoder reads of F0 and voicing in the latents
  double linear_weight = 0.2;       // of the distance between linear-frequency spectra
  double contrast_weight = 0;       // of the distance between the sharpness of spectra
  double slow_weight = 1;           // within the contrasts, of those over time in a band
  // A trained vocoder whose filters a new one learns besides; needs freeze_codec.
  std::shared_ptr<Vocoder> teacher;
  double teacher_weight = 1;
  // What a recogniser hears in the output and in the recording; none without it.
  std::shared_ptr<const RecognitionLoss> recognition;
  double recogniser_weight = 0;
  // Rows that learn from what generators make, as a share of the batch; needs freeze_codec.
  std::shared_ptr<const GeneratedLatents> generated;
  double generated_share = 0.5;
  double warp_share = 0.3;  // share of crops with changed pitch and formants
  double band_share = 0;    // share of crops of which the encoder is told the lower part alone
  double balance = 1;       // a speaker's share of the crops is minutes ^ balance: 1 as they come
  torch::Device device = torch::kCPU;
  OptimiserOptions optimiser;
};

// A batch of crops and what is known about them.
struct CropBatch {
  Tensor wave;             // [B, S]
  Tensor limits_hz;        // [B] where the recordings end: above there is nothing to compare
  Tensor heard_hz;         // [B] where what the encoder hears ends, not above limits_hz
  VocoderTeacher teacher;  // [B, S / 240]
  Tensor generated;        // [B, S / 480, K] standardised latents, where drawn from generators
};

// Draws crops by length-weighted utterance, with random gain and, for some, resampling (pitch and
// formants by up to ±3 semitones), for half of these also formants moved alone by up to ±2.
class CropSampler {
 public:
  CropSampler(const std::vector<Utterance>& utterances, const CodecTaskOptions& options);
  CropBatch draw(int64_t batch, torch::Device device) const;
  // Crops of recordings that `generated` has, neither warped nor changed in level.
  CropBatch draw(int64_t batch, torch::Device device, const GeneratedLatents& generated) const;

 private:
  const Utterance& draw_utterance() const;
  const std::vector<Utterance>& utterances_;
  int64_t crop_frames_;
  double warp_share_, band_share_;
  std::vector<double> cumulative_;
};

// Held-back crops, always the same: for validation.
std::vector<CropBatch> validation_crops(const std::vector<Utterance>& utterances,
                                        int64_t frames,
                                        torch::Device device);

// What both stages share: the models and how they are written.
struct CodecModels {
  Codec codec{nullptr};
  std::shared_ptr<Vocoder> vocoder;
};

// `changes`: options of the vocoder other than the usual ones, merged into them (RFC 7396).
CodecModels new_codec(const std::string& vocoder_type,
                      const nlohmann::json& changes = nlohmann::json::object());
// A folder with codec.json, codec.safetensors, vocoder.safetensors.
CodecModels load_codec(const std::string& folder);
void save_codec(const CodecModels& models, const std::string& folder);
// Decoded latents of training speech, [M, D], for the statistics and the codebooks' entropies.
Tensor decoded_frames(Codec& codec, const std::vector<Utterance>& utterances, int64_t most);

// What both stages ask of the spectra: mel distance, linear and contrast distances with the
// options' weights. Notes each part in `metrics`; the sum is the loss. Waves: [B, S] → scalar
class SpectralLosses {
 public:
  explicit SpectralLosses(const CodecTaskOptions& options) : contrast_(options.slow_weight) {}
  Tensor operator()(const Tensor& output,
                    const Tensor& target,
                    const CodecTaskOptions& options,
                    Metrics& metrics) const;
  // What is asked where the output is another realisation than the target: contrasts alone.
  Tensor contrast(const Tensor& output,
                  const Tensor& target,
                  const CodecTaskOptions& options) const;
  const MultiScaleMelLoss& mel() const { return mel_; }

 private:
  MultiScaleMelLoss mel_;
  LinearSpectrumLoss linear_;
  SpectralContrastLoss contrast_;
};

class ReconstructTask : public Task {
 public:
  ReconstructTask(CodecModels models, const Corpus& corpus, CodecTaskOptions options);
  Metrics step(int64_t step) override;
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override;
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"codec", &optimiser_}};
  }
  void export_to(const std::string& folder) override;

 private:
  std::vector<torch::nn::Module*> trained();
  Tensor random_levels(int64_t rows) const;
  void start_quantiser();
  Tensor teacher_distance(const Tensor& latents,
                          const CropBatch& batch,
                          const VocoderOutput& output) const;
  CodecModels models_;
  const Corpus& corpus_;
  CodecTaskOptions options_;
  CropSampler sampler_;
  SpectralLosses spectral_losses_;
  Optimiser optimiser_;
};

struct AdversarialOptions {
  CodecTaskOptions crops;
  double adversarial_weight = 0.25;  // gradient share at the waveform, see GradientBalance
  int64_t warmup_steps = 300;        // discriminators learn alone against the frozen vocoder
  double gain = 10;                  // the recordings are quiet: levels before the discriminators
  // So many of the discriminators, drawn anew for each step, judge and learn: they take most of a
  // step's time, and the mean of what they ask for is the same. 0: all.
  int64_t discriminators_per_step = 0;
  OptimiserOptions discriminator;
};

class AdversarialTask : public Task {
 public:
  AdversarialTask(CodecModels models, const Corpus& corpus, AdversarialOptions options);
  Metrics step(int64_t step) override;
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override;
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"vocoder", &generator_optimiser_}, {"discriminators", &discriminator_optimiser_}};
  }
  void export_to(const std::string& folder) override;
  nlohmann::json state() const override;
  void set_state(const nlohmann::json& state) override;
  // Weights of an earlier run, so that an adversarial stage can go on without its optimiser.
  void load_discriminators(const std::string& folder);

 private:
  Tensor frozen_latents(const CropBatch& batch);
  std::vector<size_t> draw_discriminators();
  struct WeightedLoss {
    const char* name;
    Tensor loss;
    double weight;
  };
  void measure(const char* name, const Tensor& gradient);
  Tensor balanced_gradient(const Tensor& wave,
                           const std::vector<WeightedLoss>& losses,
                           bool measure_norms);
  CodecModels models_;
  const Corpus& corpus_;
  AdversarialOptions options_;
  CropSampler sampler_;
  SpectralLosses spectral_losses_;
  Discriminators discriminators_;
  Optimiser generator_optimiser_, discriminator_optimiser_;
  std::map<std::string, double> norms_;  // moving averages of the gradient norms at the waveform
};

}  // namespace tts
