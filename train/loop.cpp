#include "train/loop.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "train/checkpoint.h"

namespace tts {
namespace {

std::atomic<bool> interrupted{false};

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Averages metrics between log lines and writes them for people (stderr) and machines (JSON lines).
class Log {
 public:
  Log(const LoopOptions& options)
      : options_(options), file_(options.out + "/log.jsonl", std::ios::app) {}

  void add(const Metrics& metrics) {
    for (const auto& [name, value] : metrics) sums_[name] += value;
    ++count_;
  }

  void write(const std::string& kind, int64_t step, double steps_per_second, double remaining_s) {
    nlohmann::json line = {{"kind", kind},
                           {"step", step},
                           {"steps_per_s", steps_per_second},
                           {"remaining_s", remaining_s}};
    std::string text;
    for (const auto& [name, sum] : sums_) {
      const double mean = sum / count_;
      line[name] = mean;
      char part[80];
      std::snprintf(part, sizeof part, "  %s %.4g", name.c_str(), mean);
      text += part;
    }
    file_ << line.dump() << std::endl;
    if (options_.json) std::printf("%s\n", line.dump().c_str()), std::fflush(stdout);
    const bool terminal = isatty(2);
    std::fprintf(stderr,
                 "%s%s step %lld%s  %.2f steps/s  %.1f min left%s",
                 terminal ? "\r\033[K" : "",
                 kind.c_str(),
                 static_cast<long long>(step),
                 text.c_str(),
                 steps_per_second,
                 remaining_s / 60,
                 terminal && kind == "train" ? "" : "\n");
    forget();
  }

  void forget() {
    sums_.clear();
    count_ = 0;
  }

 private:
  const LoopOptions& options_;
  std::ofstream file_;
  Metrics sums_;
  int64_t count_ = 0;
};

double fraction_done(const LoopOptions& o, const Progress& p) {
  double done = 0;
  if (o.steps > 0) done = std::max(done, static_cast<double>(p.step) / o.steps);
  if (o.minutes > 0) done = std::max(done, p.seconds / (60 * o.minutes));
  return done;
}

void with_average(Task& task, const std::function<void()>& action) {
  for (const auto& [name, optimiser] : task.optimisers()) optimiser->swap_average();
  action();
  for (const auto& [name, optimiser] : task.optimisers()) optimiser->swap_average();
}

// Numbers of the averaged weights; they are exported if none so far were better.
Metrics validate(Task& task, const LoopOptions& options, Progress& progress) {
  Metrics metrics;
  with_average(task, [&] {
    metrics = task.validate();
    const auto quality = metrics.find(options.best_metric);
    if (quality == metrics.end() || quality->second >= progress.best) return;
    progress.best = quality->second;
    task.export_to(options.out);
  });
  return metrics;
}

// Without a metric to choose by, the last weights are the ones to use.
void export_last(Task& task, const LoopOptions& options) {
  if (options.best_metric.empty()) with_average(task, [&] { task.export_to(options.out); });
}

void seed_step(uint64_t seed, int64_t step) {
  torch::manual_seed(seed * 1000003 +
                     step);  // a resumed run draws what the unbroken one would have drawn
}

}  // namespace

// The loop is one function on purpose: its order is the documentation of what happens when.
void run_loop(Task& task, const LoopOptions& options) {
  if (options.steps <= 0 && options.minutes <= 0)
    fail(ErrorCode::kUsage, "training needs --steps or --minutes");
  std::filesystem::create_directories(options.out);
  const std::string folder = options.out + "/checkpoint";
  Progress progress;
  if (!options.fresh && load_checkpoint(task, folder, progress)) {
    std::fprintf(stderr, "resumed at step %lld\n", static_cast<long long>(progress.step));
  }
  interrupted = false;
  const auto previous = std::signal(SIGINT, [](int) { interrupted = true; });
  Log log(options);
  double clock = now(), saved = clock, window_start = clock;
  int64_t window_steps = 0, validated = progress.step;
  while (fraction_done(options, progress) < 1 && !interrupted) {
    for (const auto& [name, optimiser] : task.optimisers()) {
      optimiser->schedule(progress.step, fraction_done(options, progress));
    }
    seed_step(options.seed, progress.step);
    log.add(task.step(progress.step));
    ++progress.step;
    ++window_steps;
    const double time = now();
    progress.seconds += time - clock;
    clock = time;
    const double rate = window_steps / (time - window_start);
    const double done = fraction_done(options, progress);
    if (progress.step % options.log_every == 0) {
      log.write("train", progress.step, rate, progress.seconds * (1 - done) / std::max(done, 1e-9));
      window_start = time;
      window_steps = 0;
    }
    if (options.validate_every > 0 && progress.step % options.validate_every == 0) {
      log.forget();  // or steps since the last line would be averaged into it
      log.add(validate(task, options, progress));
      validated = progress.step;
      log.write("valid", progress.step, rate, progress.seconds * (1 - done) / std::max(done, 1e-9));
      clock = window_start = now();
    }
    if (now() - saved > 60 * options.checkpoint_minutes) {
      save_checkpoint(task, folder, progress);
      export_last(task, options);
      saved = clock = window_start = now();
      window_steps = 0;
    }
  }
  std::signal(SIGINT, previous);
  if (!interrupted && options.validate_every > 0 && validated < progress.step) {
    log.forget();  // the last few steps, too few for a line
    log.add(validate(task, options, progress));
    log.write("valid", progress.step, 0, 0);
  }
  save_checkpoint(task, folder, progress);
  if (progress.best > 1e29 || options.best_metric.empty()) {
    with_average(task, [&] { task.export_to(options.out); });
  }
  task.finish(options.out);
  std::fprintf(stderr,
               "\nsaved %s at step %lld\n",
               options.out.c_str(),
               static_cast<long long>(progress.step));
  if (interrupted) fail(ErrorCode::kCancelled, "interrupted; run the same command again to go on");
}

}  // namespace tts
