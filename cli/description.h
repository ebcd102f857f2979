// What every command takes, asked of the commands themselves: completions and the manual are made
// of it and cannot know another program.
#pragma once
#include <string>
#include <vector>

#include "cli/arguments.h"

namespace tts {

struct Description {
  std::string command;  // "tts codec encode"
  std::vector<Flag> flags;
  std::vector<std::string> actions;  // of a command that has some instead
  std::string summary;               // one line
};

// True while a command is asked: it throws its Description where it would else read its arguments.
bool is_described();
struct DescriptionScope {
  DescriptionScope();
  ~DescriptionScope();
};

// All commands in the order of their names, the actions behind theirs.
std::vector<Description> describe_commands();

// Texts of `tts completions` and `tts manual`.
std::string bash_completion(const std::vector<Description>& commands);
std::string zsh_completion(const std::vector<Description>& commands);
std::string fish_completion(const std::vector<Description>& commands);
std::string manual(const std::vector<Description>& commands);

}  // namespace tts
