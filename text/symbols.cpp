#include "text/symbols.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "text/unicode.h"

namespace tts {
namespace {

constexpr char32_t kVowels[] = U"aeiouyæɑɒɐɔəɚɛɜɝɪʊʌøœɶɵɨʉɯɤɘɞᵻʏᵊ";
constexpr char32_t kPrimary = U'ˈ', kSecondary = U'ˌ', kLong = U'ː';

struct Pair {
  const char* languages;  // families, "*" for all
  const char32_t* from;
  const char32_t* to;
};

// Vowel pairs and affricates that are one phone; spellings of dictionaries beside those of
// espeak-ng.
constexpr Pair kPairs[] = {
    {"*", U"aɪ", U"aɪ"},
    {"*", U"aʊ", U"aʊ"},
    {"*", U"eɪ", U"eɪ"},
    {"*", U"ɔɪ", U"ɔɪ"},
    {"*", U"oʊ", U"oʊ"},
    {"*", U"tʃ", U"tʃ"},
    {"*", U"dʒ", U"dʒ"},
    {"en", U"əʊ", U"əʊ"},
    {"en", U"eə", U"eə"},
    {"en", U"ɪə", U"iə"},
    {"en", U"ʊə", U"ʊə"},
    {"de", U"ɔø", U"ɔø"},
    {"de", U"ɔʏ", U"ɔø"},
    {"de", U"ai", U"aɪ"},
    {"de", U"au", U"aʊ"},
    {"de", U"pf", U"pf"},
    {"de,it,pl,ru,cs", U"ts", U"ts"},
    {"nl", U"ɛɪ", U"ɛɪ"},
    {"nl", U"ɛi", U"ɛɪ"},
    {"nl", U"œy", U"œy"},
    {"nl", U"ʌʊ", U"ʌʊ"},
    {"nl", U"ʌu", U"ʌʊ"},
    {"nl", U"ɑu", U"ʌʊ"},
    {"it,pl", U"dz", U"dz"},
    {"pl,zh,cmn", U"tɕ", U"tɕ"},
    {"pl", U"dʑ", U"dʑ"},
};

bool contains(std::u32string_view set, char32_t c) {
  return set.find(c) != set.npos;
}

// Whether the comma-separated list names the family.
bool names(std::string_view list, std::string_view family) {
  if (list == "*") return true;
  const size_t at = list.find(family);
  return at != list.npos && (at == 0 || list[at - 1] == ',') &&
         (at + family.size() == list.size() || list[at + family.size()] == ',');
}

struct Phone {
  std::u32string text;
  uint8_t stress = 0;  // mark that stood before it
  bool long_mark = false;
  int token = 0;  // which piece between separators it came from
  bool is_vowel() const { return contains(kVowels, text[0]); }
  bool is_plain() const { return text.size() == 1 && !long_mark; }
  bool is_syllabic() const { return text.size() > 1 && text.find(U'\u0329') != text.npos; }
};

bool attaches(char32_t c) {
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_MODIFIER_LETTER || c == U'˞' ||
         (c >= '0' && c <= '9') || (c >= 0x02E5 && c <= 0x02E9);
}

// Also what stands for pauses and marks among symbols (core/text_types.h): no phone may pass for
// one.
bool is_dropped(char32_t c) {
  return contains(U"\u0361\u035C\u032F‿.-ˑ/()[]|‖*^~,;:!?\"#_…—", c) || c <= ' ' || c == 0x200D;
}

class Scanner {
 public:
  explicit Scanner(char32_t separator) : separator_(separator) {}

  void feed(char32_t c) {
    if (c == separator_ && separator_) {
      ++token_;
    } else if (c == kPrimary || c == '\'' || c == kSecondary) {
      stress_ = c == kSecondary ? 1 : 2;
    } else if (c == kLong || (c == ':' && !separator_)) {
      if (!phones_.empty()) phones_.back().long_mark = true;
    } else if (is_dropped(c)) {
      return;
    } else if (attaches(c)) {
      if (!phones_.empty()) phones_.back().text.push_back(c);
    } else {
      push(c == 'g' ? U'ɡ' : c == U'ᵊ' ? U'ə' : c);
    }
  }

  std::vector<Phone> take() { return std::move(phones_); }

