// tts: one program, a subcommand per file. Without one it says its arguments.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "core/error.h"
#include "core/heartbeat.h"
#include "core/number_text.h"
#ifndef TTS_TRAIN_ONLY
#include "cli/console.h"
#endif

namespace tts {
namespace {

// Without a terminal, of a command that takes long.
constexpr std::chrono::seconds kSignOfLife(30);

void say_that_work_goes_on(const std::string& command, double elapsed_s) {
#ifdef TTS_TRAIN_ONLY
  if (isatty(STDERR_FILENO) != 0) return;
  const std::string minutes = fixed_text(elapsed_s / 60, 1);
  std::fprintf(stderr, "%s: at work for %s min\n", command.c_str(), minutes.c_str());
#else
  work_goes_on(command, elapsed_s);
#endif
}

int run(int argc, char** argv) {
  const auto found = argc > 1 ? commands().find(argv[1]) : commands().end();
  const bool named = found != commands().end();
  std::string name = named ? "tts " + found->first : "tts";
  if (named && argc > 2 && found->first == "train") name += std::string(" ") + argv[2];
  std::optional<Heartbeat> signs;
  if (!named || found->second.takes_long)
    signs.emplace(kSignOfLife,
                  [name](auto elapsed) { say_that_work_goes_on(name, elapsed.count()); });
  if (named) return found->second.run(argc - 1, argv + 1);
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
