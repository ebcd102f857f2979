// Cross-origin requests (CORS, https://fetch.spec.whatwg.org): pages of other sites may ask only
// where the server's owner named them.
#pragma once
#include <string>
#include <vector>

#include "server/httplib.h"

namespace tts {

// "https://chat.example:3000", or "*".
bool is_origin(const std::string& text);

// Sets the headers for a page of one of `origins` ("*": all). Whether that was all: the question
// beforehand by OPTIONS, which needs no key and is not for the endpoint.
bool answer_origin(const httplib::Request& request,
                   httplib::Response& response,
                   const std::vector<std::string>& origins);

}  // namespace tts
