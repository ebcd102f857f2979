// Encodings of text files.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tts {

// Where the bytes stop being UTF-8 (RFC 3629: no surrogates, shortest forms); npos where they do
// not.
size_t find_no_utf8(std::string_view bytes);

// A file's text as UTF-8, without its byte order mark: UTF-16 is known by its mark. Nothing when
// it is no whole UTF-16.
std::optional<std::string> decoded(std::string_view file);

}  // namespace tts
