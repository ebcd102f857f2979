#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "engine/version.h"
#include "nn/runtime.h"

namespace tts {

int version_command(int argc, char** argv) {
  Arguments arguments("tts version", {});
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print("Prints the versions of tts and LibTorch, and what they run on.\n\n" +
          arguments.flag_help());
    return 0;
  }
  arguments.no_words();
  configure_runtime(0);
  print(std::string("tts ") + kVersion + "\n" + runtime_report().text() + "\n");
  return 0;
}

}  // namespace tts
