#include "text/normalise/item_list.h"

#include <unicode/uchar.h>

namespace tts {

Item& ItemList::add(ItemKind kind, int32_t begin, int32_t end) {
  Item item;
  item.kind = kind;
  item.begin = begin;
  item.end = end;
  items_.push_back(std::move(item));
  return items_.back();
}

Item& ItemList::word(int32_t begin, int32_t end, std::vector<SpokenWord> spoken) {
  Item& item = add(ItemKind::kWord, begin, end);
  item.spoken = std::move(spoken);
  item.starts_capital = u_isupper(text_.char32At(begin)) != 0;
  item.starts_lower = u_islower(text_.char32At(begin)) != 0;
  return item;
}

void ItemList::mark(int32_t begin, int32_t end, const std::string& mark) {
  add(ItemKind::kMark, begin, end).mark = mark;
}

void ItemList::pause(int32_t begin, int32_t end, double pause_s) {
  add(ItemKind::kPause, begin, end).pause_s = pause_s;
}

void ItemList::paragraph(int32_t begin, int32_t end) {
  space();
  add(ItemKind::kParagraph, begin, end);
}

void ItemList::space() {
  if (!items_.empty()) items_.back().space_after = true;
}

void ItemList::closing_quote() {
  if (!items_.empty()) items_.back().quote_after = true;
}

}  // namespace tts
