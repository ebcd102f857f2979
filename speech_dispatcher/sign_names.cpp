#include "speech_dispatcher/sign_names.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "text/symbols.h"
#include "text/unicode.h"

namespace tts {
namespace {

struct SignName {
  char32_t sign;
  Punctuation from;  // the mode in which it is first heard
  const char *en, *de, *nl;
};

constexpr auto kSome = Punctuation::kSome, kMost = Punctuation::kMost, kAll = Punctuation::kAll;
constexpr SignName kNames[] = {
    {U' ', Punctuation::kNone, "space", "Leerzeichen", "spatie"},
    {U'\t', Punctuation::kNone, "tab", "Tabulator", "tab"},
    {U'\n', Punctuation::kNone, "new line", "neue Zeile", "nieuwe regel"},
    {U'*', kSome, "star", "Stern", "ster"},
    {U'^', kSome, "caret", "Zirkumflex", "dakje"},
    {U'_', kSome, "underscore", "Unterstrich", "liggend streepje"},
    {U'~', kSome, "tilde", "Tilde", "tilde"},
    {U'|', kSome, "bar", "senkrechter Strich", "verticale streep"},
    {U'\\', kSome, "backslash", "umgekehrter Schrägstrich", "backslash"},
    {U'/', kSome, "slash", "Schrägstrich", "schuine streep"},
    {U'`', kSome, "backtick", "Gravis", "accent grave"},
    {U'<', kSome, "less than", "kleiner als", "kleiner dan"},
    {U'>', kSome, "greater than", "größer als", "groter dan"},
    {U'•', kMost, "bullet", "Aufzählungspunkt", "opsommingsteken"},
    {U'(', kMost, "left paren", "Klammer auf", "haakje openen"},
    {U')', kMost, "right paren", "Klammer zu", "haakje sluiten"},
    {U'[', kMost, "left bracket", "eckige Klammer auf", "vierkant haakje openen"},
    {U']', kMost, "right bracket", "eckige Klammer zu", "vierkant haakje sluiten"},
    {U'{', kMost, "left brace", "geschweifte Klammer auf", "accolade openen"},
    {U'}', kMost, "right brace", "geschweifte Klammer zu", "accolade sluiten"},
    {U'"', kMost, "quote", "Anführungszeichen", "aanhalingsteken"},
    {U'-', kAll, "dash", "Bindestrich", "streepje"},
    {U'–', kMost, "en dash", "Halbgeviertstrich", "gedachtestreepje"},
    {U'—', kMost, "em dash", "Gedankenstrich", "lang streepje"},
    {U':', kMost, "colon", "Doppelpunkt", "dubbele punt"},
    {U';', kMost, "semicolon", "Strichpunkt", "puntkomma"},
    {U'\'', kAll, "apostrophe", "Apostroph", "apostrof"},
    {U'.', kAll, "dot", "Punkt", "punt"},
    {U',', kAll, "comma", "Komma", "komma"},
    {U'?', kAll, "question mark", "Fragezeichen", "vraagteken"},
    {U'!', kAll, "exclamation mark", "Ausrufezeichen", "uitroepteken"},
    {U'…', kAll, "ellipsis", "Auslassungspunkte", "beletselteken"},
};

const SignName* find(char32_t c) {
  const auto found = std::find_if(
      std::begin(kNames), std::end(kNames), [&](const SignName& name) { return name.sign == c; });
  return found == std::end(kNames) ? nullptr : found;
}

std::string in(const std::string& language, const char* en, const char* de, const char* nl) {
  const std::string_view family = language_family(language);
  return family == "de" ? de : family == "nl" ? nl : en;
}

}  // namespace

std::string unicode_name(char32_t c) {
  char name[128];
  UErrorCode status = U_ZERO_ERROR;
  u_charName(static_cast<UChar32>(c), U_UNICODE_CHAR_NAME, name, sizeof(name), &status);
  return U_FAILURE(status) != 0 ? "" : lower_case(name);
}

std::string sign_name(char32_t c, Punctuation mode, const std::string& language) {
  const SignName* found = find(c);
  if (found == nullptr || found->from == Punctuation::kNone || found->from > mode) return "";
  return in(language, found->en, found->de, found->nl);
}

std::string character_name(char32_t c, const std::string& language) {
  if (const SignName* found = find(c)) return in(language, found->en, found->de, found->nl);
  const bool is_read = std::u32string_view(U"@#%&‰§").find(c) != std::u32string_view::npos;
  return is_read || u_ispunct(static_cast<UChar32>(c)) == 0 ? "" : unicode_name(c);
}

std::string capital_name(const std::string& language) {
  return in(language, "capital", "groß", "hoofdletter");
}

}  // namespace tts
