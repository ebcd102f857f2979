// Places and references in XML text.
#pragma once
#include <string>
#include <string_view>

namespace tts {

// Throws Error(kInput): "SSML, line 3, column 7: …".
[[noreturn]] void fail_in_xml(std::string_view xml, size_t offset, const std::string& message);

// The character that "&name;" stands for, in UTF-8: one of the five that XML knows, or by number.
// Throws Error(kInput) for any other; `offset` says where in the XML.
std::string xml_reference(const std::string& name, std::string_view xml, size_t offset);

}  // namespace tts
