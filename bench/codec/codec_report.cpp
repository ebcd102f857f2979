// What each number of codebooks keeps: bit rate, log-mel distance, entropy per level; and the
// sounds to listen to.
//
//   codec_report CODEC_DIR HELD_BACK_DIR OUT_DIR SHARDS…
//   codec_report CODEC_DIR --recordings LIST OUT_DIR
//
// Prints a Markdown table of log-mel distances (up to where each recording ends) over the held-back
// recordings of each speaker or over the recordings of a list, lines speaker|id|path. Of shards
// also how much the latents lose and the entropy of each level over the training recordings. Writes
// OUT_DIR/natural/ID.wav, OUT_DIR/q8/ID.wav (q1, q2, q4, q6 likewise; q0: not quantised) and
// OUT_DIR/distances.json, {ID: {"8": distance, …}}; with OUT_DIR "-" nothing is written.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "audio/band.h"
#include "audio/file.h"
#include "core/error.h"
#include "train/codec_task.h"
#include "train/corpus.h"
#include "train/spectral_loss.h"

using namespace tts;

namespace {

const std::vector<int64_t> kLevels = {1, 2, 4, 6, 8, 0};  // 0: not quantised

struct Recording {
  std::string speaker, id;
  Tensor wave;       // [1, S]
  Tensor limits_hz;  // [1]
};

using Distances = std::map<int64_t, double>;  // by codebooks

void write_wave(const std::string& folder, const std::string& id, const Tensor& wave) {
  std::filesystem::create_directories(folder);
  const Tensor flat = wave.flatten().clamp(-1, 1).contiguous();
  const float* data = flat.data_ptr<float>();
  write_audio(folder + "/" + id + ".wav",
              {std::vector<float>(data, data + flat.numel()), kSampleRateHz});
}

double entropy_bits(const Tensor& codes, int64_t entries) {
  const Tensor p = torch::bincount(codes, {}, entries).to(torch::kDouble) / codes.numel();
  return -(p * torch::log2(p.clamp_min(1e-12))).sum().item<double>();
}

// How much of the latents' variance each number of codebooks leaves over.
void report_rest(CodecModels& models, const std::vector<Recording>& recordings) {
  std::vector<Tensor> latents;
  for (const auto& r : recordings)
    latents.push_back(models.codec->latents(r.wave, r.limits_hz).squeeze(0));
  const Tensor all = torch::cat(latents).unsqueeze(0);  // [1, M, D]
  const Tensor codes = models.codec->quantiser()->encode(all);
  const double variance =
      (all - all.mean(std::vector<int64_t>{0, 1})).square().sum().item<double>();
  std::printf("\n| codebooks | left of the latents' variance, %% |\n|---|---|\n");
  for (const int64_t q : kLevels) {
    if (q == 0) continue;
    const Tensor rest = all - models.codec->decode(codes.slice(2, 0, q));
    std::printf("| %lld | %.1f |\n",
                static_cast<long long>(q),
                100 * rest.square().sum().item<double>() / variance);
  }
}

void report_entropy(CodecModels& models, const Corpus& corpus) {
  std::vector<Tensor> codes;
  for (const auto& u : corpus.train)
    codes.push_back(models.codec->encode(u.samples().unsqueeze(0), u.limits_hz()).squeeze(0));
  const Tensor all = torch::cat(codes);
  std::printf("\n| level | entropy over %lld training frames, bits |\n|---|---|\n",
              static_cast<long long>(all.size(0)));
  for (int64_t q = 0; q < all.size(1); ++q) {
    std::printf(
        "| %lld | %.2f |\n",
        static_cast<long long>(q + 1),
        entropy_bits(all.select(1, q).contiguous(), models.codec->options().quantiser.entries));
  }
}

// The recording through the codec, with every number of codebooks.
Distances resynthesise(CodecModels& models,
                       const Recording& r,
                       const MultiScaleMelLoss& distance,
                       const std::string& out) {
  Distances distances;
  const Tensor target = low_pass(r.wave, r.limits_hz, kSampleRateHz);
  const Tensor codes = models.codec->encode(r.wave, r.limits_hz);
  if (out != "-") write_wave(out + "/natural", r.id, r.wave);
  for (const int64_t q : kLevels) {
    torch::manual_seed(1);
    const Tensor latents = q == 0 ? models.codec->latents(r.wave, r.limits_hz)
                                  : models.codec->decode(codes.slice(2, 0, q));
    const Tensor made = models.vocoder->forward(latents).wave;
    distances[q] = distance(low_pass(made, r.limits_hz, kSampleRateHz), target).item<double>();
    if (out != "-") write_wave(out + "/q" + std::to_string(q), r.id, made);
  }
  return distances;
}

void print_table(const std::map<std::string, std::vector<Distances>>& speakers) {
  std::printf("| speaker | recordings |");
  for (const int64_t q : kLevels)
    std::printf(" %lld × 10 bit (%.1f kbit/s) |", static_cast<long long>(q), q * 0.5);
  std::printf("\n|---|---|---|---|---|---|---|---|\n");
  for (const auto& [speaker, rows] : speakers) {
    std::printf("| %s | %zu |", speaker.c_str(), rows.size());
    for (const int64_t q : kLevels) {
      double sum = 0;
      for (const auto& row : rows) sum += row.at(q);
      std::printf(" %.3f |", sum / static_cast<double>(rows.size()));
    }
    std::printf("\n");
  }
}

void report(CodecModels& models, const std::vector<Recording>& recordings, const std::string& out) {
  const MultiScaleMelLoss distance;
  std::map<std::string, std::vector<Distances>> speakers;
  nlohmann::json json;
  for (const auto& r : recordings) {
    const Distances distances = resynthesise(models, r, distance, out);
    speakers[r.speaker].push_back(distances);
    for (const auto& [q, value] : distances) json[r.id][std::to_string(q)] = value;
  }
  print_table(speakers);
  if (out != "-") std::ofstream(out + "/distances.json") << json.dump(1) << "\n";
}

// Lines speaker|id|path.
std::vector<Recording> read_list(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be read");
  std::vector<Recording> recordings;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto first = line.find('|'), second = line.find('|', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      fail(ErrorCode::kInput, path, ":", number, ": is not speaker|id|path");
    const Waveform wave = read_audio(line.substr(second + 1), kSampleRateHz);
    const auto samples = static_cast<int64_t>(wave.samples.size()) / kFrameSamples * kFrameSamples;
    Recording r{line.substr(0, first), line.substr(first + 1, second - first - 1), {}, {}};
    r.wave = torch::tensor(wave.samples).slice(0, 0, samples).unsqueeze(0);
    r.limits_hz = band_limits_hz(r.wave, kSampleRateHz);
    recordings.push_back(r);
  }
  if (recordings.empty()) fail(ErrorCode::kInput, path, ": lists no recording");
  return recordings;
}

std::vector<Recording> held_back(const Corpus& corpus) {
  std::vector<Recording> recordings;
  for (const auto& u : corpus.held_back)
    recordings.push_back({u.speaker, u.id, u.samples().unsqueeze(0), u.limits_hz()});
  return recordings;
}

int run(int argc, char** argv) {
  const std::vector<std::string> a(argv + 1, argv + argc);
  const bool list = a.size() == 4 && a[1] == "--recordings";
  if (!list && a.size() < 4) {
    fail(ErrorCode::kUsage,
         "usage: codec_report CODEC_DIR HELD_BACK_DIR OUT_DIR SHARDS…, or codec_report CODEC_DIR "
         "--recordings LIST OUT_DIR");
  }
  torch::NoGradGuard no_grad;
  CodecModels models = load_codec(a[0]);
  models.codec->eval();
  models.vocoder->eval();
  if (list) {
    report(models, read_list(a[2]), a[3]);
    return 0;
  }
  const Corpus corpus = load_corpus({a.begin() + 3, a.end()}, a[1]);
  const auto recordings = held_back(corpus);
  report(models, recordings, a[2]);
  report_rest(models, recordings);
  report_entropy(models, corpus);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Error& e) {
    std::fprintf(stderr, "codec_report: %s\n", e.what());
    return exit_code(e.code());
  }
}
