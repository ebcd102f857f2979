#include "server/cross_origin.h"

#include "core/join.h"
#include "server/access.h"

namespace tts {
namespace {

constexpr char kShown[] =
    "X-TTS-Seed, X-TTS-Sample-Rate, X-TTS-No-Effect, X-TTS-Warning, Retry-After";

}  // namespace

bool is_origin(const std::string& text) {
  if (text == "*") return true;
  const size_t host = text.find("://");
  return host != text.npos && host > 0 && host + 3 < text.size() &&
         text.find_first_of("/ \t,?#", host + 3) == text.npos;
}

bool answer_origin(const httplib::Request& request,
                   httplib::Response& response,
                   const std::vector<std::string>& origins) {
  const std::string origin = request.get_header_value("Origin");
  if (origin.empty() || origins.empty()) return false;
  const bool all = contains(origins, "*");
  if (!all) response.set_header("Vary", "Origin");
  if (!all && !contains(origins, origin)) return false;
  response.set_header("Access-Control-Allow-Origin", all ? "*" : origin);
  response.set_header("Access-Control-Expose-Headers", kShown);
  const std::string methods = allowed_methods(request.path);
  if (request.method != "OPTIONS" || methods.empty()) return false;
  response.status = 204;
  response.set_header("Access-Control-Allow-Methods", methods);
  // OpenAI's client sends a dozen of its own.
  const std::string headers = request.get_header_value("Access-Control-Request-Headers");
  response.set_header("Access-Control-Allow-Headers",
                      headers.empty() ? "Authorization, Content-Type" : headers);
  response.set_header("Access-Control-Max-Age", "86400");
  return true;
}

}  // namespace tts
