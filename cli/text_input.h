// A text that is spoken while it is read: from a file, or from a pipe into which somebody writes.
#pragma once
#include <atomic>
#include <string>

#include "engine/text_source.h"

namespace tts {

class TextInput : public TextSource {
 public:
  // "-" is stdin. `cancelled` ends waiting. Throws Error(kInput) for what cannot be read.
  TextInput(const std::string& path, const std::atomic<bool>& cancelled);
  ~TextInput() override;
  TextInput(const TextInput&) = delete;
  TextInput& operator=(const TextInput&) = delete;

  // Waits until there is something to speak; false: there is nothing to the end.
  bool wait_for_text();
  // Throw Error: kInput, also for what is no text; kCancelled.
  bool read(std::string& text) override;
  bool ready() override;

  const std::string& text() const { return text_; }  // all that was read so far

 private:
  bool fill();  // false at the end

  const std::string path_;
  const std::atomic<bool>& cancelled_;
  int descriptor_;
  std::string text_;
  size_t given_ = 0;  // bytes of it that read() handed out
};

}  // namespace tts
