// Where the time goes when a voice speaks.
//
//   bench_speak VOICE [--generator G] [--set OPTION=VALUE]... [--threads N] [--device D]
//               [--text FILE] [--runs R] [--operators] [--json]
//
// Prints for every stage the wall time and the operations per second of sound, the time to the
// first sound, and how all that compares with the matrix products this machine can do. Operations
// are those of matrix products, convolutions and Fourier transforms, counted call by call while
// LibTorch runs them; a multiplication and an addition are two. --operators adds the operators that
// take longest, each without those that it calls.
#include <ATen/record_function.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/error.h"
#include "engine/synthesizer.h"
#include "nn/runtime.h"

using namespace tts;

namespace {

const char* const kText =
    "The old clock struck ten, and the guests began to leave. Outside, the rain had stopped; the "
    "street was quiet, and a single lamp burned above the bakery. \"Take the long way home,\" she "
    "said, \"and tell me tomorrow what you saw.\"";

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct StageCost {
  double seconds = 0, operations = 0;
};

// Listens to LibTorch: stages open user scopes (RECORD_USER_SCOPE), operations fall into the
// innermost of their thread. With several threads the seconds of the stages overlap.
class StageMeter {
 public:
  static StageMeter& get() {
    static StageMeter meter;
    return meter;
  }

  void start() {
    const std::lock_guard<std::mutex> lock(mutex_);
    costs_.clear();
    operators_.clear();
    track_ = Track{};
  }
  std::map<std::string, StageCost> stop() {
    charge_time();
    const std::lock_guard<std::mutex> lock(mutex_);
    return costs_;
  }
  // Seconds by stage and operator, for the last start() to stop().
  const std::map<std::string, double>& operators() const { return operators_; }

  void listen() {
    at::addGlobalCallback(
        at::RecordFunctionCallback(
            [](const at::RecordFunction& f) -> std::unique_ptr<at::ObserverContext> {
              get().enter(f);
              return nullptr;
            },
            [](const at::RecordFunction& f, at::ObserverContext*) { get().leave(f); })
            .needsInputs(true)
            .scopes({at::RecordScope::FUNCTION, at::RecordScope::USER_SCOPE}));
  }

 private:
  // What one thread is doing.
  struct Track {
    std::vector<std::string> stages = {"front end and rest"}, operators;
    double stage_since = now_s(), operator_since = now_s();
  };

  void enter(const at::RecordFunction& f) {
    if (f.scope() == at::RecordScope::USER_SCOPE) {
      charge_time();
      track_.stages.push_back(f.name());
      return;
    }
    charge_operator();
    track_.operators.push_back(track_.stages.back() + " " + f.name());
    const double count = operations(f);
    const std::lock_guard<std::mutex> lock(mutex_);
    costs_[track_.stages.back()].operations += count;
  }
  void leave(const at::RecordFunction& f) {
    if (f.scope() == at::RecordScope::FUNCTION) {
      charge_operator();
      if (!track_.operators.empty()) track_.operators.pop_back();
    } else if (track_.stages.size() > 1) {
      charge_time();
      track_.stages.pop_back();
    }
  }
  void charge_time() {
    const double now = now_s();
    const std::lock_guard<std::mutex> lock(mutex_);
    costs_[track_.stages.back()].seconds += now - track_.stage_since;
    track_.stage_since = now;
  }
  void charge_operator() {
    const double now = now_s();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!track_.operators.empty())
      operators_[track_.operators.back()] += now - track_.operator_since;
    track_.operator_since = now;
  }

  static double product(const at::IValue& a, const at::IValue& b) {
    const auto x = a.toTensor(), y = b.toTensor();
    return 2.0 * static_cast<double>(x.numel()) * static_cast<double>(y.size(-1));
  }

  static double operations(const at::RecordFunction& f) {
    const std::string name = f.name();
    const auto in = f.inputs();
    if (name == "aten::mm" || name == "aten::bmm") return product(in[0], in[1]);
    if (name == "aten::addmm" || name == "aten::baddbmm") return product(in[1], in[2]);
    if (name == "aten::convolution") {  // [B, C, T] by [C', C / groups, k], "same" or cut
      const auto x = in[0].toTensor(), w = in[1].toTensor();
      return 2.0 * static_cast<double>(x.size(0) * x.size(-1)) * static_cast<double>(w.numel());
    }
    if (name == "aten::_fft_r2c" || name == "aten::_fft_c2r") {
      const auto x = in[0].toTensor();
      const double points = static_cast<double>(x.size(-1)) * (name == "aten::_fft_c2r" ? 2 : 1);
      return static_cast<double>(x.numel() / x.size(-1)) * 2.5 * points * std::log2(points);
    }
    return 0;
  }

  static thread_local Track track_;
  std::mutex mutex_;  // guards all below
  std::map<std::string, StageCost> costs_;
  std::map<std::string, double> operators_;
};

thread_local StageMeter::Track StageMeter::track_;

struct Arguments {
  std::string voice, device = "cpu", text = kText;
  SpeakOptions options;
  int threads = 1, runs = 5;
  bool json = false, operators = false;
};

