#include "speech_dispatcher/foreign_letters.h"

#include <unicode/locid.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/ascii.h"
#include "speech_dispatcher/sign_names.h"
#include "text/normalise/scripts.h"
#include "text/unicode.h"

namespace tts {
namespace {

bool is_foreign(UChar32 c, const std::string& language) {
  return u_isdigit(c) == 0 && !is_readable_script(static_cast<char32_t>(c), language);
}

bool is_read_by_name(const icu::UnicodeString& letters) {
  return letters.countChar32() == 1 &&
         !letter_name(static_cast<char32_t>(letters.char32At(0))).empty();
}

icu::UnicodeString latin_of(icu::UnicodeString letters) {
  static std::mutex mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::Transliterator> to_latin(icu::Transliterator::createInstance(
      "Russian-Latin/BGN; Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  if (to_latin != nullptr) to_latin->transliterate(letters);
  return letters;
}

// ASCII without the signs that stand for letters which are hardly heard: "den'" for "день".
std::string spoken(const icu::UnicodeString& letters) {
  std::string out;
  const bool alone = letters.countChar32() == 1;
  const icu::UnicodeString latin = latin_of(letters);
  for (int32_t i = 0; i < latin.length(); i = latin.moveIndex32(i, 1)) {
    const UChar32 c = latin.char32At(i);
    const bool heard = u_isalnum(c) != 0 || c == ' ' || c == '-';
    if (c < 0x80 && heard) {
      // A lone "Я" becomes "YA", which would be spelt.
      out += alone ? ascii_lower(static_cast<char>(c)) : static_cast<char>(c);
    } else if (c >= 0x80 && u_isalpha(c) != 0) {
      out += " " + unicode_name(static_cast<char32_t>(c)) + " ";
    }
  }
  return out;
}

std::string script_in(UChar32 letter, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(letter, &status);
  const std::string tag = std::string("und_") + uscript_getShortName(script);
  icu::UnicodeString name;
  icu::Locale(tag.c_str()).getDisplayScript(icu::Locale(language.c_str()), name);
  return to_utf8(name);
}

class Reader {
 public:
  Reader(const std::string& xml, const std::string& language)
      : text_(from_utf8(xml)), language_(language) {}

  std::string run() {
    while (at_ < text_.length()) {
      const UChar32 c = text_.char32At(at_);
      if (c == '<') {
        const int32_t close = text_.indexOf(u'>', at_);
        copy_to(close < 0 ? text_.length() : close + 1);
      } else if (is_foreign(c, language_)) {
        read_run();
      } else {
        copy_to(text_.moveIndex32(at_, 1));
      }
    }
    return out_;
  }

 private:
  void copy_to(int32_t end) {
    out_ += to_utf8(text_.tempSubStringBetween(at_, end));
    at_ = end;
  }

  bool is_letter_at(int32_t place) const {
    return place >= 0 && place < text_.length() && u_isalnum(text_.char32At(place)) != 0;
  }

  void read_run() {
    int32_t end = at_;
    while (end < text_.length() && is_foreign(text_.char32At(end), language_))
      end = text_.moveIndex32(end, 1);
    const icu::UnicodeString letters = text_.tempSubStringBetween(at_, end);
    if (is_read_by_name(letters)) return copy_to(end);
    if (is_letter_at(text_.moveIndex32(at_, -1)) && at_ > 0) out_ += " ";
    out_ += spoken(letters);
    if (is_letter_at(end)) out_ += " ";
    at_ = end;
  }

  const icu::UnicodeString text_;
  const std::string& language_;
  std::string out_;
  int32_t at_ = 0;
};

}  // namespace

std::string in_latin(const std::string& xml, const std::string& language) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(xml.begin(), xml.end(), is_ascii)) return xml;
  return Reader(xml, language).run();
}

std::string foreign_letter_name(char32_t letter, const std::string& language) {
  const auto c = static_cast<UChar32>(letter);
  const icu::UnicodeString alone(c);
  if (!is_foreign(c, language) || is_read_by_name(alone)) return "";
  const std::string latin = spoken(alone);
  const bool named = latin.find_first_not_of(' ') == latin.npos || latin.front() == ' ';
  return named ? unicode_name(letter) : script_in(c, language) + " " + latin;
}

}  // namespace tts
