#include "engine/codec_io.h"

#include <algorithm>

#include "audio/band.h"
#include "core/error.h"
#include "core/random.h"
#include "core/stop.h"
#include "vocoder/chunked_stream.h"

namespace tts {
namespace {

constexpr int64_t kPieceFrames = 1500;  // 30 seconds
constexpr int64_t kContextFrames = 50;  // more than the encoder sees to either side

void stop_if(const std::atomic<bool>& cancelled) {
  if (cancelled) fail_cancelled();
}

struct Recording {
  Tensor wave;       // [1, S]
  Tensor limits_hz;  // [1], of the whole, so that its pieces are heard alike
};

// Codes of frames [begin, end) of the recording → [end - begin, Q] int64
Tensor encode_piece(const CodecBundle& bundle,
                    const Recording& recording,
                    int64_t begin,
                    int64_t end) {
  const Tensor& wave = recording.wave;
  const int64_t frames = wave.size(1) / kFrameSamples;
  const int64_t first = std::max<int64_t>(0, begin - kContextFrames);
  const int64_t behind = std::min(frames, end + kContextFrames);
  Codec codec = bundle.codec;
  const Tensor device_wave =
      wave.slice(1, first * kFrameSamples, behind * kFrameSamples).to(bundle.device);
  return codec->encode(device_wave, recording.limits_hz)[0]
      .slice(0, begin - first, end - first)
      .to(torch::kCPU);
}

}  // namespace

TokenFile encode_audio(const CodecBundle& bundle,
                       const std::vector<float>& samples,
                       int codebooks,
                       const std::atomic<bool>& cancelled) {
  const c10::InferenceMode inference;
  TokenFile tokens;
  tokens.codec_identity = bundle.identity;
  tokens.codebooks = static_cast<uint32_t>(codebooks);
  tokens.samples = samples.size();
  tokens.frames = (samples.size() + kFrameSamples - 1) / kFrameSamples;
  const auto frames = static_cast<int64_t>(tokens.frames);
  Tensor wave = torch::zeros({1, frames * kFrameSamples});
  std::copy(samples.begin(), samples.end(), wave.data_ptr<float>());
  const Recording recording = {wave, band_limits_hz(wave, kSampleRateHz).to(bundle.device)};
  for (int64_t begin = 0; begin < frames; begin += kPieceFrames) {
    stop_if(cancelled);
    const int64_t end = std::min(frames, begin + kPieceFrames);
    const Tensor codes =
        encode_piece(bundle, recording, begin, end).slice(1, 0, codebooks).contiguous();
    const int64_t* first = codes.data_ptr<int64_t>();
    tokens.codes.insert(tokens.codes.end(), first, first + codes.numel());
  }
  return tokens;
}

void decode_tokens(const CodecBundle& bundle,
                   const TokenFile& tokens,
                   const SampleSink& sink,
                   const std::atomic<bool>& cancelled) {
  const c10::InferenceMode inference;
  Codec codec = bundle.codec;
  const auto frames = static_cast<int64_t>(tokens.frames),
             levels = static_cast<int64_t>(tokens.codebooks);
  if (levels > codec->options().quantiser.codebooks) {
    fail(ErrorCode::kInput,
         "the token file has ",
         levels,
         " codebooks; the codec has ",
         codec->options().quantiser.codebooks);
  }
  const std::vector<int64_t> wide(tokens.codes.begin(), tokens.codes.end());
  const Tensor codes = torch::tensor(wide, torch::kInt64).view({1, frames, levels});
  auto left = static_cast<int64_t>(tokens.samples);
  ChunkedStream stream(*bundle.vocoder, {RandomStream(0, 0)}, [&](const Tensor& wave) {
    stop_if(cancelled);
    const Tensor sound = wave.to(torch::kCPU).contiguous();
    const int64_t count = std::min(left, sound.numel());
    sink(sound.data_ptr<float>(), static_cast<size_t>(count));
    left -= count;
  });
  for (int64_t begin = 0; begin < frames; begin += kPieceFrames) {
    const int64_t end = std::min(frames, begin + kPieceFrames);
    stream.feed(codec->decode(codes.slice(1, begin, end).to(bundle.device)));
  }
  stream.finish();
}

}  // namespace tts
