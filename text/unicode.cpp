#include "text/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdio>

namespace tts {
namespace {

constexpr char32_t kJoiner = 0x200D;   // of emoji; ICU counts it among control characters
constexpr int kMaxMarksPerLetter = 3;  // more is decoration ("Zalgo" text)

struct Replacement {
  char32_t from;
  const char16_t* to;
};

// Typographic variants and what they are read as.
constexpr Replacement kReplacements[] = {
    {0x2018, u"'"},  {0x2019, u"'"},    {0x201A, u"'"},  {0x201B, u"'"},  {0x2032, u"'"},
    {0x00B4, u"'"},  {0x02BC, u"'"},    {0x0060, u"'"},  {0x201C, u"\""}, {0x201D, u"\""},
    {0x201E, u"\""}, {0x201F, u"\""},   {0x2033, u"\""}, {0x00AB, u"\""}, {0x00BB, u"\""},
    {0x2039, u"\""}, {0x203A, u"\""},   {0x2010, u"-"},  {0x2011, u"-"},  {0x2212, u"-"},
    {0x2012, u"–"},  {0x2015, u"—"},    {0x3002, u"."},  {0x3001, u","},  {0x2044, u"/"},
    {0x2028, u"\n"}, {0x2029, u"\n\n"}, {0x0085, u"\n"}, {0x000B, u"\n"}, {0x000C, u"\n\n"},
    {0x0009, u" "},  {0x2024, u"."},    {0x2025, u".."}, {0x037E, u";"},  {0x061F, u"?"},
    {0x060C, u","},
};

const char16_t* replacement(char32_t c) {
  for (const Replacement& r : kReplacements) {
    if (r.from == c) return r.to;
  }
  return nullptr;
}

bool is_compatibility_form(char32_t c) {
  return (c >= 0xFF01 && c <= 0xFFEE) || (c >= 0x1D400 && c <= 0x1D7FF) ||
         (c >= 0xFB00 && c <= 0xFB06) || (c >= 0x2460 && c <= 0x24FF) ||
         (c >= 0x2160 && c <= 0x217F) || (c >= 0x1F130 && c <= 0x1F149) || c == 0x2116 ||
         c == 0x212A || c == 0x212B || c == 0x2126;
}

// Zero-width joiner and variation selectors stay: emoji sequences need them.
bool is_invisible(char32_t c) {
  return c == 0x00AD || c == 0x200B || c == 0x200C || c == 0x2060 || c == 0xFEFF ||
         (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFFFC;
}

class Cleaner {
 public:
  explicit Cleaner(std::string_view utf8) : utf8_(utf8) {}

  CleanText run() {
    out_.bytes.reserve(utf8_.size());
    const std::string_view start = utf8_.substr(0, 2);
    const bool utf16 = start == "\xFF\xFE" || start == "\xFE\xFF";
    const auto* bytes = reinterpret_cast<const uint8_t*>(utf8_.data());
    for (size_t i = 0; i < utf8_.size();) {
      const size_t begin = i;
      UChar32 c;
      U8_NEXT(bytes, i, utf8_.size(), c);
      if (c < 0 || c == 0xFFFD) {
        skip(utf16 ? "bytes that are no UTF-8 (the text looks like UTF-16)"
                   : "bytes that are no UTF-8",
             begin,
             i);
      } else {
        add(static_cast<char32_t>(c), {begin, i});
      }
    }
    return std::move(out_);
  }

 private:
  void skip(const char* what, size_t begin, size_t end) {
    auto& warnings = out_.warnings;
    const std::string message = std::string("skipped ") + what;
    if (!warnings.empty() && warnings.back().span.end == begin &&
        warnings.back().message == message) {
      warnings.back().span.end = end;
    } else {
      warnings.push_back({message, {begin, end}});
    }
  }

  void append(const icu::UnicodeString& units, ByteSpan span) {
    out_.text.append(units);
    out_.bytes.insert(out_.bytes.end(), units.length(), span);
  }

  void add(char32_t c, ByteSpan span) {
    const bool mark = (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0 && c < 0xFE00;
    marks_ = mark ? marks_ + 1 : 0;
    if (is_invisible(c) || marks_ > kMaxMarksPerLetter) return;
    if (c == '\r') {
      const bool crlf = span.end < utf8_.size() && utf8_[span.end] == '\n';
      if (!crlf) append(u"\n", span);
    } else if (const char16_t* to = replacement(c)) {
      append(to, span);
    } else if (c != '\n' && c != kJoiner && u_iscntrl(static_cast<UChar32>(c))) {
      skip("control characters", span.begin, span.end);
      append(u" ", span);
    } else if (c > 0x7F && u_isdigit(static_cast<UChar32>(c))) {
      append(
          icu::UnicodeString(static_cast<UChar32>('0' + u_charDigitValue(static_cast<UChar32>(c)))),
          span);
    } else if (u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR) {
      append(u" ", span);
    } else if (is_compatibility_form(c)) {
      UErrorCode status = U_ZERO_ERROR;
      const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
      append(nfkc->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status), span);
    } else {
      append(icu::UnicodeString(static_cast<UChar32>(c)), span);
    }
  }

  std::string_view utf8_;
  CleanText out_;
  int marks_ = 0;
};

// NFC segment by segment; the units of a segment that changed all stand for the whole segment's
// bytes.
void compose(CleanText& clean) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || nfc->isNormalized(clean.text, status)) return;
  CleanText out;
  out.bytes.reserve(clean.bytes.size());
  for (int32_t i = 0; i < clean.text.length();) {
    int32_t j = clean.text.moveIndex32(i, 1);
    while (j < clean.text.length() && !nfc->hasBoundaryBefore(clean.text.char32At(j))) {
      j = clean.text.moveIndex32(j, 1);
    }
    const icu::UnicodeString source = clean.text.tempSubStringBetween(i, j);
    const icu::UnicodeString composed = nfc->normalize(source, status);
    out.text.append(composed);
    if (composed == source) {
      out.bytes.insert(out.bytes.end(), clean.bytes.begin() + i, clean.bytes.begin() + j);
    } else {
      out.bytes.insert(out.bytes.end(), composed.length(), clean.span(i, j));
    }
    i = j;
  }
  clean.text = std::move(out.text);
  clean.bytes = std::move(out.bytes);
}

}  // namespace

ByteSpan CleanText::span(int32_t begin, int32_t end) const {
  if (begin >= end) {
    const size_t at = begin < text.length() ? bytes[begin].begin
                      : bytes.empty()       ? 0
                                            : bytes.back().end;
    return {at, at};
  }
  return {bytes[begin].begin, bytes[end - 1].end};
}

CleanText clean_text(std::string_view utf8) {
  CleanText clean = Cleaner(utf8).run();
  compose(clean);
  return clean;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string to_utf8(char32_t c) {
  return to_utf8(icu::UnicodeString(static_cast<UChar32>(c)));
}

icu::UnicodeString from_utf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

std::string lower_case(std::string_view utf8) {
  return to_utf8(from_utf8(utf8).toLower(icu::Locale::getRoot()));
}

std::string upper_case(std::string_view utf8) {
  return to_utf8(from_utf8(utf8).toUpper(icu::Locale::getRoot()));
}

std::string code_point_name(char32_t c) {
  char name[16];
  std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
  return name;
}

}  // namespace tts
