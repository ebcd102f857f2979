// tts: one program, a subcommand per file. Without one it says its arguments.
#include <cstdio>
#include <cstring>
#include <new>
#include <string>

#include "cli/commands.h"
#include "core/error.h"

namespace tts {
namespace {

int run(int argc, char** argv) {
  const auto found = argc > 1 ? commands().find(argv[1]) : commands().end();
  if (found != commands().end()) return found->second.run(argc - 1, argv + 1);
#ifdef TTS_TRAIN_ONLY
  fail(ErrorCode::kUsage, "this build only trains; see `tts train --help`");
#else
  return say_command(argc, argv);
#endif
}

int complain(const char* what, int code) {
  std::fprintf(stderr, "tts: %s\n", what);
  return code;
}

}  // namespace
}  // namespace tts

int main(int argc, char** argv) {
  try {
    return tts::run(argc, argv);
  } catch (const tts::Error& e) {
    return tts::complain(e.what(), tts::exit_code(e.code()));
  } catch (const std::bad_alloc&) {
    return tts::complain("out of memory", 1);
  } catch (const std::exception& e) {
    const std::string first_line(e.what(), std::strcspn(e.what(), "\n"));
    return tts::complain(("internal error: " + first_line).c_str(), 1);
  }
}
