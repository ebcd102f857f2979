#include "server/api_error.h"

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

nlohmann::json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}

}  // namespace

std::string ApiError::json() const {
  const char* type = status_ >= 500 ? "server_error" : "invalid_request_error";
  const nlohmann::json out = {{"error",
                               {{"message", what()},
                                {"type", type},
                                {"param", text_or_null(param_)},
                                {"code", text_or_null(code_)}}}};
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ApiError api_error_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const ApiError& e) {
    return e;
  } catch (const EmptyText& e) {
    return {400, e.what(), "input", "empty_text"};
  } catch (const Error& e) {
    const bool of_request = e.code() == ErrorCode::kUsage || e.code() == ErrorCode::kInput;
    return {of_request ? 400 : 500, e.what(), "", of_request ? "invalid_value" : "engine_error"};
  } catch (const std::exception& e) {
    const std::string all = e.what();  // LibTorch adds a stack
    return {500, "internal error: " + all.substr(0, all.find('\n')), "", "internal_error"};
  }
}

}  // namespace tts
