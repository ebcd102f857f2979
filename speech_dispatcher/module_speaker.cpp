#include "speech_dispatcher/module_speaker.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "audio/fade.h"
#include "core/error.h"
#include "nn/runtime.h"

namespace tts {
namespace {

constexpr char kBegun[] = "701 BEGIN\n", kEnded[] = "702 END\n", kStopped[] = "703 STOP\n",
               kPaused[] = "704 PAUSE\n";
// The server's own marks, at which a pause begins.
constexpr char kServerMark[] = "__spd_";
constexpr size_t kMostSamples = 2400;            // in one event
constexpr double kLeadS = 0.02, kFadeS = 0.005;  // of silence before the first word
// The same message sounds the same every time.
constexpr uint64_t kSeed = 1;

struct Paused {};

// Marks come before the sound they stand in; they leave in its midst. The silence before the first
// word is left out but for kLeadS: nobody who steps through a list has time for it.
class Playback {
 public:
  Playback(Utterance& utterance, int rate_hz) : utterance_(utterance), rate_hz_(rate_hz) {}

  void hear(const Event& event) {
    if (event.kind == EventKind::kWord && first_ < 0)
      first_ = std::max<int64_t>(0, event.samples.begin - std::llround(kLeadS * rate_hz_));
    if (event.kind == EventKind::kMark) marks_.push_back({event.samples.begin, event.text});
    if (event.kind == EventKind::kAudio) audio(event.audio, event.samples.begin);
    if (event.kind == EventKind::kDone) report(event.samples.end + 1);
  }

 private:
  void audio(std::vector<float> samples, int64_t begin) {
    const auto size = static_cast<int64_t>(samples.size());
    const int64_t lead = std::clamp<int64_t>(first_ - begin, 0, size);
    const int64_t fade = first_ > 0 ? std::llround(kFadeS * rate_hz_) : 0;
    for (int64_t i = lead; i < size && begin + i < first_ + fade; ++i)
      samples[i] *= fade_gain(begin + i - first_, fade);
    for (int64_t at = lead; at < size;) {
      report(begin + at);
      int64_t end = std::min<int64_t>(size, at + kMostSamples);
      if (!marks_.empty()) end = std::min(end, marks_.front().first - begin);
      utterance_.audio(samples.data() + at, static_cast<size_t>(end - at), rate_hz_);
      at = end;
    }
  }

  // Marks whose place has been reached.
  void report(int64_t place) {
    while (!marks_.empty() && marks_.front().first <= place) {
      const std::string name = marks_.front().second;
      marks_.pop_front();
      utterance_.say("700-" + name + "\n700 INDEX MARK\n");
      if (utterance_.paused && name.compare(0, sizeof(kServerMark) - 1, kServerMark) == 0)
        throw Paused();
    }
  }

  Utterance& utterance_;
  const int rate_hz_;
  int64_t first_ = -1;  // the sample that is heard first; -1: no word yet
  std::deque<std::pair<int64_t, std::string>> marks_;
};

}  // namespace

template <typename Write>
void Utterance::write(Write write) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!open_) fail(ErrorCode::kCancelled, "stopped");
  write();
}

void Utterance::say(std::string_view lines) {
  write([&] { wire_.say(lines); });
}

void Utterance::audio(const float* samples, size_t count, int sample_rate_hz) {
  write([&] { wire_.audio(samples, count, sample_rate_hz); });
}

void Utterance::end(std::string_view event) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (open_) wire_.say(event);
  open_ = false;
}

ModuleSpeaker::ModuleSpeaker(const ModuleConfig& config, Wire& wire, ModuleLog& log)
    : config_(config),
      wire_(wire),
      log_(log),
      voices_(config),
      utterance_(std::make_shared<Utterance>(wire)) {
  prepare({});
  // The first message need not wait for weights and tables.
  synthesizer_->speak(
      "a", InputKind::kPlain, [](const Event&) {}, utterance_->stopped);
  utterance_->end("");
}

ModuleSpeaker::~ModuleSpeaker() {
  utterance_->stopped = true;
  if (thread_.joinable()) thread_.join();
}

void ModuleSpeaker::stop() {
  utterance_->stopped = true;
  utterance_->end(kStopped);
}

void ModuleSpeaker::speak(MessageKind kind, const std::string& text, const Settings& settings) {
  stop();
  utterance_ = std::make_shared<Utterance>(wire_);
  utterance_->say(kBegun);
  thread_ = std::thread([=, utterance = utterance_, previous = std::move(thread_)]() mutable {
    if (previous.joinable()) previous.join();
    configure_thread();
    try {
      utterance->end(perform(kind, text, settings, *utterance));
    } catch (const std::exception& e) {
      log_.note(1, e.what());  // stopped before it began, or nobody listens
    }
  });
}

// → the event that ends the message
const char* ModuleSpeaker::perform(MessageKind kind,
                                   const std::string& text,
                                   const Settings& settings,
                                   Utterance& utterance) {
  try {
    prepare(settings);
    const std::string language =
        settings.language.empty() ? synthesizer_->language() : settings.language;
    Playback playback(utterance, synthesizer_->sample_rate_hz());
    const auto hear = [&](const Event& event) {
      if (event.kind == EventKind::kWarning) log_.note(3, event.text);
      playback.hear(event);
    };
    synthesizer_->speak(
        ssml_of(kind, text, settings, language), InputKind::kSsml, hear, utterance.stopped);
  } catch (const Paused&) {
    return kPaused;
  } catch (const Error& e) {
    if (e.code() == ErrorCode::kOutput) throw;
    if (e.code() == ErrorCode::kCancelled) return kStopped;
    log_.note(e.code() == ErrorCode::kInput ? 3 : 1, e.what());
  } catch (const std::exception& e) {
    log_.note(1, e.what());
  }
  return kEnded;
}

// A synthesizer with these settings, unless it is there.
void ModuleSpeaker::prepare(const Settings& settings) {
  const auto voice = voices_.find(settings.voice, settings.language);
  const bool same = synthesizer_ != nullptr && &synthesizer_->voice() == voice.get() &&
                    prepared_.rate == settings.rate && prepared_.pitch == settings.pitch &&
                    prepared_.volume == settings.volume;
  if (same) return;
  SpeakOptions options;
  apply_settings(settings, options);
  options.generator = config_.generator;
  options.lexicons = config_.lexicons;
  options.seed = kSeed;
  synthesizer_ = std::make_unique<const Synthesizer>(voice, std::move(options));
  prepared_ = settings;
}

}  // namespace tts
