#include "text/normalise/emoji.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>

#include "text/unicode.h"

namespace tts {
namespace {

constexpr UChar32 kRegionalA = 0x1F1E6, kRegionalZ = 0x1F1FF;

// Words of Unicode's names that nobody says.
constexpr const char* kNoise[] = {" sign",
                                  " symbol",
                                  "white ",
                                  "black ",
                                  "heavy ",
                                  " ornament",
                                  " with variation",
                                  " emoji",
                                  "negative squared "};

std::string region_name(UChar32 first, UChar32 second, const Language& language) {
  const char code[] = {static_cast<char>('A' + first - kRegionalA),
                       static_cast<char>('A' + second - kRegionalA),
                       '\0'};
  icu::UnicodeString name;
  icu::Locale("", code).getDisplayCountry(icu::Locale(language.code.c_str()), name);
  return name == icu::UnicodeString(code) ? std::string() : to_utf8(name);
}

std::string short_name(UChar32 c) {
  char buffer[128] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_charName(c, U_UNICODE_CHAR_NAME, buffer, sizeof buffer, &status);
  if (U_FAILURE(status)) return "";
  std::string name = lower_case(buffer);
  for (const char* noise : kNoise) {
    const size_t at = name.find(noise);
    if (at != name.npos) name.erase(at, std::string(noise).size());
  }
  for (char& ch : name) {
    if (ch == '-') ch = ' ';
  }
  return name;
}

// A man or a woman joined to other people.
bool is_family(const icu::UnicodeString& emoji) {
  constexpr UChar32 kJoiner = 0x200D, kBoy = 0x1F466, kWoman = 0x1F469;
  const auto is_person = [&](UChar32 c) { return c >= kBoy && c <= kWoman; };
  const int32_t joiner = emoji.indexOf(kJoiner);
  return joiner > 0 && joiner + 1 < emoji.length() && is_person(emoji.char32At(0)) &&
         is_person(emoji.char32At(joiner + 1));
}

}  // namespace

std::string emoji_in_words(const icu::UnicodeString& emoji, const Language& language) {
  constexpr UChar32 kFamily = 0x1F46A;
  const UChar32 base = is_family(emoji) ? kFamily : emoji.char32At(0);
  const auto own = language.emoji.find(to_utf8(static_cast<char32_t>(base)));
  if (own != language.emoji.end()) return own->second;
  if (base >= kRegionalA && base <= kRegionalZ) {
    const int32_t next = emoji.moveIndex32(0, 1);
    if (next >= emoji.length() || language.words.flag_of.empty()) return "";
    const std::string region = region_name(base, emoji.char32At(next), language);
    return region.empty() ? "" : language.words.flag_of + " " + region;
  }
  return language.emoji_by_unicode_name ? short_name(base) : "";
}

}  // namespace tts
