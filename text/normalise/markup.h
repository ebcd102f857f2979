// [[pause 400ms]] and [[ipa]] in plain text.
#pragma once
#include <optional>
#include <string>

namespace tts {

inline constexpr double kMaxPauseS = 60;  // longer ones are cut by the normaliser

struct Markup {
  double pause_s = -1;  // >= 0: a pause
  std::string ipa;      // else: phones to speak
};

// `inside`: what stands between the brackets. Nothing when it is neither.
std::optional<Markup> parse_markup(const std::string& inside);

}  // namespace tts
