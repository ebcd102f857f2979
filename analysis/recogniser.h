// Which phones were said, and when? A connectionist temporal classifier (A. Graves et al.,
// "Connectionist temporal classification: labelling unsegmented sequence data with recurrent neural
// networks", 2006) over the phones of all languages: ConvNeXt blocks at the codec's 50 frames per
// second on a log-mel without its mean. A second output names the phone of each single frame, as in
// hybrid recognisers, for alignments: CTC's own peaks say little about where a phone ends.
#pragma once
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "audio/mel.h"
#include "core/config.h"
#include "core/text_types.h"
#include "nn/blocks.h"

namespace tts {

struct RecogniserOptions {
  int64_t bands = 80;
  int64_t channels = 192;
  int64_t hidden = 576;
  int64_t blocks = 6;
  int64_t kernel = 9;
  double dropout = 0;               // of the blocks while training; not stored
  std::vector<std::string> phones;  // output k + 1 is phones[k], a long one with its "ː"
  static RecogniserOptions from(Config config);
  nlohmann::json to_json() const;
};

// Natural log probabilities of the outputs; column 0 is CTC's blank, and silence.
struct Hearing {
  Tensor ctc;     // [B, T, 1 + phones]
  Tensor frames;  // [B, T, 1 + phones]
};

class RecogniserImpl : public torch::nn::Module {
 public:
  explicit RecogniserImpl(const RecogniserOptions& options);

  // mel_pairs of wave [B, S]; `lengths` [B] int64 codec frames. → [B, T, 2 bands]
  Tensor features(const Tensor& wave, const Tensor& lengths = {}) const;

  // What features() gave. Padding never changes a frame.
  Hearing forward(const Tensor& features, const Tensor& lengths = {});
  // … and what both outputs read. → [B, T, channels]
  Tensor hidden(const Tensor& features, const Tensor& lengths = {});
  // … from what hidden() gave. [B, T, channels]
  Hearing read(const Tensor& hidden);

  const RecogniserOptions& options() const { return options_; }

 private:
  RecogniserOptions options_;
  LogMel log_mel_;
  FrameConv input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear ctc_, frames_;
};
TORCH_MODULE(Recogniser);

// "aː": how the recogniser writes a phone. Empty for what is no phone (silence, boundary, mark).
std::string recogniser_phone(const Symbol& symbol);

// The output of a symbol's phone among those of a recogniser's `phones`, or of the nearest that is
// there, else kAnyPhone (analysis/ctc.h); 0 for what is no phone.
int64_t recogniser_output(const std::vector<std::string>& phones, const Symbol& symbol);

// Begins where a trained one of the same width ended, whose phones are the first of `recogniser`'s.
// Blocks that `recogniser` has beyond those of `trained` add nothing at first, so that it hears the
// same as `trained`; phones beyond them begin untrained.
void begin_from(Recogniser& recogniser, Recogniser& trained);

// recogniser.json and recogniser.safetensors of a folder, ready to listen. Throws kVoice naming the
// file.
Recogniser load_recogniser(const std::string& folder);
void save_recogniser(Recogniser& recogniser, const std::string& folder);

}  // namespace tts
