// X-SAMPA (Wells 1995), IPA in ASCII: "h@\"l@U".
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tts {

// Nothing when a character is none of its signs. White space stays.
std::optional<std::string> ipa_from_x_sampa(std::string_view x_sampa);

// IPA of what is written in an alphabet as SSML and PLS name it: "ipa" or "x-sampa". Nothing for
// another alphabet or signs that it does not have.
std::optional<std::string> ipa_of(std::string_view written, std::string_view alphabet);
inline constexpr char kKnownAlphabets[] = "ipa, x-sampa";

}  // namespace tts
