#include "train/prepare.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "analysis/f0.h"
#include "audio/band.h"
#include "audio/file.h"
#include "core/error.h"
#include "train/metadata.h"

namespace tts {
namespace {

namespace fs = std::filesystem;
constexpr int kRate = 24000;

struct Recording {
  const SpeakerFolder* who;
  ListedRecording line;
};

std::vector<std::string> cells(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '|');) out.push_back(cell);
  return out;
}

std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

// Coded audio stays as it is; only another sample rate makes a new file (FLAC).
std::string coded_at_24k(const std::string& path, Waveform& wave) {
  wave = read_audio(path);
  if (wave.sample_rate_hz == kRate) return file_bytes(path);
  wave = read_audio(path, kRate);
  const std::string temporary =
      (fs::temp_directory_path() / ("tts-prepare-" + std::to_string(::getpid()) + "-" +
                                    std::to_string(std::hash<std::string>()(path)) + ".flac"))
          .string();
  write_audio(temporary, wave);
  const std::string bytes = file_bytes(temporary);
  fs::remove(temporary);
  return bytes;
}

// What the recording itself shows, and what is known of where it comes from.
double band_limit_of(const Waveform& wave, double source_rate_hz) {
  const double heard = band_limit_hz(wave.samples.data(), wave.samples.size(), kRate);
  return source_rate_hz > 0 ? std::min(heard, source_rate_hz / 2) : heard;
}

ShardItem make_item(const Recording& recording, const PrepareOptions& options, double& seconds) {
  const SpeakerFolder& who = *recording.who;
  ShardItem item;
  item.id = recording.line.id;
  item.text = recording.line.text;
  item.speaker = recording.line.speaker.empty() ? who.speaker : recording.line.speaker;
  item.language = who.language;
  Waveform wave;
  const std::string path = find_recording(who.folder, item.id);
  item.audio = coded_at_24k(path, wave);
  item.band_limit_hz = std::min(kFullBandHz, band_limit_of(wave, who.source_rate_hz));
  seconds = static_cast<double>(wave.samples.size()) / kRate;
  if (seconds < 0.3) fail(ErrorCode::kInput, path, ": is only ", seconds, " s long");
  const F0Track track = track_f0(wave.samples.data(), wave.samples.size(), kRate);
  for (const float hz : track.f0_hz)
    item.f0_decihertz.push_back(static_cast<uint16_t>(std::lround(hz * 10)));
  if (options.phonemise) item.symbols = options.phonemise(item.text, item.language);
  return item;
}

}  // namespace

std::vector<SpeakerFolder> read_speaker_table(const std::string& folder) {
  const std::string path = folder + "/speakers.csv";
  std::ifstream in(path);
  if (!in) return {};
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = cells(line);
  const auto column = [&](const char* name) {
    return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const size_t id = column("id"), language = column("lang"), rate = column("min_source_hz");
  if (std::max(id, language) >= names.size())
    fail(ErrorCode::kInput, path, ":1: must name the columns id and lang, separated by |");
  std::vector<SpeakerFolder> speakers;
  for (size_t number = 2; std::getline(in, line); ++number) {
    const std::vector<std::string> row = cells(line);
    if (row.empty()) continue;
    if (row.size() <= std::max(id, language))
      fail(
          ErrorCode::kInput, path, ":", number, ": has ", row.size(), " columns of ", names.size());
    const double hz = rate < row.size() ? std::atoi(row[rate].c_str()) : 0;
    speakers.push_back({folder + "/" + row[id], row[id], row[language], hz});
  }
  return speakers;
}

PrepareReport prepare(const PrepareOptions& options) {
  PrepareReport report;
  std::vector<Recording> recordings;
  for (const auto& who : options.speakers) {
    const std::string path = who.folder + "/metadata.csv";
    RecordingList metadata = read_metadata(path);
    if (!metadata.columns.empty()) report.notes.push_back(path + ": " + metadata.columns);
    report.problems.insert(
        report.problems.end(), metadata.problems.begin(), metadata.problems.end());
    for (auto& line : metadata.lines) recordings.push_back({&who, std::move(line)});
  }
  fs::create_directories(options.out);
  std::vector<ShardItem> items(recordings.size());
  std::atomic<size_t> next{0};
  std::mutex mutex;
  const auto work = [&] {
    for (size_t i; (i = next++) < recordings.size();) {
      double seconds = 0;
      try {
        items[i] = make_item(recordings[i], options, seconds);
        std::lock_guard<std::mutex> lock(mutex);
        report.minutes += seconds / 60;
        ++report.recordings;
        report.band_limited += items[i].band_limit_hz < kFullBandHz;
        ++report.speakers[items[i].speaker];
      } catch (const Error& e) {
        std::lock_guard<std::mutex> lock(mutex);
        report.problems.push_back(e.what());
      }
    }
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < options.threads; ++t) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  ShardWriter writer(options.out + "/" + options.name);
  for (auto& item : items) {
    if (!item.id.empty()) writer.add(std::move(item));
  }
  report.shards = writer.finish();
  return report;
}

}  // namespace tts
