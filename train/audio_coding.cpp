#include "train/audio_coding.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "audio/file.h"
#include "audio/sndfile.h"
#include "codec/codec.h"
#include "core/error.h"
#include "train/warp.h"

namespace tts {
namespace {

constexpr int64_t kTelephoneHz = 8000;

struct Recipe {
  const char* name;
  int format;
  int64_t rate_hz;
  int command;            // of libsndfile; 0: nothing to set
  double coarsest, half;  // its value at fineness 0 and 1
};

const Recipe& recipe_of(AudioCoding coding) {
  static const Recipe recipes[] = {
      {"G.711", sndfile::kWavMuLaw, kTelephoneHz, 0, 0, 0},
      {"GSM 06.10", sndfile::kWavGsm, kTelephoneHz, 0, 0, 0},
      {"Vorbis", sndfile::kOggVorbis, kSampleRateHz, sndfile::kSetVbrQuality, 0.0, 0.3},
      {"Opus", sndfile::kOggOpus, kSampleRateHz, sndfile::kSetCompressionLevel, 0.99, 0.9},
      {"MP3", sndfile::kMp3, kSampleRateHz, sndfile::kSetCompressionLevel, 0.99, 0.7},
  };
  return recipes[static_cast<size_t>(coding)];
}

struct Memory {
  std::vector<char> bytes;
  int64_t place = 0;
};

Memory& memory_of(void* user) {
  return *static_cast<Memory*>(user);
}

int64_t length(void* user) {
  return static_cast<int64_t>(memory_of(user).bytes.size());
}

int64_t tell(void* user) {
  return memory_of(user).place;
}

int64_t seek(int64_t offset, int whence, void* user) {
  const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell(user) : length(user);
  return memory_of(user).place = std::max<int64_t>(0, base + offset);
}

int64_t read(void*, int64_t, void*) {
  return 0;
}

int64_t write(const void* in, int64_t count, void* user) {
  Memory& m = memory_of(user);
  m.bytes.resize(static_cast<size_t>(std::max(length(user), m.place + count)));
  std::memcpy(m.bytes.data() + m.place, in, static_cast<size_t>(count));
  m.place += count;
  return count;
}

// The bytes of a sound file. sound: [S] at the recipe's rate
std::vector<char> encoded(const torch::Tensor& sound, const Recipe& recipe, double fineness) {
  const sndfile::Library& library = sndfile::library();
  sndfile::VirtualIo io{length, seek, read, write, tell};
  sndfile::Info info{0, static_cast<int>(recipe.rate_hz), 1, recipe.format, 0, 0};
  Memory memory;
  std::unique_ptr<sndfile::Handle, int (*)(sndfile::Handle*)> out(
      library.open_virtual(&io, sndfile::kModeWrite, &info, &memory), library.close);
  if (!out) {
    fail(ErrorCode::kInput,
         "libsndfile cannot code ",
         recipe.name,
         ": ",
         library.error_text(nullptr));
  }
  double value = recipe.coarsest + fineness * (recipe.half - recipe.coarsest);
  if (recipe.command) library.command(out.get(), recipe.command, &value, sizeof value);
  library.write_float(out.get(), sound.data_ptr<float>(), sound.size(0));
  out.reset();  // writes the rest
  return std::move(memory.bytes);
}

}  // namespace

torch::Tensor coded(const torch::Tensor& wave, AudioCoding coding, double fineness) {
  const Recipe& recipe = recipe_of(coding);
  const int64_t samples = wave.size(0);
  const bool telephone = recipe.rate_hz != kSampleRateHz;
  const int64_t count = samples * recipe.rate_hz / kSampleRateHz;
  if (count == 0) return wave;
  const torch::Tensor sound = (telephone ? stretch(wave, count) : wave).clamp(-1, 1).contiguous();
  const std::vector<char> bytes = encoded(sound, recipe, fineness);
  std::vector<float> heard = read_audio(bytes.data(), bytes.size(), recipe.name).samples;
  heard.resize(static_cast<size_t>(count));  // some codings fill their last block with silence
  const torch::Tensor out = torch::tensor(heard);
  return telephone ? stretch(out, samples) : out;
}

}  // namespace tts
