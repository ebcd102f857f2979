#include "server/access.h"

#include <strings.h>

#include <algorithm>
#include <cstdlib>

#include "core/ascii.h"
#include "core/join.h"

namespace tts {
namespace {

// In a time that does not tell how much of the key is right.
bool is_key(const std::string& given, const std::string& key) {
  unsigned different = given.size() == key.size() ? 0 : 1;
  for (size_t i = 0; i < given.size(); ++i)
    different |= static_cast<unsigned char>(given[i] ^ key[i % key.size()]);
  return different == 0;
}

std::optional<ApiError> check_key(const httplib::Request& request, const std::string& key) {
  const std::string given = request.get_header_value("Authorization");
  const std::string scheme = "Bearer ";  // in any case: RFC 9110
  if (strncasecmp(given.c_str(), scheme.c_str(), scheme.size()) == 0 &&
      is_key(given.substr(scheme.size()), key))
    return std::nullopt;
  return ApiError(401,
                  given.empty() ? "this server wants a key: send \"Authorization: Bearer KEY\""
                                : "the key in \"Authorization\" is not this server's",
                  "",
                  "invalid_api_key");
}

bool is_json(const httplib::Request& request) {
  std::string type = request.get_header_value("Content-Type");
  type = type.substr(0, type.find(';'));
  type.erase(std::remove(type.begin(), type.end(), ' '), type.end());
  return ascii_lower(type) == "application/json";
}

std::optional<ApiError> check_body(const httplib::Request& request, size_t max_body) {
  if (!is_json(request))
    return ApiError(415,
                    "Content-Type is \"" + request.get_header_value("Content-Type") +
                        "\"; it must be application/json",
                    "",
                    "unsupported_content_type");
  if (!has_body(request))
    return ApiError(411, "the request has no body; send JSON with Content-Length", "", "no_body");
  const std::string length = request.get_header_value("Content-Length");
  if (!length.empty() && std::strtoull(length.c_str(), nullptr, 10) > max_body)
    return too_large(max_body);
  return std::nullopt;
}

}  // namespace

bool Endpoint::has(const std::string& requested) const {
  const std::string whole = path, model = kModelPath;
  if (whole == requested) return true;
  return whole == model + "{id}" && requested.size() > model.size() &&
         requested.compare(0, model.size(), model) == 0;
}

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> table = {{"GET", "/", true},
                                              {"GET", "/health", true},
                                              {"GET", "/metrics", false},
                                              {"POST", "/v1/audio/speech", false},
                                              {"GET", "/v1/audio/voices", false},
                                              {"GET", "/v1/voices", false},
                                              {"GET", "/v1/models", false},
                                              {"GET", "/v1/models/{id}", false}};
  return table;
}

std::string counted_path(const std::string& path) {
  for (const Endpoint& endpoint : endpoints()) {
    if (endpoint.has(path)) return endpoint.path;
  }
  return "other";
}

std::string allowed_methods(const std::string& path) {
  std::string out;
  for (const Endpoint& endpoint : endpoints()) {
    if (!endpoint.has(path)) continue;
    out += (out.empty() ? "" : ", ") + std::string(endpoint.method);
    if (endpoint.method == std::string("GET")) out += ", HEAD";
  }
  return out;
}

bool has_body(const httplib::Request& request) {
  return request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
}

ApiError too_large(size_t max_body) {
  return {413,
          "the body is larger than " + std::to_string(max_body) +
              " bytes, the limit of this server (--max-body)",
          "",
          "body_too_large"};
}

std::optional<ApiError> refusal_of(const httplib::Request& request,
                                   const std::string& api_key,
                                   size_t max_body) {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::vector<std::string> known;
  for (const Endpoint& endpoint : endpoints()) {
    known.push_back(endpoint.path);
    if (!endpoint.has(request.path) || method != endpoint.method) continue;
    if (!api_key.empty() && !endpoint.open) {
      if (auto wrong = check_key(request, api_key)) return wrong;
    }
    return method == "POST" ? check_body(request, max_body) : std::nullopt;
  }
  const std::string allowed = allowed_methods(request.path);
  if (!allowed.empty())
    return ApiError(
        405, request.path + " takes " + allowed + ", not " + request.method, "", "bad_method");
  return ApiError(
      404, "there is no " + request.path + " here; known: " + join(known), "", "unknown_path");
}

}  // namespace tts
