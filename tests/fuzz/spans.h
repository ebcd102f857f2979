// What every span of a text has to keep: inside it, and never within a character.
#pragma once
#include <unicode/utf8.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "tests/fuzz/fuzz.h"

namespace tts::fuzz {

class SpanCheck {
 public:
  explicit SpanCheck(std::string_view text) : text_(text), boundary_(text.size() + 1, false) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    for (size_t i = 0; i < text.size();) {
      boundary_[i] = true;
      UChar32 c;
      U8_NEXT(bytes, i, text.size(), c);
    }
    boundary_[text.size()] = true;
  }

  void operator()(ByteSpan span, const std::string& what) const {
    require(span.begin <= span.end && span.end <= text_.size(),
            what,
            ": span [",
            span.begin,
            ", ",
            span.end,
            ") of ",
            text_.size(),
            " bytes");
    require(boundary_[span.begin] && boundary_[span.end],
            what,
            ": span [",
            span.begin,
            ", ",
            span.end,
            ") cuts a character");
  }

  size_t size() const { return text_.size(); }

  std::string slice(ByteSpan span) const {
    return std::string(text_.substr(span.begin, span.end - span.begin));
  }

 private:
  std::string_view text_;
  std::vector<bool> boundary_;
};

}  // namespace tts::fuzz
