#include "server/sound_encoder.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "audio/encoder.h"
#include "audio/sndfile.h"
#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

std::string little_endian(uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

class PcmBytes : public SoundEncoder {
 public:
  PcmBytes(int sample_rate_hz, bool header, ByteSink sink) : sink_(std::move(sink)) {
    if (!header) return;
    const auto rate = static_cast<uint32_t>(sample_rate_hz);
    const std::string unknown = little_endian(0xFFFFFFFFu, 4);
    // PCM, one channel, 2 bytes a frame, 16 bits.
    sink_("RIFF" + unknown + "WAVEfmt " + little_endian(16, 4) + little_endian(1, 2) +
          little_endian(1, 2) + little_endian(rate, 4) + little_endian(2 * rate, 4) +
          little_endian(2, 2) + little_endian(16, 2) + "data" + unknown);
  }

  void write(const std::vector<float>& samples) override {
    std::string bytes;
    bytes.reserve(2 * samples.size());
    for (const float sample : samples)
      bytes += little_endian(static_cast<uint16_t>(to_pcm16(sample)), 2);
    sink_(bytes);
  }

  void finish() override {}

 private:
  ByteSink sink_;
};

// What libsndfile writes at the end of the file goes out; what it would correct in a header that
// has left (lengths) is dropped.
struct ForwardOnly {
  ByteSink sink;
  int64_t position = 0, length = 0;
  std::exception_ptr error;  // kept: no exception may cross C
};

ForwardOnly& forward(void* user) {
  return *static_cast<ForwardOnly*>(user);
}

constexpr int kSetBitrateMode = 0x1305;  // SFC_SET_BITRATE_MODE of libsndfile 1.1, an int
constexpr int kConstantBitrate = 0;
constexpr double kMp3Level = 0.42;  // 96 kbit/s at 24 kHz

int64_t forward_length(void* user) {
  return forward(user).length;
}
int64_t forward_tell(void* user) {
  return forward(user).position;
}
int64_t forward_read(void*, int64_t, void*) {
  return 0;
}

int64_t forward_seek(int64_t offset, int whence, void* user) {
  ForwardOnly& out = forward(user);
  const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? out.position : out.length;
  out.position = std::clamp<int64_t>(base + offset, 0, out.length);
  return out.position;
}

int64_t forward_write(const void* bytes, int64_t count, void* user) {
  ForwardOnly& out = forward(user);
  const int64_t sent = std::clamp<int64_t>(out.length - out.position, 0, count);
  out.position += count;
  out.length = std::max(out.length, out.position);
  if (out.error) return 0;
  try {
    if (sent < count)
      out.sink({static_cast<const char*>(bytes) + sent, static_cast<size_t>(count - sent)});
    return count;
  } catch (...) {
    out.error = std::current_exception();
    return 0;
  }
}

class SndfileBytes : public SoundEncoder {
 public:
  SndfileBytes(int sample_rate_hz, int format, ByteSink sink)
      : lossless_(format == sndfile::kFlacPcm16) {
    out_.sink = std::move(sink);
    sndfile::Info info{0, sample_rate_hz, 1, format, 0, 0};
    handle_ = library_.open_virtual(&io_, sndfile::kModeWrite, &info, &out_);
    if (handle_ == nullptr)
      fail(ErrorCode::kUsage,
           "response_format cannot hold a sample-rate of ",
           sample_rate_hz,
           " (",
           library_.error_text(nullptr),
           "); leave sample_rate out, or ask for wav or pcm");
    if (format == sndfile::kMp3) make_constant();
  }

  ~SndfileBytes() override {
    out_.sink = [](std::string_view) {};
    if (handle_ != nullptr) library_.close(handle_);
  }

  void write(const std::vector<float>& samples) override {
    const auto frames = static_cast<int64_t>(samples.size());
    int64_t written = 0;
    if (lossless_) {
      std::vector<int16_t> pcm(samples.size());
      std::transform(samples.begin(), samples.end(), pcm.begin(), to_pcm16);
      written = library_.write_short(handle_, pcm.data(), frames);
    } else {
      std::vector<float> clamped(samples.size());
      std::transform(samples.begin(), samples.end(), clamped.begin(), [](float x) {
        return x == x ? std::clamp(x, -1.0f, 1.0f) : 0.0f;
      });
      written = library_.write_float(handle_, clamped.data(), frames);
    }
    check(written == frames, "cannot be encoded");
  }

  void finish() override {
    check(library_.close(std::exchange(handle_, nullptr)) == 0, "failed at its end");
  }

 private:
  // Of an MP3 whose header says no length, players guess it from the bitrate.
  void make_constant() {
    int mode = kConstantBitrate;
    library_.command(handle_, kSetBitrateMode, &mode, sizeof(mode));
    double level = kMp3Level;
    library_.command(handle_, sndfile::kSetCompressionLevel, &level, sizeof(level));
  }

  void check(bool done, const char* what) const {
    if (out_.error) std::rethrow_exception(out_.error);
    if (!done) fail(ErrorCode::kInternal, "the sound ", what, ": ", library_.error_text(handle_));
  }

  const sndfile::Library& library_ = sndfile::library();
  bool lossless_;
  ForwardOnly out_;
  sndfile::VirtualIo io_{forward_length, forward_seek, forward_read, forward_write, forward_tell};
  sndfile::Handle* handle_ = nullptr;
};

int sndfile_format(AudioFormat format) {
  switch (format) {
    case AudioFormat::kFlac:
      return sndfile::kFlacPcm16;
    case AudioFormat::kOgg:
      return sndfile::kOggVorbis;
    case AudioFormat::kOpus:
      return sndfile::kOggOpus;
    case AudioFormat::kMp3:
      return sndfile::kMp3;
    case AudioFormat::kWav:
    case AudioFormat::kRaw:
      break;
  }
  fail(ErrorCode::kInternal, "a format that libsndfile does not write");
}

}  // namespace

const std::vector<SoundFormat>& sound_formats() {
  static const std::vector<SoundFormat> formats = {{"mp3", AudioFormat::kMp3, "audio/mpeg"},
                                                   {"opus", AudioFormat::kOpus, "audio/ogg"},
                                                   {"ogg", AudioFormat::kOgg, "audio/ogg"},
                                                   {"flac", AudioFormat::kFlac, "audio/flac"},
                                                   {"wav", AudioFormat::kWav, "audio/wav"},
                                                   {"pcm", AudioFormat::kRaw, "audio/pcm"}};
  return formats;
}

std::unique_ptr<SoundEncoder> make_sound_encoder(AudioFormat format,
                                                 int sample_rate_hz,
                                                 ByteSink sink) {
  if (format == AudioFormat::kWav || format == AudioFormat::kRaw)
    return std::make_unique<PcmBytes>(sample_rate_hz, format == AudioFormat::kWav, std::move(sink));
  return std::make_unique<SndfileBytes>(sample_rate_hz, sndfile_format(format), std::move(sink));
}

}  // namespace tts
