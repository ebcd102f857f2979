#include "cli/say_batch.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "audio/file.h"
#include "cli/console.h"
#include "core/error.h"
#include "engine/performers.h"
#include "nn/runtime.h"

namespace tts {
namespace {

void make_folder(const std::string& folder) {
  struct stat info {};
  if (mkdir(folder.c_str(), 0777) == 0) return;
  if (stat(folder.c_str(), &info) != 0) {
    fail(ErrorCode::kOutput, folder, ": cannot be made; does the folder above it exist?");
  }
  if (!S_ISDIR(info.st_mode))
    fail(ErrorCode::kOutput, folder, ": is a file; --lines and --jsonl need a folder");
}

// What an item has to tell, kept until its turn.
struct Outcome {
  std::vector<std::string> warnings;
  std::string error;  // "": done
};

// Items are made side by side like the sentences of a text, and reported in their order. While
// there are fewer items than threads, the sentences of each share those that are left.
class BatchSpeaker {
 public:
  BatchSpeaker(const SayOptions& options, const std::vector<BatchItem>& items)
      : options_(options), items_(items), outcomes_(items.size()) {
    // Items without a seed of their own share one, which is printed.
    if (!options_.speak.seed) options_.speak.seed = random_seed();
    note("seed " + std::to_string(*options_.speak.seed));
    const int threads = options_.threads == 0 ? usable_threads() : options_.threads;
    side_by_side_ = std::min(threads, static_cast<int>(items.size()));
    threads_per_item_ = threads / side_by_side_;
  }

  int run() {
    // What is wrong with every item is said once, before the first.
    const Synthesizer check(voice(options_.voice), options_.speak);
    // An item makes one empty sound: that it is finished.
    size_t reported = 0, done = 0;
    Performers performers(side_by_side_, [&](const std::vector<float>&) {
      done += report(reported) ? 1 : 0;
      ++reported;
    });
    for (size_t i = 0; i < items_.size(); ++i) performers.add(nullptr, job(i));
    performers.drain();
    note(std::to_string(done) + " of " + std::to_string(items_.size()) + " done");
    return done == items_.size() ? 0 : 1;
  }

 private:
  Performers::Job job(size_t index) {
    std::shared_ptr<const Synthesizer> synthesizer;
    attempt(index, [&] { synthesizer = synthesizer_of(items_[index]); });
    return [=](const Performers::Sink& finished) {
      if (synthesizer != nullptr) attempt(index, [&] { say(index, *synthesizer); });
      finished({});
    };
  }

  // An item that fails does not stop the others.
  template <typename Step>
  void attempt(size_t index, Step step) {
    try {
      step();
    } catch (const Error& e) {
      if (e.code() == ErrorCode::kCancelled) throw;
      outcomes_[index].error = e.what();
    } catch (const std::exception& e) {
      outcomes_[index].error = e.what();
    }
  }

  std::shared_ptr<const Synthesizer> synthesizer_of(const BatchItem& item) {
    if (!item.error.empty()) fail(ErrorCode::kInput, item.error);
    SpeakOptions speak = item.speak;
    if (!speak.seed) speak.seed = options_.speak.seed;
    return std::make_shared<Synthesizer>(voice(item.voice), speak);
  }

  void say(size_t index, const Synthesizer& synthesizer) {
    const BatchItem& item = items_[index];
    AudioWriter out(options_.output + "/" + item.output, synthesizer.sample_rate_hz());
    const auto sink = [&](const Event& event) {
      if (event.kind == EventKind::kAudio) out.write(event.audio);
      if (event.kind == EventKind::kWarning) outcomes_[index].warnings.push_back(event.text);
    };
    synthesizer.speak(item.text, options_.kind, sink, interrupted());
    out.finish();
  }

  std::shared_ptr<const Voice> voice(const std::string& name) {
    auto& voice = voices_[name];
    if (voice == nullptr) voice = Voice::open(name, {options_.device, threads_per_item_});
    return voice;
  }

  // → whether the item is done.
  bool report(size_t index) {
    Outcome& outcome = outcomes_[index];
    const std::string line = "tts: line " + std::to_string(items_[index].line) + ": ";
    for (const auto& warning : outcome.warnings) note(line + "warning: " + warning);
    if (!outcome.error.empty()) std::fprintf(stderr, "%s%s\n", line.c_str(), outcome.error.c_str());
    return outcome.error.empty();
  }

  SayOptions options_;
  const std::vector<BatchItem>& items_;
  std::vector<Outcome> outcomes_;
  std::map<std::string, std::shared_ptr<const Voice>> voices_;
  int side_by_side_, threads_per_item_;
};

}  // namespace

int say_batch(const SayOptions& options) {
  const std::vector<BatchItem> items = batch_items(options);
  make_folder(options.output);
  start_engine(1);
  return BatchSpeaker(options, items).run();
}

}  // namespace tts
