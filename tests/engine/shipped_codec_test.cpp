// The laws that every codec keeps, on the one that is shipped, with its trained weights.
#include <cmath>

#include "core/random.h"
#include "engine/codec_bundle.h"
#include "tests/test.h"
#include "vocoder/chunked_stream.h"

using namespace tts;

namespace {

const std::string kShippedCodec = TTS_SOURCE_DIR "/voices/codec";

// Three seconds that sing: a gliding pulse train through two resonances, silence, noise. → [1, S]
Tensor test_signal() {
  torch::manual_seed(5);
  const int64_t samples = 72000;
  const Tensor t = torch::arange(samples, torch::kDouble) / 24000;
  const Tensor phase = 2 * M_PI * (150 * t + 25 * t.square());
  Tensor wave = torch::zeros({samples}, torch::kDouble);
  for (int k = 1; k < 30; ++k) {
    const Tensor hz = k * (150 + 50 * t);
    const Tensor gain =
        torch::exp(-((hz - 600) / 300).square()) + 0.4 * torch::exp(-((hz - 2200) / 500).square());
    wave += 0.1 * gain * torch::cos(k * phase);
  }
  wave.slice(0, 30000, 36000).zero_();
  wave.slice(0, 36000, 44000).copy_(torch::randn({8000}, torch::kDouble) * 0.03);
  return wave.to(torch::kFloat).unsqueeze(0);
}

Tensor sound_in_pieces(const CodecBundle& bundle,
                       const Tensor& latents,
                       const std::vector<int64_t>& pieces) {
  std::vector<Tensor> waves;
  ChunkedStream stream(
      *bundle.vocoder, {RandomStream(1, 0)}, [&](const Tensor& wave) { waves.push_back(wave); });
  int64_t at = 0;
  for (size_t i = 0; at < latents.size(1); ++i) {
    const int64_t end = std::min(latents.size(1), at + pieces[i % pieces.size()]);
    stream.feed(latents.slice(1, at, end));
    at = end;
  }
  stream.finish();
  return torch::cat(waves, 1);
}

}  // namespace

TEST_CASE("shipped codec: chunks concatenate to the whole") {
  const c10::InferenceMode inference;
  const auto bundle = CodecBundle::open(kShippedCodec, torch::kCPU);
  Codec codec = bundle->codec;
  const Tensor latents = codec->decode(codec->encode(test_signal()));
  VocoderStream state({RandomStream(1, 0)});
  const Tensor whole = bundle->vocoder->stream(latents, true, state).wave;
  CHECK(whole.size(1) == 480 * latents.size(1));
  CHECK(whole.abs().max().item<float>() > 0.02);
  const Tensor streamed = sound_in_pieces(*bundle, latents, {latents.size(1)});
  // One product of all rows rounds otherwise than several of fewer, and the phase adds the
  // differences up until the next pause (docs/measured/vocoder.md).
  CHECK((streamed - whole).abs().max().item<float>() < 1e-3);
  const std::vector<std::vector<int64_t>> ways = {{1}, {25}, {7, 2, 40}, {60}};
  for (const auto& pieces : ways)
    CHECK(torch::equal(sound_in_pieces(*bundle, latents, pieces), streamed));
}

TEST_CASE("shipped codec: every codebook adds to the last, and the sum nears the latents") {
  const c10::InferenceMode inference;
  const auto bundle = CodecBundle::open(kShippedCodec, torch::kCPU);
  Codec codec = bundle->codec;
  const Tensor latents = codec->latents(test_signal()), codes = codec->encode(test_signal());
  CHECK(codes.size(2) == 8);
  double before = 1e9;
  for (const int64_t q : {1, 2, 4, 8}) {
    const double left =
        (codec->decode(codes.slice(2, 0, q)) - latents).square().mean().item<double>();
    CHECK(left < before);
    before = left;
  }
}
