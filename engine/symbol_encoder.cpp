#include "engine/symbol_encoder.h"

#include "core/near_phones.h"
#include "engine/segments.h"

namespace tts {

int64_t SymbolEncoder::find(const Symbol& symbol, const Warn& warn) {
  const int64_t exact = manifest_.symbol_id(symbol.phone);
  if (exact >= 0) return exact;
  for (const auto& near : near_phones(symbol.phone)) {
    const int64_t id = manifest_.symbol_id(near);
    if (id < 0) continue;
    if (is_phone(symbol)) warn_once(symbol, near, warn);
    return id;
  }
  if (is_phone(symbol)) {
    warn_once(symbol, "", warn);
    return -1;
  }
  return manifest_.symbol_id(kWordBoundary);  // a mark that the voice does not read
}

void SymbolEncoder::warn_once(const Symbol& symbol, const std::string& instead, const Warn& warn) {
  if (!warned_.insert(symbol.phone).second) return;
  const std::string start =
      "voice \"" + manifest_.name + "\" has no phone \"" + symbol.phone + "\": ";
  warn(start + (instead.empty() ? "skipped" : "spoken as \"" + instead + "\""), symbol);
}

EncodedSymbols SymbolEncoder::encode(const std::vector<Symbol>& symbols, const Warn& warn) {
  EncodedSymbols out;
  for (const auto& symbol : symbols) {
    const int64_t id = find(symbol, warn);
    if (id < 0) {
      // The word now ends one phone earlier.
      const bool inside =
          !out.symbols.empty() && is_phone(symbol) && out.symbols.back().word == symbol.word;
      if (symbol.word_end && inside) {
        out.symbols.back().word_end = true;
        out.attributes.back() = attribute_id(out.symbols.back());
      }
      continue;
    }
    out.symbols.push_back(symbol);
    out.ids.push_back(id);
    out.attributes.push_back(attribute_id(symbol));
  }
  return out;
}

}  // namespace tts
