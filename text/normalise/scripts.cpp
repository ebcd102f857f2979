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

enum class Reading { kAny, kLatin, kOwn, kForeign };

Reading reading_of(char32_t letter, const std::string& language) {
  const UScriptCode script = script_of(letter);
  if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED) return Reading::kAny;
  if (script == USCRIPT_LATIN) return Reading::kLatin;
  static std::mutex mutex;
  static std::unordered_map<std::string, std::vector<UScriptCode>> known;
  const std::lock_guard<std::mutex> lock(mutex);
  auto found = known.find(language);
  if (found == known.end()) found = known.emplace(language, scripts_of_language(language)).first;
  const auto& own = found->second;
  return std::find(own.begin(), own.end(), script) == own.end() ? Reading::kForeign : Reading::kOwn;
}

}  // namespace

bool is_readable_script(char32_t letter, const std::string& language) {
  return reading_of(letter, language) != Reading::kForeign;
}

int32_t end_of_script(const icu::UnicodeString& text,
                      int32_t begin,
                      int32_t end,
                      const std::string& language) {
  Reading first = Reading::kAny;
  int32_t run_end = begin;
  for (int32_t i = begin; i < end; i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const Reading reading = reading_of(static_cast<char32_t>(c), language);
    // Marks of no script go with what can be read, not with what is skipped.
    if (first == Reading::kAny && reading == Reading::kForeign && i > begin)
      return std::max(run_end, text.moveIndex32(begin, 1));
    if (first == Reading::kAny) first = reading;
    if (reading != Reading::kAny && reading != first) return run_end;
    if (c != '\'' && c != '-') run_end = text.moveIndex32(i, 1);
  }
  return end;
}

std::string readable_part(const std::string& text, const std::string& language) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return text;
  const icu::UnicodeString all = from_utf8(text);
  icu::UnicodeString out;
  for (int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 c = all.char32At(i);
    if (is_readable_script(static_cast<char32_t>(c), language)) out.append(c);
  }
  return to_utf8(out);
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
