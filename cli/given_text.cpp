#include "cli/given_text.h"

#include <filesystem>

#include "cli/console.h"
#include "core/error.h"

namespace tts {
namespace {

// `tts book.txt` reads two words aloud, which nobody wants who has such a file.
void look_for_file(const std::string& word, bool refuse) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(word, ignored)) return;
  if (refuse)
    fail(ErrorCode::kUsage, "\"", word, "\" is a file: give it with -i, or its name is the text");
  note("tts: warning: \"" + word + "\" is a file; its name is the text, -i would read it");
}

}  // namespace

std::optional<std::string> given_file(const Arguments& arguments) {
  const int given = arguments.has("text") + arguments.has("input") + !arguments.words().empty();
  if (given > 1) fail(ErrorCode::kUsage, "give the text once: as words, with -t or with -i");
  if (arguments.has("text") || !arguments.words().empty()) return std::nullopt;
  return arguments.get("input", "-");
}

std::string given_text(const Arguments& arguments, bool refuse_file) {
  if (const auto file = given_file(arguments)) return read_text(*file);
  if (arguments.has("text")) return arguments.get("text");
  if (arguments.words().size() == 1) look_for_file(arguments.words().front(), refuse_file);
  std::string text;
  for (const auto& word : arguments.words()) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace tts
