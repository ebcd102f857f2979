#include "cli/train_options.h"

#include <cstdio>
#include <filesystem>
#include <map>

#include "cli/arguments.h"
#include "cli/description.h"
#include "core/error.h"
#include "core/join.h"
#include "train/warp.h"
#ifndef TTS_TRAIN_ONLY
#include "engine/voice_search.h"
#endif

namespace tts {
namespace {

// The long name of an option: one in cxxopts 3.0, a list in 3.1.
[[maybe_unused]] bool is_name(const std::string& name, const std::string& key) {
  return name == key;
}
[[maybe_unused]] bool is_name(const std::vector<std::string>& names, const std::string& key) {
  return contains(names, key);
}

#ifndef TTS_TRAIN_ONLY
[[maybe_unused]] std::string first_name(const std::string& name) {
  return name;
}
[[maybe_unused]] std::string first_name(const std::vector<std::string>& names) {
  return names.empty() ? "" : names.front();
}

std::vector<Flag> flags_of(const cxxopts::Options& options) {
  std::vector<Flag> out;
  for (const auto& detail : options.group_help("").options) {
    std::string help = detail.desc;
    if (detail.has_default && !detail.default_value.empty() && !detail.is_boolean)
      help += " (" + detail.default_value + ")";
    out.push_back({first_name(detail.l),
                   detail.s.empty() ? '\0' : detail.s[0],
                   detail.is_boolean ? "" : "VALUE",
                   help,
                   {},
                   detail.is_container});
  }
  return out;
}
#endif

// cxxopts lets the last value win.
void refuse_repeated(const cxxopts::Options& options, const ParsedOptions& values) {
  std::map<std::string, std::string> seen;
  for (const auto& detail : options.group_help("").options) {
    if (detail.is_container || detail.is_boolean) continue;
    for (const auto& given : values.arguments()) {
      if (!is_name(detail.l, given.key())) continue;
      const auto [before, is_new] = seen.emplace(given.key(), given.value());
      if (!is_new) fail_repeated(given.key(), before->second, given.value());
    }
  }
}

}  // namespace

std::string shipped_folder(const std::string& name) {
#ifndef TTS_TRAIN_ONLY
  std::vector<std::string> folders = voice_path();
  folders.insert(folders.begin(), "voices");
  for (const auto& folder : folders) {
    std::error_code ignored;
    if (std::filesystem::is_directory(folder + "/" + name, ignored)) return folder + "/" + name;
  }
#endif
  return "voices/" + name;
}

TrainArguments parse_train(cxxopts::Options& options, int argc, char** argv) {
  options.add_options()("h,help", "show this help");
#ifndef TTS_TRAIN_ONLY
  if (is_described()) throw Description{options.program(), flags_of(options), {}, ""};
#endif
  TrainArguments out;
  try {
    out.values = options.parse(argc, argv);
  } catch (const cxxopts::exceptions::exception& e) {
    fail(ErrorCode::kUsage,
         options.program(),
         ": ",
         e.what(),
         "; see `",
         options.program(),
         " --help`");
  }
  out.help_shown = out.values.count("help") > 0;
  if (out.help_shown) {
    std::printf("%s", options.help().c_str());
    return out;
  }
  refuse_repeated(options, out.values);
  if (!out.values.unmatched().empty())
    fail(ErrorCode::kUsage,
         options.program(),
         ": unexpected \"",
         out.values.unmatched().front(),
         "\"; see `",
         options.program(),
         " --help`");
  return out;
}

void require_options(const ParsedOptions& values, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (!values.count(name)) fail(ErrorCode::kUsage, "tts train: --", name, " is missing");
  }
}

