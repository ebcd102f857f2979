// AudioWriter: the table of formats, and the rule that a failed file leaves nothing behind.
#include <algorithm>

#include "audio/encoder.h"
#include "audio/sndfile.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

struct FormatRow {
  const char* extension;
  AudioFormat format;
  int sndfile_format;      // 0: written by hand
  std::vector<int> rates;  // empty: any
};

const FormatRow kFormats[] = {
    {"wav", AudioFormat::kWav, 0, {}},
    {"flac", AudioFormat::kFlac, sndfile::kFlacPcm16, {}},
    {"ogg", AudioFormat::kOgg, sndfile::kOggVorbis, {}},
    {"opus", AudioFormat::kOpus, sndfile::kOggOpus, {8000, 12000, 16000, 24000, 48000}},
    {"mp3",
     AudioFormat::kMp3,
     sndfile::kMp3,
     {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000}},
    {"raw", AudioFormat::kRaw, 0, {}},
};

const FormatRow& row_of(AudioFormat format) {
  for (const auto& row : kFormats) {
    if (row.format == format) return row;
  }
  fail(ErrorCode::kInternal, "an audio format without a row");
}

void check_rate(const FormatRow& row, int hz) {
  if (hz < 1000 || hz > 192000) {
    fail(ErrorCode::kUsage, "a sample rate of ", hz, " Hz cannot be written; give 1000 to 192000");
  }
  if (row.rates.empty() || std::count(row.rates.begin(), row.rates.end(), hz)) return;
  std::string known;
  for (const int rate : row.rates) known += (known.empty() ? "" : ", ") + std::to_string(rate);
  fail(ErrorCode::kUsage, row.extension, " has no sample rate of ", hz, " Hz; known: ", known);
}

}  // namespace

std::vector<std::string> audio_extensions() {
  std::vector<std::string> out;
  for (const auto& row : kFormats) out.push_back(row.extension);
  return out;
}

std::optional<AudioFormat> format_of_extension(std::string extension) {
  extension = ascii_lower(extension);
  for (const auto& row : kFormats) {
    if (extension == row.extension) return row.format;
  }
  return std::nullopt;
}

AudioFormat audio_format(const std::string& path) {
  if (path == "-") return AudioFormat::kWav;
  const size_t dot = path.rfind('.'), slash = path.rfind('/');
  std::string extension;
  if (dot != std::string::npos && (slash == std::string::npos || dot > slash)) {
    extension = path.substr(dot + 1);
  }
  if (const auto format = format_of_extension(extension)) return *format;
  fail(ErrorCode::kUsage,
       path,
       extension.empty() ? ": has no extension that says the format"
                         : ": unknown sound format \"" + extension + "\"",
       "; known: ",
       join(audio_extensions()));
}

AudioWriter::AudioWriter(const std::string& path, int sample_rate_hz)
    : AudioWriter(path, sample_rate_hz, audio_format(path)) {}

AudioWriter::AudioWriter(const std::string& path, int sample_rate_hz, AudioFormat format)
    : name_(path) {
  const FormatRow& row = row_of(format);
  check_rate(row, sample_rate_hz);
  encoder_ = row.sndfile_format ? sndfile_encoder(path, sample_rate_hz, row.sndfile_format)
                                : pcm_encoder(path, sample_rate_hz, format == AudioFormat::kWav);
}

AudioWriter::~AudioWriter() = default;
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;

void AudioWriter::write(const float* samples, size_t count) {
  if (!encoder_) fail(ErrorCode::kInternal, name_, ": written to after it was finished");
  try {
    if (count > 0) encoder_->write(samples, count);
  } catch (...) {
    encoder_.reset();  // removes the temporary file
    throw;
  }
}

void AudioWriter::finish() {
  if (!encoder_) fail(ErrorCode::kInternal, name_, ": finished twice");
  const std::unique_ptr<AudioEncoder> encoder = std::move(encoder_);
  encoder->finish();
}

void write_audio(const std::string& path, const Waveform& wave) {
  AudioWriter writer(path, wave.sample_rate_hz);
  writer.write(wave.samples);
  writer.finish();
}

}  // namespace tts
