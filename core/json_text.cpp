#include "core/json_text.h"

#include <string>

namespace tts {

template <typename Json>
Json parse_json(std::string_view text, const typename Json::parser_callback_t& on_event) {
  using Event = typename Json::parse_event_t;
  const auto watch = [&](int depth, Event event, Json& value) {
    const bool opens = event == Event::object_start || event == Event::array_start;
    if (opens && depth >= kMaxJsonDepth)
      throw JsonError("nested deeper than " + std::to_string(kMaxJsonDepth));
    return on_event == nullptr || on_event(depth, event, value);
  };
  try {
    return Json::parse(text.begin(), text.end(), watch);
  } catch (const nlohmann::json::exception& e) {
    throw JsonError(e.what());
  }
}

template nlohmann::json parse_json(std::string_view, const nlohmann::json::parser_callback_t&);
template nlohmann::ordered_json parse_json(std::string_view,
                                           const nlohmann::ordered_json::parser_callback_t&);

}  // namespace tts
