// Which letters a language's phonemiser can read.
#pragma once
#include <string>
#include <string_view>

namespace tts {

// Latin and the scripts that the language itself is written in.
bool is_readable_script(char32_t letter, const std::string& language);

// "Han", "Cyrillic".
std::string script_name(char32_t letter);

// A lone letter's name, "alpha" for "α"; empty when the script has no such names.
std::string letter_name(char32_t letter);

}  // namespace tts
