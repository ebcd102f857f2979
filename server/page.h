// The page at /, one HTML file without outside assets: server/page.html, embedded by the build.
#pragma once
#include <string_view>

namespace tts {

std::string_view page();

}  // namespace tts
