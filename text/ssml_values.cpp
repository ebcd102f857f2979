#include "text/ssml_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

#include "core/classic_stream.h"
#include "core/number_text.h"

namespace tts {
namespace {

// std::regex recurses with every character: longer values, which none of SSML's is, would overflow
// the stack.
constexpr size_t kMaxValueBytes = 64;

// A decimal number at the start of `value` and what follows it.
struct Quantity {
  double number = 0;
  std::string unit;
  bool has_sign = false;
};

std::optional<Quantity> quantity(std::string_view value) {
  static const std::regex form(R"(\s*([+-]?)(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*([a-zA-Z%]*)\s*)");
  std::match_results<std::string_view::const_iterator> match;
  if (value.size() > kMaxValueBytes || !std::regex_match(value.begin(), value.end(), match, form))
    return std::nullopt;
  Quantity out;
  out.has_sign = match[1].length() > 0;
  out.number = number_from_text(match[2].str()).value() * (match[1] == "-" ? -1 : 1);
  out.unit = match[3];
  return out;
}

using Names = std::map<std::string, double, std::less<>>;

std::optional<double> named(const Names& names, std::string_view value) {
  const auto found = names.find(value);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

double semitones(double ratio) {
  return 12 * std::log2(ratio);
}

}  // namespace

std::vector<std::string> ssml_list(std::string_view value) {
  std::vector<std::string> out;
  ClassicInput parts{std::string(value)};
  for (std::string part; parts >> part;) out.push_back(part.substr(0, part.find(':')));
  return out;
}

std::optional<double> ssml_seconds(std::string_view value) {
  const auto q = quantity(value);
  if (!q || q->number < 0) return std::nullopt;
  if (q->unit == "ms") return q->number / 1000;
  if (q->unit == "s") return q->number;
  return std::nullopt;
}

std::optional<double> ssml_break_s(std::string_view strength) {
  static const Names names = {{"none", 0},
                              {"x-weak", 0.1},
                              {"weak", 0.2},
                              {"medium", 0.4},
                              {"strong", 0.7},
                              {"x-strong", 1.2}};
  return named(names, strength);
}

bool set_ssml_rate(std::string_view value, SpeechStyle& style) {
  static const Names names = {{"x-slow", 0.5},
                              {"slow", 0.75},
                              {"medium", 1},
                              {"default", 1},
                              {"fast", 1.25},
                              {"x-fast", 1.6}};
  double ratio = 0;
  if (const auto name = named(names, value)) {
    ratio = *name;
  } else if (const auto q = quantity(value)) {
    if (q->unit == "%") ratio = q->has_sign ? 1 + q->number / 100 : q->number / 100;
    if (q->unit.empty() && !q->has_sign) ratio = q->number;
  }
  if (ratio <= 0) return false;
  style.rate_ratio *= ratio;
  return true;
}

bool set_ssml_pitch(std::string_view value, SpeechStyle& style) {
  static const Names names = {
      {"x-low", -6}, {"low", -3}, {"medium", 0}, {"default", 0}, {"high", 3}, {"x-high", 6}};
  if (const auto name = named(names, value)) {
    style.pitch_semitones += *name;
    return true;
  }
  const auto q = quantity(value);
  if (!q) return false;
  if (q->unit == "st" && q->has_sign) {
    style.pitch_semitones += q->number;
    return true;
  }
  const double ratio = q->has_sign ? 1 + q->number / 100 : q->number / 100;
  if (q->unit != "%" || ratio <= 0) return false;
  style.pitch_semitones += semitones(ratio);
  return true;
}

bool set_ssml_volume(std::string_view value, SpeechStyle& style) {
  static const Names names = {{"silent", -120},
                              {"x-soft", -12},
                              {"soft", -6},
                              {"medium", 0},
                              {"default", 0},
                              {"loud", 4},
                              {"x-loud", 8}};
  if (const auto name = named(names, value)) {
    style.volume_db += *name;
    return true;
  }
  const auto q = quantity(value);
  if (!q || (q->unit != "dB" && q->unit != "db")) return false;
  style.volume_db += q->number;
  return true;
}

void limit_ssml_style(SpeechStyle& style) {
  constexpr double kMostSemitones = 12, kLowestRate = 0.5, kHighestRate = 2, kLoudestDb = 12;
  style.rate_ratio = std::clamp(style.rate_ratio, kLowestRate, kHighestRate);
  style.pitch_semitones = std::clamp(style.pitch_semitones, -kMostSemitones, kMostSemitones);
  style.volume_db = std::min(style.volume_db, kLoudestDb);
}

}  // namespace tts
