#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/encoder.h"
#include "audio/output_file.h"

namespace tts {
namespace {

constexpr int64_t kHeaderBytes = 44;
constexpr uint32_t kUnknownSize = 0xFFFFFFFFu;  // every reader takes it as "until the end"

void put32(char* at, uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<char>(value >> (8 * i));
}

class PcmEncoder : public AudioEncoder {
 public:
  PcmEncoder(const std::string& path, int sample_rate_hz, bool header)
      : file_(path, /*buffered=*/false), sample_rate_hz_(sample_rate_hz), header_(header) {}

  void write(const float* samples, size_t count) override {
    std::vector<char> bytes(2 * count);
    for (size_t i = 0; i < count; ++i) {
      const int16_t value = to_pcm16(samples[i]);
      bytes[2 * i] = static_cast<char>(value);
      bytes[2 * i + 1] = static_cast<char>(value >> 8);
    }
    begin();
    file_.write(bytes.data(), bytes.size());
  }

  void finish() override {
    begin();
    const int64_t data_bytes = file_.length() - kHeaderBytes;
    if (header_ && file_.can_seek() && data_bytes + kHeaderBytes < kUnknownSize) {
      file_.seek(0);
      write_header(static_cast<uint32_t>(data_bytes));
    }
    file_.finish();
  }

 private:
  // With the first samples, so that a request that is refused leaves nothing in a pipe.
  void begin() {
    if (header_ && !begun_) write_header(kUnknownSize);
    begun_ = true;
  }

  void write_header(uint32_t data_bytes) {
    // Format chunk: 16 bytes, PCM, 1 channel, rate, bytes per second, 2 bytes a frame, 16 bits.
    char bytes[kHeaderBytes + 1] = "RIFF    WAVEfmt \x10\0\0\0\x01\0\x01\0        \x02\0\x10\0data";
    put32(bytes + 4, data_bytes == kUnknownSize ? kUnknownSize : data_bytes + kHeaderBytes - 8);
    put32(bytes + 24, sample_rate_hz_);
    put32(bytes + 28, 2 * sample_rate_hz_);
    put32(bytes + 40, data_bytes);
    file_.write(bytes, kHeaderBytes);
  }

  OutputFile file_;
  int sample_rate_hz_;
  bool header_, begun_ = false;
};

}  // namespace

int16_t to_pcm16(float sample) {
  if (!(sample == sample)) return 0;
  return static_cast<int16_t>(std::lrintf(std::clamp(sample * 32768.0f, -32768.0f, 32767.0f)));
}

std::unique_ptr<AudioEncoder> pcm_encoder(const std::string& path,
                                          int sample_rate_hz,
                                          bool header) {
  return std::make_unique<PcmEncoder>(path, sample_rate_hz, header);
}

}  // namespace tts
