// Other words in a recording: the frames of what is to be said anew are made by the voice's
// generator between those that stay, and pasted; all else keeps its samples. Editing by infilling
// after Voicebox (Le et al. 2023). docs/editing.md
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audio/file.h"
#include "engine/ear.h"
#include "engine/event.h"
#include "engine/synthesizer.h"
#include "text/text_edit.h"

namespace tts {

struct TextEdit {
  enum class Kind { kReplace, kInsertAfter, kDelete };
  Kind kind = Kind::kReplace;
  std::string words;   // that are in the text
  std::string with;    // that are not yet; kDelete: empty
  int occurrence = 0;  // which of several, from 1; 0: there is only one
};

// Throws Error(kUsage) when the words are not in the text (naming the nearest), are there more than
// once without an occurrence, or fewer times than that.
TextChange changed_text(std::string_view text, const TextEdit& edit);

struct EditedRecording {
  Waveform wave;                // at the recording's rate
  std::string text;             // the new one
  SampleSpan removed, added;    // of the recording, of `wave`
  double phone_error_rate = 0;  // of the recording against the old text
  // Of the new text, at the recording's rate: kWarning, kSentence, kWord, kPhoneme, kDone.
  std::vector<Event> events;
};

class Editor {
 public:
  // Of `options`: language, generator and its options, seed, lexicons, prompts. Throws as
  // Synthesizer.
  Editor(std::shared_ptr<const Voice> voice, std::shared_ptr<const Ear> ear, SpeakOptions options);

  // Throws Error(kInput) when the recording does not say the text, is below 0.1 s or above
  // kLongestRecordingS; as changed_text; and Error(kCancelled) when `cancelled` becomes true.
  EditedRecording edit(const Waveform& recording,
                       std::string_view text,
                       const TextEdit& edit,
                       const std::atomic<bool>& cancelled) const;

  uint64_t seed() const { return synthesizer_.seed(); }
  const Voice& voice() const { return *synthesizer_.voice_; }

 private:
  struct Work;  // what one call knows
  void align(const std::vector<float>& samples, std::string_view text, Work& work) const;
  void make(const std::vector<float>& samples, Work& work) const;

  std::shared_ptr<const Ear> ear_;
  Synthesizer synthesizer_;
};

}  // namespace tts
