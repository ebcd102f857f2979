// Where a text comes from: all at once, or piece by piece while it is spoken.
#pragma once
#include <string>
#include <string_view>

namespace tts {

class TextSource {
 public:
  virtual ~TextSource() = default;
  // Adds what has come since the last call to `text`, waiting while there is nothing. False: the
  // text is complete, nothing was added. What it throws ends the request.
  virtual bool read(std::string& text) = 0;
  // Whether read() would return at once.
  virtual bool ready() = 0;
};

class WholeText : public TextSource {
 public:
  explicit WholeText(std::string_view text) : text_(text) {}
  bool read(std::string& text) override {
    text += text_;
    const bool some = !text_.empty();
    text_ = {};
    return some;
  }
  bool ready() override { return true; }

 private:
  std::string_view text_;
};

}  // namespace tts
