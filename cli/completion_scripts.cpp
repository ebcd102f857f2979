// Completions for bash, zsh and fish. Without a command the options are those of `tts say`.
#include <algorithm>

#include "acoustic/generator.h"
#include "cli/description.h"
#include "duration/duration_model.h"

namespace tts {
namespace {

const char kUsual[] = "tts say";

std::string joined(const std::vector<std::string>& items, const char* between) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : between) + item;
  return out;
}

// "codec encode" of "tts codec encode".
std::string words_of(const Description& command) {
  return command.command.substr(4);
}

bool is_action(const Description& command) {
  return words_of(command).find(' ') != std::string::npos;
}

std::vector<std::string> names_of(const std::vector<Description>& commands) {
  std::vector<std::string> out;
  for (const auto& command : commands) {
    if (!is_action(command)) out.push_back(words_of(command));
  }
  return out;
}

std::vector<std::string> with_actions(const std::vector<Description>& commands) {
  std::vector<std::string> out;
  for (const auto& command : commands) {
    if (!command.actions.empty()) out.push_back(words_of(command));
  }
  return out;
}

// Voices are asked for when a shell completes their names; one may be a file, too.
bool takes_voice(const Flag& flag) {
  return flag.name == "voice";
}

// Those that a voice may have.
std::vector<std::string> generators_of_voices() {
  std::vector<std::string> names = generator_types();
  for (const auto& composite : composite_generators()) names.push_back(composite.name);
  return names;
}

std::vector<std::string> choices_of(const Flag& flag) {
  if (flag.name == "generator") return generators_of_voices();
  if (flag.name == "durations") return duration_types();
  return flag.choices;
}

constexpr char kVoiceNames[] = "tts voices 2>/dev/null | cut -d\" \" -f1";

bool takes_file(const Flag& flag) {
  return flag.value == "FILE" || flag.value == "DIR" || flag.value == "VALUE" || takes_voice(flag);
}

std::vector<std::string> spellings(const Flag& flag) {
  std::vector<std::string> out = {"--" + flag.name};
  if (flag.letter != 0) out.push_back(std::string("-") + flag.letter);
  for (const auto& alias : flag.aliases) out.push_back("--" + alias);
  return out;
}

template <typename Wanted>
std::string all_spellings(const Description& command, const char* between, Wanted wanted) {
  std::vector<std::string> out;
  for (const auto& flag : command.flags) {
    if (!wanted(flag)) continue;
    const auto names = spellings(flag);
    out.insert(out.end(), names.begin(), names.end());
  }
  return joined(out, between);
}

// Between single quotes.
std::string escaped(const std::string& text, const std::string& special) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      if (special.find(c) != special.npos) out += '\\';
      out += c;
    }
  }
  return out;
}

// The words that may follow a flag.
std::string bash_words(const Description& command) {
  std::string out;
  for (const auto& flag : command.flags) {
    const std::string words =
        takes_voice(flag) ? "$(" + std::string(kVoiceNames) + ")" : joined(choices_of(flag), " ");
    if (words.empty()) continue;
    out += "        " + joined(spellings(flag), "|") + ") words=\"" + words + "\" ;;\n";
  }
  return out.empty() ? "" : "      case $prev in\n" + out + "      esac\n";
}

std::string bash_case(const Description& command) {
  std::string out = "    \"" + words_of(command) + "\")\n";
  if (!command.actions.empty()) {
    out += "      actions='" + joined(command.actions, " ") + "'\n";
  } else {
    const auto file = [](const Flag& flag) { return takes_file(flag); };
    const auto other = [](const Flag& flag) { return !flag.value.empty() && !takes_file(flag); };
    out += "      flags='" + all_spellings(command, " ", [](const Flag&) { return true; }) + "'\n";
    out += "      files='" + all_spellings(command, "|", file) + "'\n";
    out += "      values='" + all_spellings(command, "|", other) + "'\n";
    out += bash_words(command);
  }
  return out + "      ;;\n";
}

std::string zsh_values(const Flag& flag) {
  if (takes_voice(flag)) return "_tts_voices";
  if (!choices_of(flag).empty()) return "(" + joined(choices_of(flag), " ") + ")";
  return takes_file(flag) ? "_files" : "";
}

// zsh: '(-o --output)'{-o,--output}'[help]:FILE:_files'
std::string zsh_flag(const Flag& flag) {
  const auto names = spellings(flag);
  const std::string group = names.size() == 1 ? "'" + names[0] : "{" + joined(names, ",") + "}'";
  std::string out = flag.repeats ? "'*'" + group : "'(" + joined(names, " ") + ")'" + group;
  out += "[" + escaped(flag.help, "[]:\\") + "]";
  if (!flag.value.empty()) out += ":" + flag.value + ":" + zsh_values(flag);
  return out + "'";
}

std::string zsh_case(const Description& command) {
  std::string out = "    '" + words_of(command) + "')\n      _arguments -s";
  if (!command.actions.empty())
    return out + " '1:action:(" + joined(command.actions, " ") + ")'\n      ;;\n";
  for (const auto& flag : command.flags) out += " \\\n        " + zsh_flag(flag);
  return out + " \\\n        '*:: :_files'\n      ;;\n";
}

