#include "cli/commands.h"
#include "cli/description.h"
#include "core/error.h"

namespace tts {
namespace {

// `words` begins with the command's name.
Description describe(Command run, std::vector<std::string> words) {
  words.emplace_back("--help");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  const DescriptionScope scope;
  try {
    run(static_cast<int>(argv.size()), argv.data());
  } catch (Description& description) {
    return std::move(description);
  }
  fail(ErrorCode::kInternal, words.front(), " does not say what it takes");
}

}  // namespace

std::vector<Description> describe_commands() {
  std::vector<Description> out;
  for (const auto& [name, entry] : commands()) {
    if (name[0] == '-') continue;
    Description found = describe(entry.run, {name});
    found.command = "tts " + name;
    found.summary = entry.summary;
    const std::vector<std::string> actions = found.actions;
    out.push_back(std::move(found));
    for (const auto& action : actions) out.push_back(describe(entry.run, {name, action}));
  }
  return out;
}

}  // namespace tts
