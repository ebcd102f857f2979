#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "audio/encoder.h"
#include "audio/output_file.h"
#include "audio/sndfile.h"
#include "core/error.h"

namespace tts {
namespace {

// libsndfile calls back from C, which no exception may cross: the first message is kept.
struct Sink {
  OutputFile file;
  std::string error;
};

template <typename Step>
int64_t guarded(void* user, int64_t on_error, Step step) {
  Sink& sink = *static_cast<Sink*>(user);
  try {
    return step(sink.file);
  } catch (const std::exception& e) {
    if (sink.error.empty()) sink.error = e.what();
    return on_error;
  }
}

int64_t sink_length(void* user) {
  return static_cast<Sink*>(user)->file.length();
}
int64_t sink_tell(void* user) {
  return static_cast<Sink*>(user)->file.position();
}

int64_t sink_seek(int64_t offset, int whence, void* user) {
  return guarded(user, -1, [&](OutputFile& file) {
    const int64_t base = whence == SEEK_SET   ? 0
                         : whence == SEEK_CUR ? file.position()
                                              : file.length();
    file.seek(base + offset);
    return file.position();
  });
}

int64_t sink_read(void* bytes, int64_t count, void* user) {
  return guarded(user, 0, [&](OutputFile& file) {
    const int64_t there = std::clamp<int64_t>(count, 0, file.length() - file.position());
    file.read_back(bytes, there);
    return there;
  });
}

int64_t sink_write(const void* bytes, int64_t count, void* user) {
  return guarded(user, 0, [&](OutputFile& file) {
    file.write(bytes, count);
    return count;
  });
}

class SndfileEncoder : public AudioEncoder {
 public:
  SndfileEncoder(const std::string& path, int sample_rate_hz, int format)
      : name_(path), lossless_(format == sndfile::kFlacPcm16), sink_{{path, true}, {}} {
    sndfile::Info info{0, sample_rate_hz, 1, format, 0, 0};
    handle_ = library_.open_virtual(&io_, sndfile::kModeWrite, &info, &sink_);
    if (!handle_) fail_with(library_.error_text(nullptr));
  }

  ~SndfileEncoder() override {
    if (handle_) library_.close(handle_);
  }

  void write(const float* samples, size_t count) override {
    const int64_t frames = static_cast<int64_t>(count);
    int64_t written = 0;
    if (lossless_) {
      std::vector<int16_t> pcm(count);
      std::transform(samples, samples + count, pcm.begin(), to_pcm16);
      written = library_.write_short(handle_, pcm.data(), frames);
    } else {
      std::vector<float> clamped(count);
      std::transform(samples, samples + count, clamped.begin(), [](float x) {
        return x == x ? std::clamp(x, -1.0f, 1.0f) : 0.0f;
      });
      written = library_.write_float(handle_, clamped.data(), frames);
    }
    if (written != frames || !sink_.error.empty()) fail_with(library_.error_text(handle_));
  }

  void finish() override {
    const int status = library_.close(std::exchange(handle_, nullptr));
    if (status != 0 || !sink_.error.empty()) fail_with("the encoder failed at the end");
    sink_.file.finish();
  }

 private:
  [[noreturn]] void fail_with(const char* reason) const {
    if (!sink_.error.empty()) throw Error(ErrorCode::kOutput, sink_.error);
    fail(ErrorCode::kOutput, name_, ": cannot be encoded (", reason, ")");
  }

  const sndfile::Library& library_ = sndfile::library();
  std::string name_;
  bool lossless_;
  Sink sink_;
  sndfile::VirtualIo io_{sink_length, sink_seek, sink_read, sink_write, sink_tell};
  sndfile::Handle* handle_ = nullptr;
};

}  // namespace

std::unique_ptr<AudioEncoder> sndfile_encoder(const std::string& path,
                                              int sample_rate_hz,
                                              int format) {
  return std::make_unique<SndfileEncoder>(path, sample_rate_hz, format);
}

}  // namespace tts
