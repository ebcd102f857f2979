// The manual page and the completions know every option of every command.
#include <regex>
#include <set>

#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

// "--output", "--threads", …: as --help of a command lists them.
std::set<std::string> flags_in_help(const std::string& command) {
  const Outcome help = run_tts(command + " --help");
  REQUIRE_MESSAGE(help.code == 0, help.err);
  std::set<std::string> out;
  const std::regex line("(?:^|\n) *(?:-[a-zA-Z], )?(--[a-z0-9-]+)");
  for (std::sregex_iterator at(help.out.begin(), help.out.end(), line), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

// All but `tts help`, whose --help is that of `tts say`.
const char* const kCommands[] = {"say",
                                 "batch",
                                 "voices",
                                 "voice make",
                                 "voice random",
                                 "voice blend",
                                 "voice show",
                                 "voice check",
                                 "phonemize",
                                 "codec encode",
                                 "codec decode",
                                 "listen",
                                 "edit",
                                 "serve",
                                 "version",
                                 "completions",
                                 "manual",
                                 "train prepare",
                                 "train codec",
                                 "train aligner",
                                 "train duration",
                                 "train acoustic",
                                 "train speaker",
                                 "train recogniser",
                                 "train semantic",
                                 "train quantiser",
                                 "train latents",
                                 "train pack",
                                 "train package",
                                 "train voice"};

// What is said of a command: from its heading to the next one.
std::string part_of(const std::string& text, const std::string& begin, const std::string& end) {
  const size_t at = text.find(begin);
  REQUIRE_MESSAGE(at != std::string::npos, begin);
  const size_t behind = text.find(end, at + begin.size());
  return text.substr(at, behind == std::string::npos ? behind : behind - at);
}

std::string with_escaped_dashes(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '-' ? "\\-" : std::string(1, c);
  return out;
}

// What bash offers behind these words, the last of which is being written.
std::string offered(const std::string& script, const std::string& words) {
  const TemporaryFolder scratch;
  write_file(scratch / "words.sh",
             "source " + quoted(script) + "\nCOMP_WORDS=(tts " + words +
                 ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_tts\necho \"${COMPREPLY[*]}\" > " +
                 quoted(scratch / "out"));
  REQUIRE(std::system(("cd " + scratch.path + " && bash words.sh").c_str()) == 0);
  return read_file(scratch / "out");
}

}  // namespace

TEST_CASE("manual and completions: every option of every command") {
  const std::string page = run_tts("manual").out, bash = run_tts("completions bash").out,
                    zsh = run_tts("completions zsh").out, fish = run_tts("completions fish").out;
  size_t checked = 0;
  for (const std::string command : kCommands) {
    CAPTURE(command);
    const std::string in_page = part_of(page, ".SS tts " + command + "\n", ".S"),
                      in_bash = part_of(bash, "\"" + command + "\")", ";;"),
                      in_zsh = part_of(zsh, "'" + command + "')", ";;");
    const size_t space = command.find(' ');
    const std::string seen = "__fish_seen_subcommand_from " + command.substr(0, space) +
                             (space == std::string::npos ? ""
                                                         : "; and __fish_seen_subcommand_from " +
                                                               command.substr(space + 1));
    for (const std::string& flag : flags_in_help(command)) {
      CAPTURE(flag);
      CHECK(has(in_page, "\\fB" + with_escaped_dashes(flag) + "\\fR"));
      CHECK((has(in_bash, flag + " ") || has(in_bash, flag + "'")));
      CHECK(std::regex_search(in_zsh, std::regex("[ '{(,]" + flag + "[\\[,})' ]")));
      const std::string condition =
          command == "say" ? "-n 'not __fish_seen_subcommand_from batch " : "-n '" + seen + "'";
      const std::regex line(" -l " + flag.substr(2) + "[ \n]");
      bool found = false;
      for (size_t at = 0; !found && (at = fish.find(condition, at)) != std::string::npos; ++at)
        found = std::regex_search(fish.substr(at, fish.find('\n', at) - at), line);
      CHECK(found);
      ++checked;
    }
  }
  CHECK(checked > 200);
}

TEST_CASE("manual: a page without faults") {
  const TemporaryFolder scratch;
  write_file(scratch / "tts.1", run_tts("manual").out);
  CHECK(has(read_file(scratch / "tts.1"), ".SH EXIT STATUS"));
  if (std::system("command -v groff > /dev/null 2>&1") != 0) return;
  const std::string command =
      "groff -man -ww -Tutf8 " + (scratch / "tts.1") + " > /dev/null 2> " + (scratch / "faults");
  CHECK(std::system(command.c_str()) == 0);
  CHECK(read_file(scratch / "faults").empty());
}

TEST_CASE("completions: bash offers what fits") {
  const TemporaryFolder scratch;
  const std::string script = scratch / "tts.bash";
  write_file(script, run_tts("completions bash").out);
  CHECK(offered(script, "ph") == "phonemize\n");
  CHECK(offered(script, "--pitc") == "--pitch\n");
  CHECK(offered(script, "serve --po") == "--port\n");
  CHECK(offered(script, "serve --pitc") == "\n");
  CHECK(offered(script, "voice ran") == "random\n");
  CHECK(offered(script, "codec encode --codeb") == "--codebooks\n");
  CHECK(offered(script, "-i wor") == "words.sh\n");
  CHECK(offered(script, "--pitch wor") == "\n");
  CHECK(offered(script, "--check re") == "report retry\n");
  CHECK(offered(script, "batch --check o") == "off\n");
  CHECK(offered(script, "serve --device c") == "cpu cuda\n");
  CHECK(offered(script, "edit --generator fl") == "flow\n");
}

TEST_CASE("completions: scripts that their shells can read, and others are refused") {
  const TemporaryFolder scratch;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const std::string script = scratch / shell;
    write_file(script, run_tts("completions " + shell).out);
    if (std::system(("command -v " + shell + " > /dev/null 2>&1").c_str()) != 0) continue;
    CHECK_MESSAGE(std::system((shell + " -n " + script).c_str()) == 0, shell);
  }
  check_fails("completions", 2, "bash, fish or zsh");
  check_fails("completions csh", 2, "bash, fish or zsh");
  check_fails("manual me", 2, "unexpected \"me\"");
}
