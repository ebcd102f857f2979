// Subtitles become one sound in which every cue begins at its time.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cli/batch/item.h"
#include "engine/synthesizer.h"

namespace tts {

class CueSpeaker {
 public:
  // `natural` has the same voice and options. The sink gets audio, silence too, warnings
  // and verdicts, whose spans are those of the cue.
  CueSpeaker(const Synthesizer& natural,
             std::shared_ptr<const Voice> voice,
             const SpeakOptions& options,
             InputKind kind,
             const EventSink& sink);

  // A cue that is too long is fitted to its own time, or, where that is too short for its text, to
  // the time until the next one, with a warning. Where that is too short, too, it is spoken as fast
  // as can be, and the next one begins late; one that cannot be spoken is left out; with warnings.
  // A strict item throws Error(kInput) instead, naming every such cue; what was given to the sink
  // until then is of no use.
  void speak(const BatchItem& item, const std::atomic<bool>& cancelled);

 private:
  struct Slot {
    int64_t begin = 0, end = 0, limit = 0;  // samples; before `limit` the next cue begins
  };
  Slot slot_of(const std::vector<Cue>& cues, size_t index) const;
  std::vector<float> sound_of(const Cue& cue, const Slot& slot, const std::atomic<bool>& cancelled);
  std::vector<float> mended(const Cue& cue, const Slot& slot, const std::atomic<bool>& cancelled);
  std::vector<float> fitted(const Cue& cue, int64_t samples, const std::atomic<bool>& cancelled);
  std::vector<float> heard(const Synthesizer& synthesizer,
                           const Cue& cue,
                           int64_t most,
                           const std::atomic<bool>& cancelled);
  int64_t sample_at(int64_t ms) const;
  void give(std::vector<float> samples);
  void give_silence(int64_t until);
  void warn(const Cue& cue, const std::string& message) const;

  const Synthesizer& natural_;
  const std::shared_ptr<const Voice> voice_;
  const SpeakOptions& options_;
  const InputKind kind_;
  const EventSink& sink_;
  int64_t position_ = 0;  // samples given
};

}  // namespace tts
