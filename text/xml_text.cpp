#include "text/xml_text.h"

#include <algorithm>
#include <cstdlib>

#include "core/error.h"
#include "text/unicode.h"

namespace tts {

void fail_in_xml(std::string_view xml, size_t offset, const std::string& message) {
  const std::string_view before = xml.substr(0, std::min(offset, xml.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t start = before.rfind('\n');
  const size_t column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
  fail(ErrorCode::kInput, "SSML, line ", line, ", column ", column, ": ", message);
}

std::string xml_reference(const std::string& name, std::string_view xml, size_t offset) {
  static const std::pair<const char*, const char*> known[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  for (const auto& [entity, text] : known) {
    if (name == entity) return text;
  }
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    char* rest = nullptr;
    const unsigned long code = std::strtoul(name.c_str() + (hex ? 2 : 1), &rest, hex ? 16 : 10);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (*rest == '\0' && code > 0 && code < 0x110000 && !surrogate)
      return to_utf8(static_cast<char32_t>(code));
  }
  fail_in_xml(
      xml, offset, "unknown entity \"&" + name + ";\"; known: amp, lt, gt, quot, apos and numbers");
}

}  // namespace tts
