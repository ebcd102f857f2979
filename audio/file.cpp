#include "audio/file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "audio/resample.h"
#include "audio/sndfile.h"
#include "core/error.h"

namespace tts {
namespace {

struct Memory {
  const char* bytes;
  int64_t size;
  int64_t position = 0;
};

int64_t memory_length(void* user) {
  return static_cast<Memory*>(user)->size;
}
int64_t memory_tell(void* user) {
  return static_cast<Memory*>(user)->position;
}
int64_t memory_write(const void*, int64_t, void*) {
  return 0;
}

int64_t memory_seek(int64_t offset, int whence, void* user) {
  auto* memory = static_cast<Memory*>(user);
  const int64_t base = whence == SEEK_SET   ? 0
                       : whence == SEEK_CUR ? memory->position
                                            : memory->size;
  const int64_t target = base + offset;
  if (target < 0) return -1;
  memory->position = std::min(target, memory->size);
  return memory->position;
}

int64_t memory_read(void* out, int64_t count, void* user) {
  auto* memory = static_cast<Memory*>(user);
  const int64_t taken = std::clamp<int64_t>(count, 0, memory->size - memory->position);
  if (taken > 0) std::memcpy(out, memory->bytes + memory->position, taken);
  memory->position += taken;
  return taken;
}

struct Closer {
  void operator()(sndfile::Handle* handle) const { sndfile::library().close(handle); }
};

// The mean of the channels. Read in blocks: a header that promises more than the file holds must
// not cost memory. More than `most` samples come back when the sound is longer.
std::vector<float> read_mono(sndfile::Handle* handle, int channels, double most) {
  constexpr int64_t kBlockSamples = 1 << 16;
  const int64_t block_frames = std::max<int64_t>(1, kBlockSamples / channels);
  std::vector<float> block(block_frames * channels), mono;
  for (;;) {
    const int64_t got = sndfile::library().read_frames(handle, block.data(), block_frames);
    if (got <= 0 || static_cast<double>(mono.size()) > most) return mono;
    for (int64_t i = 0; i < got; ++i) {
      float sum = 0;
      for (int c = 0; c < channels; ++c) sum += block[i * channels + c];
      mono.push_back(sum / channels);
    }
  }
}

std::vector<char> read_bytes(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    fail(ErrorCode::kInput, path, ": ", errno == ENOENT ? "no such file" : std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) fail(ErrorCode::kInput, path, ": is a folder, not a sound file");
  std::unique_ptr<FILE, int (*)(FILE*)> in(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened (", std::strerror(errno), ")");
  std::vector<char> bytes, block(1 << 18);
  while (const size_t got = std::fread(block.data(), 1, block.size(), in.get())) {
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
  }
  if (std::ferror(in.get())) {
    fail(ErrorCode::kInput, path, ": cannot be read (", std::strerror(errno), ")");
  }
  return bytes;
}

}  // namespace

Waveform read_audio(const void* bytes, size_t size, const std::string& name, double longest_s) {
  if (size == 0) fail(ErrorCode::kInput, name, ": has zero length");
  Memory memory{static_cast<const char*>(bytes), static_cast<int64_t>(size)};
  sndfile::VirtualIo io{memory_length, memory_seek, memory_read, memory_write, memory_tell};
  sndfile::Info info{};
  const auto& library = sndfile::library();
  std::unique_ptr<sndfile::Handle, Closer> handle(
      library.open_virtual(&io, sndfile::kModeRead, &info, &memory));
  if (!handle || info.channels < 1 || info.sample_rate_hz < 1) {
    fail(ErrorCode::kInput,
         name,
         ": is not a sound file that can be read (",
         library.error_text(handle.get()),
         ")");
  }
  const double most = longest_s * info.sample_rate_hz;
  Waveform wave{read_mono(handle.get(), info.channels, most), info.sample_rate_hz};
  if (static_cast<double>(wave.samples.size()) > most)
    fail(ErrorCode::kInput, name, ": is longer than ", longest_s, " s, the most that is taken");
  if (wave.samples.empty()) fail(ErrorCode::kInput, name, ": holds no samples");
  const auto finite = [](float x) { return std::isfinite(x); };
  if (!std::all_of(wave.samples.begin(), wave.samples.end(), finite)) {
    fail(ErrorCode::kInput, name, ": holds samples that are not finite numbers");
  }
  return wave;
}

Waveform read_audio(const std::string& path) {
  const std::vector<char> bytes = read_bytes(path);
  return read_audio(bytes.data(), bytes.size(), path);
}

Waveform read_audio(const std::string& path, int sample_rate_hz) {
  Waveform wave = read_audio(path);
  if (wave.sample_rate_hz == sample_rate_hz) return wave;
  if (!can_resample()) {
    fail(ErrorCode::kInput,
         path,
         ": has ",
         wave.sample_rate_hz,
         " samples per second; this build ",
         "cannot resample, so it must have ",
         sample_rate_hz);
  }
  return {resample(wave.samples, wave.sample_rate_hz, sample_rate_hz), sample_rate_hz};
}

}  // namespace tts
