// Character references of HTML.
#pragma once
#include <string>
#include <string_view>

namespace tts {

// "&amp;…" at the beginning → its character and its length in bytes; 0 for none.
struct Entity {
  std::string text;
  size_t bytes = 0;
};
Entity entity_at(std::string_view text);

}  // namespace tts
