// The table of the languages that have rules of their own.
#include "text/normalise/language.h"
#include "text/symbols.h"

namespace tts {
namespace {

struct Row {
  const char* code;
  const char* folder;  // of text/normalise
  const Language& (*language)();
};

constexpr Row kLanguages[] = {
    {"de", "german", german}, {"en", "english", english}, {"nl", "dutch", dutch}};

}  // namespace

const Language& language_for(std::string_view code) {
  static const Language other;
  for (const Row& row : kLanguages) {
    if (language_family(code) == row.code) return row.language();
  }
  return other;
}

std::string_view folder_of_language(std::string_view code) {
  for (const Row& row : kLanguages) {
    if (language_family(code) == row.code) return row.folder;
  }
  return "";
}

std::string languages_with_tables() {
  std::string out;
  for (const Row& row : kLanguages) out += (out.empty() ? "" : ", ") + std::string(row.code);
  return out;
}

}  // namespace tts
