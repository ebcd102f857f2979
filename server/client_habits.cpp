#include "server/client_habits.h"

#include <algorithm>
#include <optional>

#include "core/join.h"
#include "core/number_text.h"
#include "engine/options.h"
#include "server/api_error.h"

namespace tts {
namespace {

using nlohmann::json;

constexpr double kSlowest = 0.25, kFastest = 4;  // of OpenAI's API

// The number of "\uD83D" at `at`.
std::optional<unsigned> escaped_unit(const std::string& text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const size_t digit = std::string("0123456789abcdefABCDEF").find(text[i]);
    if (digit == std::string::npos) return std::nullopt;
    unit = 16 * unit + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
  }
  return unit;
}

bool is_high(std::optional<unsigned> unit) {
  return unit && *unit >= 0xD800 && *unit < 0xDC00;
}

bool is_low(std::optional<unsigned> unit) {
  return unit && *unit >= 0xDC00 && *unit < 0xE000;
}

bool is_surrogate_in_utf8(const std::string& text, size_t at) {
  return at + 3 <= text.size() && text[at] == '\xED' && (text[at + 1] & 0xE0) == 0xA0 &&
         (text[at + 2] & 0xC0) == 0x80;
}

bool is_known_model(const std::string& name) {
  return contains(model_names(), name);
}

// Whether the client asked for something by it: not by "", false, or what is so anyway.
bool asks(const std::string& key, const json& value) {
  if (key == "model") return !is_known_model(value.get<std::string>());
  return value != json("") && value != json(false);
}

void check_type(const std::string& key, const json& value) {
  const bool right = key == "stream" ? value.is_boolean() : value.is_string();
  if (right) return;
  throw ApiError(400,
                 "\"" + key + "\" is of type " + value.type_name() + "; it must be " +
                     (key == "stream" ? "true or false" : "a string"),
                 key,
                 "invalid_value");
}

[[noreturn]] void refuse_habit(const std::string& key, const json& value) {
  const std::string what =
      key == "model"
          ? "\"model\" is \"" + value.get<std::string>() + "\"; known: " + join(model_names())
          : "\"" + key + "\" has no effect here; leave it out, or leave \"strict\" out";
  throw ApiError(400, what, key, "invalid_value");
}

}  // namespace

std::string without_lone_surrogates(std::string body) {
  for (size_t at = 0; at < body.size();) {
    if (is_surrogate_in_utf8(body, at)) {
      body.replace(at, 3, "\xEF\xBF\xBD");
      at += 3;
    } else if (body[at] != '\\') {
      ++at;
    } else if (is_high(escaped_unit(body, at)) && is_low(escaped_unit(body, at + 6))) {
      at += 12;
    } else {
      const auto unit = escaped_unit(body, at);
      if (is_high(unit) || is_low(unit)) body.replace(at, 6, "\\uFFFD");
      at += unit ? 6 : 2;
    }
  }
  return body;
}

bool take_habit(SpeechRequest& request, const std::string& key, const json& value) {
  const bool no_language = key == "language" && value == json("auto");
  if (!no_language && !contains({"model", "user", "stream", "instructions"}, key)) return false;
  check_type(key, value);
  if (!asks(key, value)) return true;
  if (request.strict) refuse_habit(key, value);
  request.without_effect.push_back(key);
  return true;
}

json speed_within(SpeechRequest& request, const json& value) {
  const auto speed = value.is_string()   ? number_from_text(value.get<std::string>())
                     : value.is_number() ? std::optional<double>(value.get<double>())
                                         : std::nullopt;
  if (request.strict || !speed || *speed < kSlowest || *speed > kFastest) return value;
  for (const OptionInfo& option : option_table()) {
    if (std::string(option.name) != "speed") continue;
    const double nearest = std::clamp(*speed, option.lowest, option.highest);
    if (nearest == *speed) return value;
    request.warnings.push_back("speed is " + short_text(*speed) + "; spoken at " +
                               short_text(nearest) + ", the nearest that there is");
    return nearest;
  }
  return value;
}

}  // namespace tts
