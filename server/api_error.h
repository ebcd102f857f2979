// Errors in the shape of OpenAI's API.
#pragma once
#include <exception>
#include <stdexcept>
#include <string>

namespace tts {

class ApiError : public std::runtime_error {
 public:
  // `param` is the key of the request that is wrong, `code` a word for programs; either may be "".
  ApiError(int status, const std::string& message, std::string param = "", std::string code = "")
      : std::runtime_error(message),
        status_(status),
        param_(std::move(param)),
        code_(std::move(code)) {}
  int status() const { return status_; }
  const std::string& code() const { return code_; }

  // {"error": {"message", "type", "param", "code"}}
  std::string json() const;

 private:
  int status_;
  std::string param_, code_;
};

// What an exception of the engine is to a client: a request that cannot be fulfilled is 400, a
// voice or program that is broken 500.
ApiError api_error_of(const std::exception_ptr& error);

}  // namespace tts
