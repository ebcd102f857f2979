#include "text/normalise/scripts.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "text/symbols.h"
#include "text/unicode.h"

namespace tts {
namespace {

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

std::vector<UScriptCode> scripts_of_language(const std::string& language) {
  // espeak-ng's names for Chinese languages are not ICU's.
  const std::string family(language_family(language));
  const std::string known = family == "cmn" || family == "yue" || family == "hak" ? "zh" : family;
  UScriptCode codes[8];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count = uscript_getCode(known.c_str(), codes, 8, &status);
  if (U_FAILURE(status)) return {};
  return std::vector<UScriptCode>(codes, codes + count);
}

std::string unicode_name(char32_t c) {
  char name[128] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
  return U_SUCCESS(status) ? name : "";
}

}  // namespace

bool is_readable_script(char32_t letter, const std::string& language) {
  const UScriptCode script = script_of(letter);
  if (script == USCRIPT_LATIN || script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
    return true;
  static std::mutex mutex;
  static std::unordered_map<std::string, std::vector<UScriptCode>> known;
  const std::lock_guard<std::mutex> lock(mutex);
  auto found = known.find(language);
  if (found == known.end()) found = known.emplace(language, scripts_of_language(language)).first;
  return std::find(found->second.begin(), found->second.end(), script) != found->second.end();
}

std::string script_name(char32_t letter) {
  return uscript_getName(script_of(letter));
}

std::string letter_name(char32_t letter) {
  if (script_of(letter) != USCRIPT_GREEK) return "";
  const std::string name =
      lower_case(unicode_name(letter));  // "greek small letter alpha with tonos"
  const std::string key = "letter ";
  const size_t at = name.find(key);
  if (at == name.npos) return "";
  std::string out = name.substr(at + key.size());
  out = out.substr(0, out.find(' '));
  return out == "lamda" ? "lambda" : out == "final" ? "sigma" : out;
}

}  // namespace tts
