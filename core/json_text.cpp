#include "core/json_text.h"

#include <string>

namespace tts {

nlohmann::json parse_json(std::string_view text,
                          const nlohmann::json::parser_callback_t& on_event) {
  using nlohmann::json;
  const auto watch = [&](int depth, json::parse_event_t event, json& value) {
    const bool opens =
        event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    if (opens && depth >= kMaxJsonDepth)
      throw JsonError("nested deeper than " + std::to_string(kMaxJsonDepth));
    return on_event == nullptr || on_event(depth, event, value);
  };
  try {
    return json::parse(text.begin(), text.end(), watch);
  } catch (const json::exception& e) {
    throw JsonError(e.what());
  }
}

}  // namespace tts
