#include "cli/batch/item_maker.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <optional>
#include <thread>

#include "audio/file.h"
#include "cli/batch/cue_speaker.h"
#include "cli/console.h"
#include "core/error.h"
#include "nn/runtime.h"

namespace tts {
namespace {

// A row of workers that take the next item each, and their outcomes until they are reported.
class ItemPool {
 public:
  ItemPool(size_t count, const MakeItem& make) : make_(make), outcomes_(count) {}

  void run(int side_by_side, const ReportItem& report) {
    for (int i = 0; i < side_by_side; ++i) workers_.emplace_back([this] { work(); });
    try {
      for (size_t i = 0; i < outcomes_.size(); ++i) report(i, wait_for(i));
    } catch (...) {
      next_ = outcomes_.size();
      join();
      throw;
    }
    join();
  }

 private:
  void work() {
    configure_thread();
    for (size_t i; (i = next_++) < outcomes_.size();) {
      ItemOutcome outcome;
      std::exception_ptr error;
      try {
        outcome = make_(i);
      } catch (...) {
        error = std::current_exception();
        next_ = outcomes_.size();
      }
      const std::lock_guard<std::mutex> lock(mutex_);
      outcomes_[i] = std::move(outcome);
      if (error && !error_) error_ = error;
      changed_.notify_all();
    }
  }

  ItemOutcome wait_for(size_t index) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return outcomes_[index].has_value() || error_; });
    if (!outcomes_[index].has_value() || error_) std::rethrow_exception(error_);
    return std::move(*outcomes_[index]);
  }

  void join() {
    for (auto& worker : workers_) worker.join();
  }

  const MakeItem& make_;
  std::vector<std::thread> workers_;
  std::atomic<size_t> next_{0};
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::vector<std::optional<ItemOutcome>> outcomes_;
  std::exception_ptr error_;
};

}  // namespace

ItemThreads::ItemThreads(int threads, size_t items, int batch_size) {
  const int all = threads == 0 ? usable_threads() : threads;
  // While a batch is made, as many wait as the next one holds.
  const int most = std::min(batch_size == 1 ? all : 2 * all * batch_size, kMaxThreads);
  side_by_side = std::max(1, static_cast<int>(std::min(items, static_cast<size_t>(most))));
  per_item = std::max(1, all / side_by_side);
}

ItemMaker::ItemMaker(const SayOptions& options,
                     int threads_per_item,
                     std::shared_ptr<GenerationBatches> batches)
    : options_(options), threads_per_item_(threads_per_item), batches_(std::move(batches)) {}

void ItemMaker::check() const {
  const Synthesizer synthesizer(voice(options_.voice), options_.speak);
}

ItemOutcome ItemMaker::make(const BatchItem& item,
                            const std::string& file,
                            const std::atomic<bool>& cancelled) const {
  const auto start = std::chrono::steady_clock::now();
  ItemOutcome outcome;
  outcome.begun = true;
  outcome.error = item.error;
  if (outcome.error.empty()) attempt_item(outcome, [&] { speak(item, file, cancelled, outcome); });
  outcome.work_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

void ItemMaker::speak(const BatchItem& item,
                      const std::string& file,
                      const std::atomic<bool>& cancelled,
                      ItemOutcome& outcome) const {
  const auto opened = voice(item.voice);
  // With threads of its own the item works in those, and waits here.
  const GenerationBatches::Work work(threads_per_item_ == 1 ? batches_.get() : nullptr);
  const Synthesizer synthesizer(opened, item.speak);
  outcome.sample_rate_hz = synthesizer.sample_rate_hz();
  AudioWriter out(file, outcome.sample_rate_hz, audio_format(item.output));
  const EventSink sink = [&](const Event& event) {
    if (event.kind == EventKind::kWarning) outcome.warnings.push_back(event.text);
    outcome.verdicts.add(event);
    if (event.kind != EventKind::kAudio) return;
    out.write(event.audio);
    outcome.samples += static_cast<int64_t>(event.audio.size());
  };
  if (item.cues.empty()) {
    synthesizer.speak(item.text, options_.kind, sink, cancelled);
  } else {
    outcome.warnings = item.cue_warnings;
    CueSpeaker(synthesizer, opened, item.speak, options_.kind, sink).speak(item, cancelled);
  }
  out.finish();
}

std::shared_ptr<const Voice> ItemMaker::voice(const std::string& name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& voice = voices_[name];
  if (voice == nullptr) voice = Voice::open(name, {options_.device, threads_per_item_, batches_});
  return voice;
}

void run_items(int side_by_side, size_t count, const MakeItem& make, const ReportItem& report) {
  ItemPool(count, make).run(side_by_side, report);
}

void report_item(const std::string& where, const ItemOutcome& outcome) {
  const std::string line = "tts: " + where + ": ";
  for (const auto& warning : outcome.warnings) note(line + "warning: " + warning);
  if (!outcome.error.empty()) note_error(line + outcome.error);
}

void make_item_folder(const std::string& folder) {
  struct stat info {};
  if (mkdir(folder.c_str(), 0777) == 0) return;
  if (stat(folder.c_str(), &info) != 0) {
    fail(ErrorCode::kOutput, folder, ": cannot be made; does the folder above it exist?");
  }
  if (!S_ISDIR(info.st_mode))
    fail(ErrorCode::kOutput, folder, ": is a file; many sounds need a folder");
}

}  // namespace tts
