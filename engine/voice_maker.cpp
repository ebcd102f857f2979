#include "engine/voice_maker.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "analysis/energy.h"
#include "core/error.h"
#include "core/join.h"
#include "core/random.h"
#include "engine/codec_io.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

constexpr double kRidge = 0.05;
// Of the spread of the known voices, in each direction.
constexpr double kBesideShare = 0.25;
constexpr double kSemitone = M_LN2 / 12;
constexpr double kLowestHz = 75, kHighestHz = 350;

// What differs between the corrections of a voice and those of its base.
nlohmann::json corrections(const nlohmann::json& own, const nlohmann::json& base) {
  nlohmann::json out = nlohmann::json::object();
  for (const auto& [key, value] : own.items()) {
    if (!base.contains(key) || base.at(key) != value) out[key] = value;
  }
  return out;
}

// All but the speaker.
VoiceFile begin_file(const VoiceSource& voice, const VoiceRecipe& recipe) {
  const VoiceManifest& m = voice.manifest;
  if (voice.base.empty()) {
    fail(ErrorCode::kUsage,
         "voice \"",
         m.name,
         "\" stands alone; a voice file is made with a voice that has a base");
  }
  VoiceFile file;
  file.name = recipe.name;
  file.licence = recipe.licence;
  file.language = recipe.language.empty() ? m.language : recipe.language;
  const int64_t language = m.language_id(file.language);
  if (language < 0) {
    fail(ErrorCode::kUsage,
         "language is \"",
         file.language,
         "\"; the base \"",
         voice.base,
         "\" speaks: ",
         join(m.languages));
  }
  file.language = m.languages[static_cast<size_t>(language)];
  file.base = voice.base;
  file.base_identity = base_identity(*voice.files);
  file.codec_identity = m.codec_identity;
  file.duration = corrections(m.duration, voice.base_duration);
  const auto width = static_cast<int64_t>(m.speaker.size());
  file.vectors = torch::zeros({0, width});
  return file;
}

Tensor known_vectors(const std::vector<VoiceSource>& known) {
  std::vector<Tensor> rows;
  for (const auto& voice : known)
    rows.push_back(torch::tensor(voice.manifest.speaker, torch::kDouble));
  return torch::stack(rows);  // [K, V]
}

std::vector<double> as_vector(const Tensor& vector) {
  const Tensor unit = (vector / vector.norm().clamp_min(1e-6)).to(torch::kDouble).contiguous();
  return {unit.data_ptr<double>(), unit.data_ptr<double>() + unit.numel()};
}

// Σ weight · statistics. weights: [K] of sum one
VoiceStatistics mixed(const std::vector<VoiceSource>& known, const std::vector<double>& weights) {
  VoiceStatistics out{0, 0, 0, 0};
  for (size_t i = 0; i < known.size(); ++i) {
    const VoiceStatistics& s = known[i].manifest.statistics;
    out.energy_mean += weights[i] * s.energy_mean;
    out.energy_deviation += weights[i] * s.energy_deviation;
    out.log_f0_mean += weights[i] * s.log_f0_mean;
    out.log_f0_deviation += weights[i] * s.log_f0_deviation;
  }
  return out;
}

// The F0 that goes with a vector: ridge regression over the known voices in its dual form, with
// fewer voices than numbers in a vector. vectors: [K, V], log_f0: [K], vector: [V]
double fitting_log_f0(const Tensor& vectors, const Tensor& log_f0, const Tensor& vector) {
  const Tensor centre = vectors.mean(0), x = vectors - centre;
  const double mean = log_f0.mean().item<double>();
  const Tensor gram = torch::matmul(x, x.t()) + kRidge * torch::eye(x.size(0), x.options());
  const Tensor alpha = torch::matmul(torch::inverse(gram), log_f0 - mean);
  return mean + torch::matmul(torch::matmul(x, vector - centre), alpha).item<double>();
}

}  // namespace

VoiceFile voice_of_prompts(const VoiceSource& voice,
                           const HeardPrompts& heard,
                           const std::vector<std::string>& texts,
                           const VoiceRecipe& recipe,
                           const std::atomic<bool>& cancelled) {
  const size_t count = heard.prompts.size();
  if (!texts.empty() && texts.size() != count) {
    fail(ErrorCode::kUsage, texts.size(), " texts for ", count, " recordings; give each its own");
  }
  VoiceFile file = begin_file(voice, recipe);
  file.origin = count == 1 ? "a recording" : std::to_string(count) + " recordings";
  file.traits = heard.speaker.traits;
  file.vectors = heard.speaker.vectors;
  const auto codec =
      CodecBundle::open(*voice.files->codec(voice.manifest.codec_folder), torch::kCPU);
  const auto levels = static_cast<int>(codec->codec->options().quantiser.codebooks);
  for (size_t i = 0; i < count; ++i) {
    const Prompt& prompt = heard.prompts[i];
    const TokenFile tokens = encode_audio(*codec, prompt.samples, levels, cancelled);
    const std::vector<int64_t> codes(tokens.codes.begin(), tokens.codes.end());
    nlohmann::json report = to_json(prompt.report);
    // A file that travels says nothing of the folders it was made in.
    report["name"] = std::filesystem::path(prompt.report.name).filename().string();
    file.prompts.push_back(
        {report,
         texts.empty() ? "" : texts[i],
         torch::tensor(codes, torch::kInt64).view({-1, levels}).to(torch::kInt16)});
  }
  return file;
}

