// JSON from outside. nlohmann::json reads any depth but copies and writes recursively, so that a
// few hundred kilobytes of brackets would overflow the stack: here they are an error.
#pragma once
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace tts {

inline constexpr int kMaxJsonDepth = 64;

// what() says why and where, as nlohmann::json does: "… parse error at line 1, column 2: …".
class JsonError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws JsonError for what is not JSON or nested deeper than kMaxJsonDepth. `on_event` sees what
// nlohmann's callback sees.
template <typename Json = nlohmann::json>  // or nlohmann::ordered_json
Json parse_json(std::string_view text, const typename Json::parser_callback_t& on_event = nullptr);

}  // namespace tts
