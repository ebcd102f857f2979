#include "cli/say_batch.h"

#include <sys/stat.h>

#include <map>

#include "audio/file.h"
#include "cli/console.h"
#include "core/error.h"

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

class BatchSpeaker {
 public:
  explicit BatchSpeaker(const SayOptions& options) : options_(options) {
    // Items without a seed of their own share one, which is printed.
    if (!options_.speak.seed) options_.speak.seed = random_seed();
    note("seed " + std::to_string(*options_.speak.seed));
  }

  int run(const std::vector<BatchItem>& items) {
    // What is wrong with every item is said once, before the first.
    const Synthesizer check(voice(options_.voice), options_.speak);
    for (const BatchItem& item : items) {
      try {
        if (!item.error.empty()) fail(ErrorCode::kInput, item.error);
        say(item);
        ++done_;
      } catch (const Error& e) {
        if (e.code() == ErrorCode::kCancelled) throw;
        note_failure(item, e.what());
      } catch (const std::exception& e) {
        note_failure(item, e.what());
      }
    }
    note(std::to_string(done_) + " of " + std::to_string(items.size()) + " done");
    return done_ == items.size() ? 0 : 1;
  }

 private:
  void say(const BatchItem& item) {
    SpeakOptions speak = item.speak;
    if (!speak.seed) speak.seed = options_.speak.seed;
    const Synthesizer synthesizer(voice(item.voice), speak);
    AudioWriter out(options_.output + "/" + item.output, synthesizer.sample_rate_hz());
    const auto sink = [&](const Event& event) {
      if (event.kind == EventKind::kAudio) out.write(event.audio);
      if (event.kind == EventKind::kWarning)
        note("tts: line " + std::to_string(item.line) + ": " + event.text);
    };
    synthesizer.speak(item.text, options_.kind, sink, interrupted());
    out.finish();
  }

  std::shared_ptr<const Voice> voice(const std::string& name) {
    auto& voice = voices_[name];
    if (voice == nullptr) voice = Voice::open(name, {options_.device, options_.threads});
    return voice;
  }

  void note_failure(const BatchItem& item, const std::string& why) {
    std::fprintf(stderr, "tts: line %zu: %s\n", item.line, why.c_str());
  }

  SayOptions options_;
  std::map<std::string, std::shared_ptr<const Voice>> voices_;
  size_t done_ = 0;
};

}  // namespace

int say_batch(const SayOptions& options) {
  const std::vector<BatchItem> items = batch_items(options);
  make_folder(options.output);
  start_engine(1);
  return BatchSpeaker(options).run(items);
}

}  // namespace tts