// When fish offers the options of a command.
std::string fish_condition(const Description& command, const std::string& others) {
  if (command.command == kUsual) return "not __fish_seen_subcommand_from " + others;
  std::string out;
  const std::string words = words_of(command);
  const size_t space = words.find(' ');
  out = "__fish_seen_subcommand_from " + words.substr(0, space);
  if (space != words.npos) out += "; and __fish_seen_subcommand_from " + words.substr(space + 1);
  return out;
}

std::string fish_flags(const Description& command, const std::string& condition) {
  std::string out;
  for (const auto& flag : command.flags) {
    out += "complete -c tts -n '" + condition + "'";
    if (flag.letter != 0) out += std::string(" -s ") + flag.letter;
    out += " -l " + flag.name;
    for (const auto& alias : flag.aliases) out += " -l " + alias;
    if (!flag.value.empty()) out += takes_file(flag) ? " -r -F" : " -x";
    if (takes_voice(flag)) out += std::string(" -a '(") + kVoiceNames + ")'";
    if (!choices_of(flag).empty()) out += " -a '" + joined(choices_of(flag), " ") + "'";
    out += " -d '" + escaped(flag.help, "\\") + "'\n";
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<Description>& commands) {
  std::string out =
      "# bash completion of tts, written by `tts completions bash`\n"
      "_tts() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command=say actions= flags= files= values= words=\n"
      "  local commands='" +
      joined(names_of(commands), " ") +
      "'\n"
      "  if ((COMP_CWORD > 1)) && [[ \" $commands \" == *\" ${COMP_WORDS[1]} \"* ]]; then\n"
      "    command=${COMP_WORDS[1]}\n"
      "    if ((COMP_CWORD > 2)) && [[ ' " +
      joined(with_actions(commands), " ") +
      " ' == *\" $command \"* ]]; then\n"
      "      command+=\" ${COMP_WORDS[2]}\"\n"
      "    fi\n"
      "  fi\n"
      "  case $command in\n";
  for (const auto& command : commands) out += bash_case(command);
  return out +
         "  esac\n"
         "  if [[ -n $words ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "    [[ $files && $prev =~ ^($files)$ ]] && COMPREPLY+=($(compgen -f -- \"$cur\"))\n"
         "  elif [[ -n $values && $prev =~ ^($values)$ ]]; then\n"
         "    COMPREPLY=()\n"
         "  elif [[ -n $files && $prev =~ ^($files)$ ]]; then\n"
         "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "  elif [[ -n $actions ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$actions\" -- \"$cur\"))\n"
         "  elif [[ $cur == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n"
         "  elif ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -o bashdefault -F _tts tts\n";
}

std::string zsh_completion(const std::vector<Description>& commands) {
  std::string out =
      "#compdef tts\n"
      "# zsh completion of tts, written by `tts completions zsh`\n"
      "_tts_voices() {\n"
      "  local -a names=(${(f)\"$(" +
      std::string(kVoiceNames) +
      ")\"})\n"
      "  _describe voice names\n"
      "  _files\n"
      "}\n"
      "_tts() {\n"
      "  local -a commands=(\n";
  for (const auto& command : commands) {
    if (!is_action(command))
      out += "    '" + words_of(command) + ":" + escaped(command.summary, ":") + "'\n";
  }
  out +=
      "  )\n"
      "  local command=say\n"
      "  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  if ((${commands[(I)$words[2]:*]})); then\n"
      "    command=$words[2]\n"
      "    shift words; ((CURRENT--))\n"
      "    if ((CURRENT > 2)) && [[ ' " +
      joined(with_actions(commands), " ") +
      " ' == *\" $command \"* ]]; then\n"
      "      command+=\" $words[2]\"\n"
      "      shift words; ((CURRENT--))\n"
      "    fi\n"
      "  fi\n"
      "  case $command in\n";
  for (const auto& command : commands) out += zsh_case(command);
  return out +
         "  esac\n"
         "}\n"
         "_tts \"$@\"\n";
}

std::string fish_completion(const std::vector<Description>& commands) {
  std::string out = "# fish completion of tts, written by `tts completions fish`\n";
  std::vector<std::string> others = names_of(commands);
  others.erase(std::remove(others.begin(), others.end(), "say"), others.end());
  const std::string names = joined(names_of(commands), " ");
  for (const auto& command : commands) {
    if (!is_action(command))
      out += "complete -c tts -n 'not __fish_seen_subcommand_from " + names + "' -a " +
             words_of(command) + " -d '" + escaped(command.summary, "\\") + "'\n";
    if (!command.actions.empty())
      out += "complete -c tts -f -n '__fish_seen_subcommand_from " + words_of(command) +
             "; and not __fish_seen_subcommand_from " + joined(command.actions, " ") + "' -a '" +
             joined(command.actions, " ") + "'\n";
    out += fish_flags(command, fish_condition(command, joined(others, " ")));
  }
  return out;
}

}  // namespace tts
