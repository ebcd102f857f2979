// Symbols → the ids of a voice's table. A phone that the voice does not have becomes a near one, or
// is skipped; either way the caller hears of it once.
#pragma once
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/text_types.h"
#include "core/voice_manifest.h"

namespace tts {

struct EncodedSymbols {
  std::vector<Symbol> symbols;      // those that are left, as they were
  std::vector<int64_t> ids;         // [N]
  std::vector<int64_t> attributes;  // [N], see attribute_id
};

// One per request: it remembers what it has warned of.
class SymbolEncoder {
 public:
  using Warn = std::function<void(const std::string& message, const Symbol& symbol)>;
  explicit SymbolEncoder(const VoiceManifest& manifest) : manifest_(manifest) {}

  EncodedSymbols encode(const std::vector<Symbol>& symbols, const Warn& warn);

 private:
  int64_t find(const Symbol& symbol, const Warn& warn);
  void warn_once(const Symbol& symbol, const std::string& instead, const Warn& warn);

  const VoiceManifest& manifest_;
  std::set<std::string> warned_;
};

}  // namespace tts
