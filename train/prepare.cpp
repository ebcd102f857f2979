#include "train/prepare.h"

#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "analysis/f0.h"
#include "audio/file.h"
#include "core/error.h"

namespace tts {
namespace {

namespace fs = std::filesystem;
constexpr int kRate = 24000;

struct Line {
  std::string id, text;
};

std::vector<Line> read_metadata(const std::string& path, std::vector<std::string>& problems) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened; each line must be id|text");
  std::vector<Line> lines;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const size_t bar = line.find('|'), next = line.find('|', bar + 1);
    if (bar == std::string::npos || bar == 0 || bar + 1 >= line.size()) {
      if (!line.empty())
        problems.push_back(path + ":" + std::to_string(number) + ": not of the form id|text");
      continue;
    }
    // LJSpeech has a third column, the normalised text; ours are read as they stand.
    lines.push_back({line.substr(0, bar),
                     line.substr(bar + 1, next == std::string::npos ? next : next - bar - 1)});
  }
  return lines;
}

std::string find_audio(const std::string& folder, const std::string& id) {
  for (const char* extension : {".opus", ".flac", ".wav", ".ogg", ".mp3"}) {
    for (const char* inner : {"/wavs/", "/"}) {
      const std::string path = folder + inner + id + extension;
      if (fs::exists(path)) return path;
    }
  }
  fail(ErrorCode::kInput,
       folder,
       "/wavs/",
       id,
       ": no .opus, .flac, .wav, .ogg or .mp3 of that name");
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

ShardItem make_item(const Line& line, const PrepareOptions& options, double& seconds) {
  ShardItem item;
  item.id = line.id;
  item.text = line.text;
  item.speaker = options.speaker;
  item.language = options.language;
  Waveform wave;
  const std::string path = find_audio(options.folder, line.id);
  item.audio = coded_at_24k(path, wave);
  seconds = static_cast<double>(wave.samples.size()) / kRate;
  if (seconds < 0.3) fail(ErrorCode::kInput, path, ": is only ", seconds, " s long");
  const F0Track track = track_f0(wave.samples.data(), wave.samples.size(), kRate);
  for (const float hz : track.f0_hz)
    item.f0_decihertz.push_back(static_cast<uint16_t>(std::lround(hz * 10)));
  if (options.phonemise) item.symbols = options.phonemise(line.text);
  return item;
}

}  // namespace

PrepareReport prepare(const PrepareOptions& options) {
  PrepareReport report;
  const auto lines = read_metadata(options.folder + "/metadata.csv", report.problems);
  fs::create_directories(options.out);
  std::vector<ShardItem> items(lines.size());
  std::atomic<size_t> next{0};
  std::mutex mutex;
  const auto work = [&] {
    for (size_t i; (i = next++) < lines.size();) {
      double seconds = 0;
      try {
        items[i] = make_item(lines[i], options, seconds);
        std::lock_guard<std::mutex> lock(mutex);
        report.minutes += seconds / 60;
        ++report.recordings;
      } catch (const Error& e) {
        std::lock_guard<std::mutex> lock(mutex);
        report.problems.push_back(e.what());
      }
    }
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < options.threads; ++t) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  ShardWriter writer(options.out + "/" + options.speaker);
  for (auto& item : items) {
    if (!item.id.empty()) writer.add(std::move(item));
  }
  report.shards = writer.finish();
  return report;
}

}  // namespace tts