VoiceFile random_voice(const std::vector<VoiceSource>& known,
                       uint64_t seed,
                       const VoiceRecipe& recipe) {
  if (known.size() < 2) {
    fail(ErrorCode::kUsage,
         "a random voice is drawn between the voices of a base, and ",
         known.empty() ? "none is" : "only \"" + known[0].manifest.name + "\" is",
         " on the voice path");
  }
  const RandomStream random(seed, 0);
  std::vector<float> draws(known.size());
  random.uniform(RandomPurpose::kLatent, 0, 0, draws.data(), draws.size());
  std::vector<double> weights;
  double sum = 0;
  for (const float u : draws) sum += weights.emplace_back(-std::log(u));
  for (double& w : weights) w /= sum;
  const size_t heaviest =
      static_cast<size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());

  VoiceFile file = begin_file(known[heaviest], recipe);
  file.origin = "random, seed " + std::to_string(seed);
  const Tensor vectors = known_vectors(known);
  std::vector<float> normal(static_cast<size_t>(vectors.size(1)) + 1);
  random.normal(RandomPurpose::kLatent, 1, 0, normal.data(), normal.size());
  const Tensor beside =
      torch::tensor(std::vector<double>(normal.begin() + 1, normal.end()), torch::kDouble);
  const Tensor point = torch::matmul(torch::tensor(weights, torch::kDouble), vectors) +
                       kBesideShare * vectors.std(0) * beside;
  file.traits.vector = as_vector(point);
  file.traits.statistics = mixed(known, weights);
  std::vector<double> log_f0;
  for (const auto& voice : known) log_f0.push_back(voice.manifest.statistics.log_f0_mean);
  const double fitting = fitting_log_f0(vectors, torch::tensor(log_f0, torch::kDouble), point);
  file.traits.statistics.log_f0_mean =
      std::clamp(fitting + kSemitone * normal[0], std::log(kLowestHz), std::log(kHighestHz));
  file.traits.gain_db = voice_gain_db(file.traits.statistics.energy_mean);
  return file;
}

VoiceFile blended_voice(const VoiceSource& a,
                        const VoiceSource& b,
                        double weight,
                        const VoiceRecipe& recipe) {
  VoiceFile file = begin_file(a, recipe);
  if (b.base.empty() || base_identity(*b.files) != file.base_identity) {
    fail(ErrorCode::kUsage,
         "voices \"",
         a.manifest.name,
         "\" and \"",
         b.manifest.name,
         "\" do not share a base; only voices of one base can be blended");
  }
  const auto between = [&](double x, double y) { return (1 - weight) * x + weight * y; };
  file.origin = "blend of " + a.manifest.name + " and " + b.manifest.name + ", weight " +
                nlohmann::json(weight).dump();
  const Tensor va = torch::tensor(a.manifest.speaker, torch::kDouble);
  const Tensor vb = torch::tensor(b.manifest.speaker, torch::kDouble);
  file.traits.vector = as_vector((1 - weight) * va + weight * vb);
  const VoiceStatistics &sa = a.manifest.statistics, &sb = b.manifest.statistics;
  file.traits.statistics = {between(sa.energy_mean, sb.energy_mean),
                            between(sa.energy_deviation, sb.energy_deviation),
                            between(sa.log_f0_mean, sb.log_f0_mean),
                            between(sa.log_f0_deviation, sb.log_f0_deviation)};
  file.traits.gain_db = between(a.manifest.gain_db, b.manifest.gain_db);
  nlohmann::json duration = a.manifest.duration;
  for (auto& [key, value] : duration.items()) {
    if (value.is_number_float())
      value = between(value.get<double>(), b.manifest.duration.value(key, value.get<double>()));
  }
  file.duration = corrections(duration, a.base_duration);
  return file;
}

std::vector<VoiceSource> voices_of_base(const VoiceSource& voice) {
  const std::string identity = base_identity(*voice.files);
  std::vector<VoiceSource> out;
  for (const auto& found : list_voices()) {
    if (found.folder.empty() || has_voice_extension(found.folder)) continue;
    try {
      VoiceSource other = open_voice_source(found.folder);
      if (!other.base.empty() && base_identity(*other.files) == identity)
        out.push_back(std::move(other));
    } catch (const Error&) {  // `tts voices` tells what is wrong with it
    }
  }
  return out;
}

}  // namespace tts
