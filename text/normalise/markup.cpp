#include "text/normalise/markup.h"

#include <algorithm>
#include <regex>

#include "core/number_text.h"
#include "text/symbols.h"

namespace tts {

std::optional<Markup> parse_markup(const std::string& inside) {
  static const std::regex pause(R"(\s*pause\s+(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s)\s*)");
  static const std::regex any_pause(R"(\s*pause\b.*)");
  std::smatch match;
  Markup markup;
  if (std::regex_match(inside, match, pause)) {
    const double value = number_from_text(match[1].str()).value();
    markup.pause_s = match[2] == "ms" ? value / 1000 : value;
    return markup;
  }
  if (std::regex_match(inside, any_pause)) return std::nullopt;
  const bool has_capitals = std::any_of(
      inside.begin(), inside.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '\n'; });
  const auto phones = symbols_from_ipa(inside, "");
  if (has_capitals || phones.empty()) return std::nullopt;
  markup.ipa = inside;
  return markup;
}

}  // namespace tts
