// The values of SSML's attributes.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

// "250ms", "1.5s" → seconds; nothing for anything else.
std::optional<double> ssml_seconds(std::string_view value);
// The break that a strength stands for; nothing for an unknown one. "none" is 0.
std::optional<double> ssml_break_s(std::string_view strength);

// Each changes `style`, which holds what the elements around ask for, and says whether the value is
// one of SSML's: a rate as "slow", "80%", "+10%" or "1.2"; a pitch as "high", "+2st" or "-10%"; a
// volume as "soft" or "+6dB".
bool set_ssml_rate(std::string_view value, SpeechStyle& style);
bool set_ssml_pitch(std::string_view value, SpeechStyle& style);
bool set_ssml_volume(std::string_view value, SpeechStyle& style);
// To what can be spoken, however they are nested.
void limit_ssml_style(SpeechStyle& style);

// "kerstin anna" → its parts; of "en:fr", a language with an accent, the language.
std::vector<std::string> ssml_list(std::string_view value);

}  // namespace tts
