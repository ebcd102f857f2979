#include "cli/arguments.h"

#include <algorithm>

#include "cli/description.h"
#include "core/known_names.h"
#include "engine/options.h"

namespace tts {

Arguments::Arguments(std::string command, std::vector<Flag> flags, LaterFlags later)
    : command_(std::move(command)), flags_(std::move(flags)), later_(std::move(later)) {
  flags_.push_back({"help", 'h', "", "show this help", {}});
}

void Arguments::parse(int argc, char** argv) {
  if (is_described()) throw Description{command_, flags_, {}, ""};
  for (int at = 1; at < argc; ++at) {
    const std::string word = argv[at];
    if (word == "--") {
      words_.insert(words_.end(), argv + at + 1, argv + argc);
      return;
    }
    if (word.size() > 2 && word.compare(0, 2, "--") == 0) {
      at = take_long(argc, argv, at);
    } else if (word.size() > 1 && word[0] == '-') {
      at = take_short(argc, argv, at);
    } else {
      words_.push_back(word);
    }
  }
}

int Arguments::take_long(int argc, char** argv, int at) {
  const std::string word = argv[at];
  const size_t equals = word.find('=');
  const std::string written = word.substr(0, equals);
  std::string name = written.substr(2);
  std::replace(name.begin(), name.end(), '_', '-');
  const Flag& flag = find(name, written);
  if (flag.value.empty()) {
    if (equals != std::string::npos) fail(ErrorCode::kUsage, written, " takes no value");
    values_[flag.name].emplace_back();
    return at;
  }
  const bool inside = equals != std::string::npos;
  store(flag, inside ? word.substr(equals + 1) : value_of(argc, argv, at + 1, written));
  return inside ? at : at + 1;
}

int Arguments::take_short(int argc, char** argv, int at) {
  const std::string word = argv[at];
  const auto flag = std::find_if(flags_.begin(), flags_.end(), [&](const Flag& f) {
    return f.letter != 0 && f.letter == word[1];
  });
  if (flag == flags_.end()) {
    fail(ErrorCode::kUsage,
         "unknown flag ",
         word,
         "; see `",
         command_,
         " --help`; to speak text that begins with",
         " a dash, put -- before it");
  }
  if (flag->value.empty()) {
    if (word.size() > 2) fail(ErrorCode::kUsage, "-", word[1], " takes no value; found ", word);
    values_[flag->name].emplace_back();
    return at;
  }
  const bool inside = word.size() > 2;
  store(*flag, inside ? word.substr(2) : value_of(argc, argv, at + 1, word));
  return inside ? at : at + 1;
}

const Flag& Arguments::find(const std::string& name, const std::string& written) const {
  std::vector<std::string> known;
  for (const Flag& flag : flags_) {
    const auto& aliases = flag.aliases;
    if (flag.name == name || std::find(aliases.begin(), aliases.end(), name) != aliases.end())
      return flag;
    known.push_back(flag.name);
    known.insert(known.end(), aliases.begin(), aliases.end());
  }
  const auto later = later_.find(name);
  if (later != later_.end())
    fail(ErrorCode::kUsage, written, ": ", later->second, " does not exist in this version");
  const std::string near = nearest_name(name, known);
  fail(ErrorCode::kUsage,
       "unknown flag ",
       written,
       near.empty() ? "" : "; did you mean --" + near + "?",
       near.empty() ? "; see `" : " See `",
       command_,
       " --help`");
}

void Arguments::store(const Flag& flag, const std::string& value) {
  auto& values = values_[flag.name];
  if (!values.empty() && !flag.repeats) fail_repeated(flag.name, values.front(), value);
  values.push_back(value);
}

std::string Arguments::value_of(int argc, char** argv, int at, const std::string& written) const {
  if (at >= argc) fail(ErrorCode::kUsage, written, " needs a value; see `", command_, " --help`");
  return argv[at];
}

std::string Arguments::get(const std::string& name, const std::string& otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? otherwise : found->second.front();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

void Arguments::no_words() const {
  if (words_.empty()) return;
  fail(ErrorCode::kUsage,
       command_,
       ": unexpected \"",
       words_[0],
       "\"; to speak words that are a command, use: tts say ",
       command_.substr(command_.find(' ') + 1),
       " …");
}

std::string Arguments::flag_help() const {
  constexpr size_t kColumn = 26;
  std::string out;
  for (const Flag& flag : flags_) {
    std::string line = flag.letter != 0 ? std::string("  -") + flag.letter + ", --" : "      --";
    line += flag.name + (flag.value.empty() ? "" : " " + flag.value);
    line.resize(std::max(line.size() + 2, kColumn), ' ');
    out += line + flag.help + "\n";
  }
  return out;
}

}  // namespace tts
