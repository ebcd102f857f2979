#include "cli/option_flags.h"

namespace tts {

std::string help_of(const OptionInfo& option) {
  const std::string range = range_of(option);
  return option.help + (range.empty() ? "" : ", " + range) + " (" + option.standard + ")";
}

Flag threads_flag() {
  return {"threads", 0, "N", help_of(threads_option()), {}};
}

int threads_of(const Arguments& arguments) {
  const OptionInfo& option = threads_option();
  return static_cast<int>(parse_flag(
      [&] { return parse_integer(option, arguments.get(option.name, option.standard)); }));
}

}  // namespace tts