 private:
  void push(char32_t c) {
    Phone phone;
    phone.text.push_back(c);
    phone.stress = stress_;
    phone.token = token_;
    stress_ = 0;
    phones_.push_back(std::move(phone));
  }

  char32_t separator_;
  uint8_t stress_ = 0;
  int token_ = 0;
  std::vector<Phone> phones_;
};

std::optional<std::u32string> merged(const Phone& a,
                                     const Phone& b,
                                     std::string_view family,
                                     bool separated) {
  if (!a.is_plain() || b.text.size() != 1 || (b.is_vowel() && b.stress)) return std::nullopt;
  const std::u32string pair = a.text + b.text;
  const bool same_token = a.token == b.token;
  if (separated && !same_token && (a.is_vowel() || family == "en")) return std::nullopt;
  for (const Pair& p : kPairs) {
    if (pair == p.from && names(p.languages, family)) return std::u32string(p.to);
  }
  // espeak-ng wrote it as one phoneme of a language we have no table for.
  const bool one_phoneme = separated && same_token && a.is_vowel() && b.is_vowel();
  const bool affricate = separated && same_token && contains(U"tdpkbɡ", a.text[0]) &&
                         contains(U"szʃʒfvxɕʑʂʐɬ", b.text[0]);
  if ((one_phoneme || affricate) && b.text != U"ɚ") return pair;
  return std::nullopt;
}

std::vector<Phone> merge_pairs(std::vector<Phone> phones, std::string_view family, bool separated) {
  std::vector<Phone> out;
  bool last_is_merged = false;
  for (Phone& phone : phones) {
    const auto pair = !out.empty() && !last_is_merged ? merged(out.back(), phone, family, separated)
                                                      : std::nullopt;
    last_is_merged = pair.has_value();
    if (pair) {
      out.back().text = *pair;
      out.back().long_mark = phone.long_mark;
    } else {
      out.push_back(std::move(phone));
    }
  }
  return out;
}

// A mark before a syllable's consonants belongs to its vowel.
void move_stress_to_vowels(std::vector<Phone>& phones) {
  uint8_t pending = 0;
  for (Phone& phone : phones) {
    pending = std::max(pending, phone.stress);
    phone.stress = 0;
    if (pending && (phone.is_vowel() || phone.is_syllabic())) {
      phone.stress = pending;
      pending = 0;
    }
  }
  if (pending && !phones.empty()) {
    const auto vowel =
        std::find_if(phones.rbegin(), phones.rend(), [](const Phone& p) { return p.is_vowel(); });
    (vowel == phones.rend() ? phones.back() : *vowel).stress = pending;
  }
}

std::string encode(const std::u32string& text) {
  std::string out;
  for (char32_t c : text) out += to_utf8(c);
  return out;
}

}  // namespace

std::string_view language_family(std::string_view language) {
  return language.substr(0, language.find_first_of("-_"));
}

std::string canonical_language(std::string_view language) {
  std::string out(language);
  std::replace(out.begin(), out.end(), '_', '-');
  return lower_case(out);
}

bool is_vowel_phone(std::string_view phone) {
  const icu::UnicodeString text = from_utf8(phone);
  return !text.isEmpty() && contains(kVowels, static_cast<char32_t>(text.char32At(0)));
}

std::vector<Symbol> symbols_from_ipa(std::string_view ipa,
                                     std::string_view language,
                                     char separator) {
  Scanner scanner(static_cast<unsigned char>(separator));
  const icu::UnicodeString text = from_utf8(ipa);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    scanner.feed(static_cast<char32_t>(text.char32At(i)));
  }
  const bool german = language_family(language) == "de";
  auto phones = merge_pairs(scanner.take(), language_family(language), separator != '\0');
  move_stress_to_vowels(phones);
  std::vector<Symbol> symbols;
  for (const Phone& phone : phones) {
    Symbol symbol;
    // espeak-ng varies the German r between a tap and a trill.
    symbol.phone = german && phone.text == U"ɾ" ? "r" : encode(phone.text);
    symbol.stress = phone.stress;
    symbol.long_mark = phone.long_mark;
    symbols.push_back(std::move(symbol));
  }
  return symbols;
}

std::string ipa_from_symbol(const Symbol& symbol) {
  const char* stress[] = {"", "ˌ", "ˈ"};
  return stress[std::min<int>(symbol.stress, 2)] + symbol.phone + (symbol.long_mark ? "ː" : "");
}

}  // namespace tts
