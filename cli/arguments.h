// Command-line flags from a table: long ones with - or _, short ones, --flag=value, "--" before
// words that begin with a dash. What is not known is an error that names the nearest flag; so is a
// second value of a flag that does not repeat.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/error.h"

namespace tts {

struct Flag {
  std::string name;   // "sample-rate"
  char letter = 0;    // 'o', or 0
  std::string value;  // "HZ"; empty: a switch
  std::string help;
  std::vector<std::string> aliases;       // names that other engines use
  bool repeats = false;                   // may be given several times
  std::vector<std::string> choices = {};  // all values, where they are few
};

// Flags that users of other engines know and that this version does not have, with the reason.
using LaterFlags = std::map<std::string, std::string>;

// Throws Error(kUsage) that names the flag and both values.
[[noreturn]] inline void fail_repeated(const std::string& name,
                                       const std::string& first,
                                       const std::string& second) {
  fail(ErrorCode::kUsage, "--", name, " is given twice: \"", first, "\" and \"", second, "\"");
}

class Arguments {
 public:
  // `command` is how messages and help call it: "tts codec encode".
  Arguments(std::string command, std::vector<Flag> flags, LaterFlags later = {});

  // argv[0] is skipped. Throws Error(kUsage).
  void parse(int argc, char** argv);

  bool has(const std::string& name) const { return values_.count(name) != 0; }
  std::string get(const std::string& name, const std::string& otherwise = "") const;
  std::vector<std::string> all(const std::string& name) const;
  const std::vector<std::string>& words() const { return words_; }
  // For commands that take none. Throws Error(kUsage).
  void no_words() const;

  // "  -o, --output FILE   help", one flag per line.
  std::string flag_help() const;
  const std::string& command() const { return command_; }

 private:
  int take_long(int argc, char** argv, int at);
  int take_short(int argc, char** argv, int at);
  const Flag& find(const std::string& name, const std::string& written) const;
  void store(const Flag& flag, const std::string& value);
  std::string value_of(int argc, char** argv, int at, const std::string& written) const;

  std::string command_;
  std::vector<Flag> flags_;
  LaterFlags later_;
  std::map<std::string, std::vector<std::string>> values_;
  std::vector<std::string> words_;
};

}  // namespace tts
