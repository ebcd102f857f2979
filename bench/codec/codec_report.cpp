// What each number of codebooks keeps: bit rate, log-mel distance, entropy per level; and the
// sounds to listen to.
//
//   codec_report CODEC_DIR HELD_BACK_DIR OUT_DIR SHARDS…
//
// Prints a Markdown table over the held-back recordings of each speaker, and the entropy of each
// level over the training recordings. Writes OUT_DIR/natural/ID.wav and OUT_DIR/q8/ID.wav (q1, q2,
// q4, q6 likewise); with OUT_DIR "-" nothing is written.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

#include "audio/file.h"
#include "core/error.h"
#include "train/codec_task.h"
#include "train/corpus.h"
#include "train/spectral_loss.h"

using namespace tts;

namespace {

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
void report_rest(CodecModels& models, const Corpus& corpus, const std::vector<int64_t>& levels) {
  std::vector<Tensor> latents;
  for (const auto& u : corpus.held_back)
    latents.push_back(models.codec->latents(u.samples().unsqueeze(0)).squeeze(0));
  const Tensor all = torch::cat(latents).unsqueeze(0);  // [1, M, D]
  const Tensor codes = models.codec->quantiser()->encode(all);
  const double variance =
      (all - all.mean(std::vector<int64_t>{0, 1})).square().sum().item<double>();
  std::printf("\n| codebooks | left of the latents' variance, %% |\n|---|---|\n");
  for (const int64_t q : levels) {
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
    codes.push_back(models.codec->encode(u.samples().unsqueeze(0)).squeeze(0));
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

int run(int argc, char** argv) {
  if (argc < 5)
    fail(ErrorCode::kUsage, "usage: codec_report CODEC_DIR HELD_BACK_DIR OUT_DIR SHARDS…");
  torch::NoGradGuard no_grad;
  CodecModels models = load_codec(argv[1]);
  models.codec->eval();
  models.vocoder->eval();
  const std::string out = argv[3];
  const Corpus corpus = load_corpus({argv + 4, argv + argc}, argv[2]);
  const MultiScaleMelLoss distance;
  const std::vector<int64_t> levels = {1, 2, 4, 6, 8, 0};  // 0: not quantised
  std::map<std::string, std::map<int64_t, double>> sums;
  std::map<std::string, int> counts;
  for (const auto& u : corpus.held_back) {
    const Tensor wave = u.samples().unsqueeze(0);
    const Tensor codes = models.codec->encode(wave);
    if (out != "-") write_wave(out + "/natural", u.id, wave);
    ++counts[u.speaker];
    for (const int64_t q : levels) {
      torch::manual_seed(1);
      const Tensor latents =
          q == 0 ? models.codec->latents(wave) : models.codec->decode(codes.slice(2, 0, q));
      const Tensor made = models.vocoder->forward(latents).wave;
      sums[u.speaker][q] += distance(made, wave).item<double>();
      if (out != "-") write_wave(out + "/q" + std::to_string(q), u.id, made);
    }
  }
  std::printf("| speaker | recordings |");
  for (const int64_t q : levels)
    std::printf(" %lld × 10 bit (%.1f kbit/s) |", static_cast<long long>(q), q * 0.5);
  std::printf("\n|---|---|---|---|---|---|---|\n");
  for (const auto& [speaker, row] : sums) {
    std::printf("| %s | %d |", speaker.c_str(), counts[speaker]);
    for (const int64_t q : levels) std::printf(" %.3f |", row.at(q) / counts[speaker]);
    std::printf("\n");
  }
  report_rest(models, corpus, levels);
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
