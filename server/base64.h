// RFC 4648, with padding.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tts {

std::string to_base64(std::string_view bytes);

// Nothing when it is not base64. Line breaks are skipped.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace tts