Arguments parse(int argc, char** argv) {
  Arguments a;
  for (int i = 1; i < argc; ++i) {
    const std::string key = argv[i];
    const auto value = [&]() -> std::string {
      if (++i >= argc) fail(ErrorCode::kUsage, key, " needs a value");
      return argv[i];
    };
    if (key == "--generator") {
      a.options.generator = value();
    } else if (key == "--set") {
      const std::string pair = value();
      const size_t equals = std::min(pair.find('='), pair.size());
      set_option(a.options, pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    } else if (key == "--threads") {
      a.threads = std::stoi(value());
    } else if (key == "--device") {
      a.device = value();
    } else if (key == "--runs") {
      a.runs = std::stoi(value());
    } else if (key == "--operators") {
      a.operators = true;
    } else if (key == "--json") {
      a.json = true;
    } else if (key == "--text") {
      std::ifstream file(value());
      if (!file) fail(ErrorCode::kInput, argv[i], ": cannot be read");
      std::stringstream all;
      all << file.rdbuf();
      a.text = all.str();
    } else if (key[0] != '-' && a.voice.empty()) {
      a.voice = key;
    } else {
      fail(ErrorCode::kUsage, "unknown argument ", key);
    }
  }
  if (a.voice.empty())
    fail(ErrorCode::kUsage,
         "usage: bench_speak VOICE [--generator G] [--set OPTION=VALUE]... [--threads N] "
         "[--device D] [--text FILE] [--runs R] [--operators] [--json]");
  return a;
}

// The best of some products of 1024 × 1024 matrices, in operations per second.
double matrix_peak() {
  const torch::NoGradGuard no_grad;
  const Tensor a = torch::randn({1024, 1024}), b = torch::randn({1024, 1024});
  double best = 1e9;
  for (int i = 0; i < 12; ++i) {
    const double begin = now_s();
    const Tensor c = torch::mm(a, b);
    best = std::min(best, now_s() - begin);
  }
  return 2.0 * 1024 * 1024 * 1024 / best;
}

struct Reading {
  double wall_s = 1e9, first_sound_s = 0, audio_s = 0;
  std::map<std::string, StageCost> stages;
  std::map<std::string, double> operators;  // seconds
};

Reading speak_once(const Synthesizer& synthesizer, const std::string& text) {
  Reading r;
  const std::atomic<bool> never{false};
  StageMeter::get().start();
  const double begin = now_s();
  int64_t samples = 0;
  synthesizer.speak(
      text,
      InputKind::kPlain,
      [&](const Event& event) {
        if (event.kind != EventKind::kAudio) return;
        if (samples == 0) r.first_sound_s = now_s() - begin;
        samples += static_cast<int64_t>(event.audio.size());
      },
      never);
  r.wall_s = now_s() - begin;
  r.stages = StageMeter::get().stop();
  r.operators = StageMeter::get().operators();
  r.audio_s = static_cast<double>(samples) / synthesizer.sample_rate_hz();
  return r;
}

void print_table(const Reading& r, double peak) {
  std::printf("| stage | ms per second of sound | GFLOP per second of sound | GFLOP/s |\n");
  std::printf("|---|---|---|---|\n");
  double operations = 0;
  for (const auto& [name, cost] : r.stages) {
    operations += cost.operations;
    std::printf("| %s | %.1f | %.2f | %.0f |\n",
                name.c_str(),
                1e3 * cost.seconds / r.audio_s,
                1e-9 * cost.operations / r.audio_s,
                1e-9 * cost.operations / cost.seconds);
  }
  std::printf("| all | %.1f | %.2f | %.0f |\n",
              1e3 * r.wall_s / r.audio_s,
              1e-9 * operations / r.audio_s,
              1e-9 * operations / r.wall_s);
  std::printf(
      "\n%.2f s of sound in %.3f s (%.4f of real time), first sound after %.3f s; %.0f %% of "
      "the %.0f GFLOP/s of a 1024 x 1024 x 1024 product\n",
      r.audio_s,
      r.wall_s,
      r.wall_s / r.audio_s,
      r.first_sound_s,
      100 * operations / r.wall_s / peak,
      1e-9 * peak);
}

void print_operators(const Reading& r) {
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [name, seconds] : r.operators) sorted.emplace_back(seconds, name);
  std::sort(sorted.rbegin(), sorted.rend());
  if (sorted.size() > 40) sorted.resize(40);
  std::printf("\n| stage, operator | ms per second of sound |\n|---|---|\n");
  for (const auto& [seconds, name] : sorted)
    std::printf("| %s | %.2f |\n", name.c_str(), 1e3 * seconds / r.audio_s);
}

void print_json(const Reading& r, double peak) {
  nlohmann::json out = {{"audio_s", r.audio_s},
                        {"wall_s", r.wall_s},
                        {"first_sound_s", r.first_sound_s},
                        {"matrix_peak_gflops", 1e-9 * peak}};
  for (const auto& [name, cost] : r.stages)
    out["stages"][name] = {{"seconds", cost.seconds}, {"gflop", 1e-9 * cost.operations}};
  for (const auto& [name, seconds] : r.operators) out["operators"][name] = seconds;
  std::printf("%s\n", out.dump(1).c_str());
}

int run(const Arguments& a) {
  configure_runtime(1);
  keep_freed_memory();
  const double peak = matrix_peak();
  VoiceOptions where;
  where.device = a.device;
  where.threads = a.threads;
  SpeakOptions options = a.options;
  options.seed = 1;
  const Synthesizer synthesizer(Voice::open(a.voice, where), options);
  StageMeter::get().listen();
  speak_once(synthesizer, a.text);  // warms up
  Reading best;
  for (int i = 0; i < a.runs; ++i) {
    Reading r = speak_once(synthesizer, a.text);
    if (r.wall_s < best.wall_s) best = r;
  }
  if (!a.operators) best.operators.clear();
  a.json ? print_json(best, peak) : print_table(best, peak);
  if (a.operators && !a.json) print_operators(best);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(parse(argc, argv));
  } catch (const Error& e) {
    std::fprintf(stderr, "bench_speak: %s\n", e.what());
    return exit_code(e.code());
  }
}
