#include <map>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/description.h"
#include "core/error.h"

namespace tts {
namespace {

using Writer = std::string (*)(const std::vector<Description>&);

const std::map<std::string, Writer>& shells() {
  static const std::map<std::string, Writer> table = {
      {"bash", bash_completion}, {"fish", fish_completion}, {"zsh", zsh_completion}};
  return table;
}

}  // namespace

int completions_command(int argc, char** argv) {
  Arguments arguments("tts completions", {});
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print(
        "Prints a script that lets a shell complete commands and options. `cmake --install` puts "
        "all three where they are found.\n\n"
        "  eval \"$(tts completions bash)\"                          in ~/.bashrc\n"
        "  tts completions zsh > ~/.zfunc/_tts                     a folder of $fpath\n"
        "  tts completions fish > ~/.config/fish/completions/tts.fish\n\n" +
        arguments.flag_help());
    return 0;
  }
  const auto& words = arguments.words();
  const auto shell = words.size() == 1 ? shells().find(words[0]) : shells().end();
  if (shell == shells().end())
    fail(ErrorCode::kUsage, "tts completions: name one shell: bash, fish or zsh");
  print(shell->second(describe_commands()));
  return 0;
}

int manual_command(int argc, char** argv) {
  Arguments arguments("tts manual", {});
  arguments.parse(argc, argv);
  if (arguments.has("help")) {
    print("Prints the manual page:  tts manual | man -l -\n\n" + arguments.flag_help());
    return 0;
  }
  arguments.no_words();
  print(manual(describe_commands()));
  return 0;
}

}  // namespace tts
