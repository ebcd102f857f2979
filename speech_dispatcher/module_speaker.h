// Speaks one message at a time on a thread of its own.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "engine/synthesizer.h"
#include "speech_dispatcher/message.h"
#include "speech_dispatcher/module_log.h"
#include "speech_dispatcher/module_voices.h"
#include "speech_dispatcher/wire.h"

namespace tts {

// One message on the wire: what comes before its end.
class Utterance {
 public:
  explicit Utterance(Wire& wire) : wire_(wire) {}
  // Throw Error(kCancelled) behind its end.
  void say(std::string_view lines);
  void audio(const float* samples, size_t count, int sample_rate_hz);
  // The event that ends it; the first is heard, others are not. From any thread.
  void end(std::string_view event);

  std::atomic<bool> stopped{false}, paused{false};

 private:
  template <typename Write>
  void write(Write write);
  Wire& wire_;
  std::mutex mutex_;  // guards what follows on the wire
  bool open_ = true;
};

class ModuleSpeaker {
 public:
  // Throws as Voice and Synthesizer do: what is configured must work.
  ModuleSpeaker(const ModuleConfig& config, Wire& wire, ModuleLog& log);
  ~ModuleSpeaker();
  ModuleSpeaker(const ModuleSpeaker&) = delete;
  ModuleSpeaker& operator=(const ModuleSpeaker&) = delete;

  const ModuleVoices& voices() const { return voices_; }
  // Events 701, sound and marks as they follow each other, then 702, 703 or 704. Stops what is
  // spoken before.
  void speak(MessageKind kind, const std::string& text, const Settings& settings);
  // Event 703 at once; the work ends a little later.
  void stop();
  // At the next of speech-dispatcher's own marks.
  void pause() { utterance_->paused = true; }

 private:
  const char* perform(MessageKind kind,
                      const std::string& text,
                      const Settings& settings,
                      Utterance& utterance);
  void prepare(const Settings& settings);

  const ModuleConfig config_;
  Wire& wire_;
  ModuleLog& log_;
  ModuleVoices voices_;
  Settings prepared_;  // of synthesizer_: messages mostly follow each other with the same
  std::unique_ptr<const Synthesizer> synthesizer_;
  std::shared_ptr<Utterance> utterance_;  // the latest
  std::thread thread_;                    // that speaks it
};

}  // namespace tts
