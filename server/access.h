// What a request is refused for before its body is read.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/api_error.h"
#include "server/httplib.h"

namespace tts {

struct Endpoint {
  const char* method;
  const char* path;  // one that ends with "{id}" has any name there
  bool open;         // needs no key
  bool has(const std::string& requested) const;
};

inline constexpr char kModelPath[] = "/v1/models/";

const std::vector<Endpoint>& endpoints();

// The endpoint's path, or "other": what metrics count under.
std::string counted_path(const std::string& path);

// 404, 405, 401, 415, 411 or 413; nothing when the request is welcome. api_key: "" asks for none.
std::optional<ApiError> refusal_of(const httplib::Request& request,
                                   const std::string& api_key,
                                   size_t max_body);

// Methods of a path, for the header Allow.
std::string allowed_methods(const std::string& path);

bool has_body(const httplib::Request& request);

ApiError too_large(size_t max_body);

}  // namespace tts
