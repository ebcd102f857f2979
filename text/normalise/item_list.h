// What the normaliser makes of a text, one behind the other.
#pragma once
#include <unicode/unistr.h>

#include <string>
#include <vector>

#include "text/items.h"

namespace tts {

// Places are units of the clean text.
class ItemList {
 public:
  explicit ItemList(const icu::UnicodeString& text) : text_(text) {}

  Item& word(int32_t begin, int32_t end, std::vector<SpokenWord> spoken);
  void mark(int32_t begin, int32_t end, const std::string& mark);
  void pause(int32_t begin, int32_t end, double pause_s);
  void paragraph(int32_t begin, int32_t end);
  // White space, or a closing quote, follows the last item, if there is one.
  void space();
  void closing_quote();

  std::vector<Item> take() { return std::move(items_); }

 private:
  Item& add(ItemKind kind, int32_t begin, int32_t end);
  const icu::UnicodeString& text_;
  std::vector<Item> items_;
};

}  // namespace tts
