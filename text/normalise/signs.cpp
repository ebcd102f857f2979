#include "text/normalise/signs.h"

#include <unicode/uchar.h>

#include "text/unicode.h"

namespace tts {
namespace {

Sign spoken(const std::string& words) {
  return words.empty() ? Sign{SignRole::kSilent, ""} : Sign{SignRole::kSpoken, words};
}

std::string words_for(char32_t c, const Language& language) {
  const Vocabulary& words = language.words;
  switch (c) {
    case U'&':
      return words.and_;
    case U'%':
      return words.percent;
    case U'‰':
      return words.per_mille;
    case U'+':
      return words.plus;
    case U'=':
      return words.equals;
    case U'@':
      return words.at;
    case U'×':
      return words.times;
    case U'÷':
      return words.divided_by;
    case U'±':
      return words.plus_minus;
    case U'°':
      return words.degrees;
    case U'§':
      return words.section;
    case U'©':
      return words.copyright;
    case U'<':
      return words.less_than;
    case U'>':
      return words.greater_than;
    case U'#':
      return words.hashtag;
    case U'≈':
      return words.about;
    default:
      break;
  }
  const auto currency = language.currencies.find(to_utf8(c));
  return currency == language.currencies.end() ? std::string() : currency->second.one;
}

// Marks that make no sound of their own.
bool is_silent(char32_t c) {
  return std::u32string_view(U"*_^~|\\/`'-–•·®™→←↑↓⇒†‡¶¦¬¨¯¸´′″°").find(c) !=
             std::u32string_view::npos ||
         U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_CF_MASK | U_GC_M_MASK | U_GC_SK_MASK);
}

}  // namespace

Sign read_sign(char32_t c, bool spaced, bool joined, const Language& language) {
  switch (c) {
    case U',':
    case U'.':
    case U'?':
    case U'!':
    case U';':
    case U':':
    case U'…':
      return {SignRole::kMark, to_utf8(c)};
    case U'—':
      return {SignRole::kMark, "—"};
    case U'–':
    case U'-':
      return spaced ? Sign{SignRole::kMark, "—"} : Sign{SignRole::kSilent, ""};
    case U'"':
      return {SignRole::kQuote, ""};
    case U'(':
    case U')':
    case U'[':
    case U']':
    case U'{':
    case U'}':
      return {SignRole::kMark, joined ? "" : ","};
    case U'¿':
    case U'¡':
      return {SignRole::kSilent, ""};
    case U'।':
    case U'։':
      return {SignRole::kMark, "."};
    default:
      break;
  }
  if (c == U'<' || c == U'>' || c == U'#')
    return spaced || c == U'#' ? spoken(words_for(c, language)) : Sign{SignRole::kSilent, ""};
  const std::string words = words_for(c, language);
  // In languages without tables espeak-ng reads the sign.
  if (language.months.empty() &&
      std::u32string_view(U"%&€$£¥+=°@×").find(c) != std::u32string_view::npos) {
    return spoken(to_utf8(c));
  }
  if (!words.empty()) return spoken(words);
  if (is_silent(c)) return {SignRole::kSilent, ""};
  const bool punctuation = u_ispunct(static_cast<UChar32>(c)) != 0;
  return {punctuation ? SignRole::kSilent : SignRole::kUnknown, ""};
}

}  // namespace tts
