#include "train/corpus.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "audio/file.h"
#include "codec/codec.h"
#include "core/error.h"
#include "core/hash.h"
#include "train/shard.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shard_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.path().extension() == ".shard") files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  if (files.empty())
    fail(ErrorCode::kInput,
         "no .shard file among the data given; make some with `tts train prepare`");
  return files;
}

// F0 at sub-frame ends, where the vocoder's excitation reaches it: the mean of two neighbouring
// centres.
void set_pitch(const std::vector<uint16_t>& track, int64_t frames, Utterance& u) {
  std::vector<float> log_f0(frames, 0), voiced(frames, 0);
  int64_t last = -1;
  for (int64_t t = 0; t < frames; ++t) {
    if (t >= static_cast<int64_t>(track.size()) || track[t] == 0) continue;
    voiced[t] = 1;
    log_f0[t] = std::log(track[t] / 10.0f);
    const float from = last < 0 ? log_f0[t] : log_f0[last];
    for (int64_t k = last + 1; k < t; ++k) {
      const float share =
          last < 0 ? 1.0f : static_cast<float>(k - last) / static_cast<float>(t - last);
      log_f0[k] = from + (log_f0[t] - from) * share;
    }
    last = t;
  }
  for (int64_t k = last + 1; k < frames; ++k)
    log_f0[k] = last < 0 ? std::log(150.0f) : log_f0[last];
  u.log_f0 = torch::tensor(log_f0);
  u.voiced = torch::tensor(voiced);
}

Utterance decode(ShardItem&& item) {
  Waveform wave = read_audio(item.audio.data(), item.audio.size(), item.id);
  if (wave.sample_rate_hz != kSampleRateHz) {
    fail(ErrorCode::kInput, item.id, ": is at ", wave.sample_rate_hz, " Hz; shards hold 24000 Hz");
  }
  Utterance u;
  const int64_t samples = static_cast<int64_t>(wave.samples.size()) / kFrameSamples * kFrameSamples;
  u.wave = (torch::from_blob(wave.samples.data(), {samples}, torch::kFloat) * 32768)
               .round()
               .clamp(-32768, 32767)
               .to(torch::kShort);
  set_pitch(item.f0_decihertz, samples / 240, u);
  u.id = std::move(item.id);
  u.text = std::move(item.text);
  u.speaker = std::move(item.speaker);
  u.language = std::move(item.language);
  u.band_limit_hz = item.band_limit_hz;
  u.symbols = std::move(item.symbols);
  return u;
}

}  // namespace

double Corpus::train_minutes() const {
  double frames = 0;
  for (const auto& u : train) frames += u.frames();
  return frames / 50 / 60;
}

std::set<std::string> read_held_back(const std::string& folder) {
  if (!fs::is_directory(folder)) {
    fail(ErrorCode::kInput,
         folder,
         ": the lists of held-back recordings are not there; name their folder with --held-back");
  }
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (!line.empty() && line[0] != '#') ids.insert(line);
    }
  }
  return ids;
}

Corpus load_corpus(const std::vector<std::string>& paths,
                   const std::string& held_back_folder,
                   const std::set<std::string>& speakers) {
  const auto held_back = read_held_back(held_back_folder);
  Corpus corpus;
  std::string all;
  for (const auto& id : held_back) all += id + "\n";
  corpus.held_back_hash = to_hex(xxh64(all.data(), all.size()));
  for (const auto& file : shard_files(paths)) {
    for (auto& item : read_shard(file)) {
      if (!speakers.empty() && !speakers.count(item.speaker)) continue;
      const bool hold = held_back.count(item.id) > 0;
      Utterance u = decode(std::move(item));
      if (u.frames() < 15) continue;
      (hold ? corpus.held_back : corpus.train).push_back(std::move(u));
    }
  }
  if (corpus.train.empty()) fail(ErrorCode::kInput, "no recording left to train on");
  return corpus;
}

}  // namespace tts
