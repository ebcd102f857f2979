// Which letters a language's phonemiser can read.
#pragma once
#include <unicode/unistr.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace tts {

// Latin and the scripts that the language itself is written in.
bool is_readable_script(char32_t letter, const std::string& language);

// Where the first letters of [begin, end) end that are all Latin, all of the language's own scripts
// or all of others: "γ|-ray", "μ|m". Marks and punctuation go with the letter before them.
int32_t end_of_script(const icu::UnicodeString& text,
                      int32_t begin,
                      int32_t end,
                      const std::string& language);

// Without its letters of scripts that cannot be read. UTF-8
std::string readable_part(const std::string& text, const std::string& language);

// "Han", "Cyrillic".
std::string script_name(char32_t letter);

// A lone letter's name, "alpha" for "α"; empty when the script has no such names.
std::string letter_name(char32_t letter);

}  // namespace tts
