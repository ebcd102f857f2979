// Sound files: reading any format that libsndfile knows, from a path or from memory, and writing
// wav, flac, ogg, opus, mp3 and raw samples without ever leaving a half-written file.
#pragma once
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tts {

class AudioEncoder;

// One channel; 1.0 is full scale. samples: [S]
struct Waveform {
  std::vector<float> samples;
  int sample_rate_hz = 0;
};

// Reads a whole file as one channel (the mean of its channels) at its own rate. Opus reads at the
// rate its encoder was fed (24 kHz for the recordings here) or 48 kHz. A file cut short gives what
// is there. Throws kInput naming the file and what is wrong: missing, a folder, unreadable,
// zero-length, not audio, without samples, or holding samples that are not finite.
Waveform read_audio(const std::string& path);

// The same, resampled (soxr) when the file's rate is another. A trainer-only build has no
// resampler: there another rate throws kInput.
Waveform read_audio(const std::string& path, int sample_rate_hz);

// The same from memory, which the caller keeps. `name` stands for the path in messages. More than
// `longest_s` seconds throw kInput before they cost memory: a small file can hold days of silence.
Waveform read_audio(const void* bytes,
                    size_t size,
                    const std::string& name,
                    double longest_s = std::numeric_limits<double>::infinity());

enum class AudioFormat { kWav, kFlac, kOgg, kOpus, kMp3, kRaw };

// "wav", "flac", …: the extensions of the formats above.
std::vector<std::string> audio_extensions();
// "FLAC" → kFlac; nothing when it is not one of them.
std::optional<AudioFormat> format_of_extension(std::string extension);

// By the extension, in any case of letters: wav flac ogg opus mp3 raw. "-" is WAV.
// Throws kUsage naming the known ones.
AudioFormat audio_format(const std::string& path);

// Writes one channel. wav, flac and raw (s16le) hold 16 bits; samples outside [-1, 1] are clamped.
//
//   AudioWriter out("clock.wav", 24000);
//   out.write(chunk);        // as often as there is something
//   out.finish();            // only now does clock.wav exist, or is it replaced
//
// The file is written under a temporary name beside the target and renamed by finish(); destroyed
// without finish(), or after a failed write, nothing is left. Standard output ("-"), pipes and
// devices are written as they are, without seeking: WAV then has a header whose sizes are
// 0xFFFFFFFF ("until the end"); compressed formats reach a pipe in one piece at finish(). Throws
// kUsage for a format or a rate that the format does not have, kOutput when the folder is missing,
// the disk is full or the target cannot be written.
class AudioWriter {
 public:
  AudioWriter(const std::string& path, int sample_rate_hz);
  AudioWriter(const std::string& path, int sample_rate_hz, AudioFormat format);
  ~AudioWriter();
  AudioWriter(AudioWriter&&) noexcept;
  AudioWriter& operator=(AudioWriter&&) noexcept;

  void write(const float* samples, size_t count);
  void write(const std::vector<float>& samples) { write(samples.data(), samples.size()); }
  void finish();

 private:
  std::string name_;
  std::unique_ptr<AudioEncoder> encoder_;  // empty once finished or failed
};

// All at once: open, write, finish.
void write_audio(const std::string& path, const Waveform& wave);

}  // namespace tts
