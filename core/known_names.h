// What to say of a name that nobody knows.
#pragma once
#include <string>
#include <vector>

namespace tts {

// Throws Error(kUsage) that names the nearest of the known names and all of them.
[[noreturn]] void fail_unknown(const char* what,
                               const std::string& name,
                               const std::vector<std::string>& known);

// The known name with the fewest edits from `name`, else one that begins with it, else "".
std::string nearest_name(const std::string& name, const std::vector<std::string>& known);

}  // namespace tts