void add_trainer_options(cxxopts::Options& options) {
  using cxxopts::value;
  options.add_options()("data", "shards, or folders of shards", value<std::vector<std::string>>())(
      "out", "folder for checkpoints and weights", value<std::string>())(
      "speakers", "only these speakers", value<std::vector<std::string>>())(
      "held-back",
      "folder of id lists that are never trained on",
      value<std::string>()->default_value(shipped_folder("held_back")))(
      "steps", "stop after so many steps", value<int64_t>()->default_value("0"))(
      "minutes", "stop after so many minutes", value<double>()->default_value("0"))(
      "validate-every", "steps between validations", value<int64_t>()->default_value("500"))(
      "checkpoint-minutes", "minutes between checkpoints", value<double>()->default_value("3"))(
      "seed", "of all randomness", value<uint64_t>()->default_value("1"))(
      "threads", "CPU threads", value<int>()->default_value("2"))(
      "device", "cpu or cuda", value<std::string>()->default_value("cpu"))(
      "fresh", "begin anew even if there is a checkpoint")("json", "JSON lines on standard output");
}

LoopOptions loop_options(const ParsedOptions& p) {
  LoopOptions o;
  o.out = p["out"].as<std::string>();
  o.steps = p["steps"].as<int64_t>();
  o.minutes = p["minutes"].as<double>();
  o.validate_every = p["validate-every"].as<int64_t>();
  o.checkpoint_minutes = p["checkpoint-minutes"].as<double>();
  o.seed = p["seed"].as<uint64_t>();
  o.fresh = p.count("fresh") > 0;
  o.json = p.count("json") > 0;
  return o;
}

Corpus corpus_from(const ParsedOptions& p) {
  at::set_num_threads(p["threads"].as<int>());
  std::set<std::string> speakers;
  if (p.count("speakers")) {
    for (const auto& s : p["speakers"].as<std::vector<std::string>>()) speakers.insert(s);
  }
  Corpus corpus = load_corpus(
      p["data"].as<std::vector<std::string>>(), p["held-back"].as<std::string>(), speakers);
  std::fprintf(stderr,
               "%zu recordings, %.1f minutes; %zu held back by %s (hash %s)\n",
               corpus.train.size(),
               corpus.train_minutes(),
               corpus.held_back.size(),
               p["held-back"].as<std::string>().c_str(),
               corpus.held_back_hash.c_str());
  return corpus;
}

Alignments alignments_from(const ParsedOptions& values) {
  Alignments all;
  if (!values.count("alignments")) return all;
  for (const auto& path : values["alignments"].as<std::vector<std::string>>())
    all.merge(read_alignments(path));
  return all;
}

int warp_of(const ParsedOptions& values, const char* name) {
  const int semitones = values[name].as<int>();
  if (semitones < 0 || semitones > kMostWarpSemitones) {
    fail(
        ErrorCode::kUsage, "--", name, " is ", semitones, "; it must be 0 to ", kMostWarpSemitones);
  }
  return semitones;
}

double share_of(const ParsedOptions& values, const char* name) {
  const double share = values[name].as<double>();
  if (!(share >= 0 && share <= 1))
    fail(ErrorCode::kUsage, "--", name, " is ", share, "; it must be from 0 to 1");
  return share;
}

nlohmann::json settings_from(const ParsedOptions& values, const char* name) {
  if (!values.count(name)) return nlohmann::json::object();
  const auto pieces = values[name].as<std::vector<std::string>>();
  std::vector<std::string> settings;
  for (const auto& piece : pieces) {
    if (piece.find('=') == std::string::npos && !settings.empty()) {
      settings.back() += "," + piece;
    } else {
      settings.push_back(piece);
    }
  }
  nlohmann::json out = nlohmann::json::object();
  for (const auto& setting : settings) {
    const size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      fail(ErrorCode::kUsage, "--", name, " ", setting, ": not of the form key=value");
    const std::string value = setting.substr(equals + 1);
    const auto read = nlohmann::json::parse(value, nullptr, false);
    out[setting.substr(0, equals)] = read.is_discarded() ? nlohmann::json(value) : read;
  }
  return out;
}

torch::Device device_from(const ParsedOptions& p) {
  const std::string name = p["device"].as<std::string>();
  if (name == "cpu") return torch::kCPU;
  if (name != "cuda") fail(ErrorCode::kUsage, "--device is \"", name, "\"; known: cpu, cuda");
  if (!torch::cuda::is_available())
    fail(ErrorCode::kUsage, "--device cuda: this LibTorch sees no CUDA device");
  return torch::kCUDA;
}

}  // namespace tts
