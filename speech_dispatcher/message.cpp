#include "speech_dispatcher/message.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "speech_dispatcher/foreign_letters.h"
#include "speech_dispatcher/sign_names.h"
#include "text/ssml.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr char kSpelled[] = "<say-as interpret-as=\"characters\">", kSpelledEnd[] = "</say-as>";
constexpr char kRoot[] = "<speak";

constexpr std::pair<const char*, char32_t> kReferences[] = {
    {"&lt;", U'<'}, {"&gt;", U'>'}, {"&amp;", U'&'}, {"&quot;", U'"'}, {"&apos;", U'\''}};

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  }
  return out;
}

std::string document(const std::string& inside, const std::string& language) {
  const std::string attribute = language.empty() ? "" : " xml:lang=\"" + escaped(language) + "\"";
  return kRoot + attribute + ">" + inside + "</speak>";
}

bool is_readable(const std::string& xml) {
  try {
    parse_ssml(xml);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string without_tags(const std::string& xml) {
  std::string out;
  for (size_t at = 0; at < xml.size();) {
    const size_t end = xml[at] == '<' ? xml.find('>', at) : xml.npos;
    if (end == xml.npos) {
      out += xml[at++];
    } else {
      at = end + 1;
    }
  }
  return out;
}

// Copies what is no text: a tag. Names what `mode` wants to hear.
class SignReader {
 public:
  SignReader(const std::string& xml, Punctuation mode, const std::string& language)
      : text_(from_utf8(xml)), mode_(mode), language_(language) {}

  std::string run() {
    while (at_ < text_.length()) {
      const auto c = static_cast<char32_t>(text_.char32At(at_));
      if (c == U'<') {
        copy_to(text_.indexOf(u'>', at_) + 1);
      } else if (c == U'&') {
        reference();
      } else {
        read(c, text_.moveIndex32(at_, 1));
      }
    }
    return out_;
  }

 private:
  void copy_to(int32_t end) {
    if (end <= at_) end = text_.length();
    out_ += to_utf8(text_.tempSubStringBetween(at_, end));
    at_ = end;
  }

  void reference() {
    const int32_t end = text_.indexOf(u';', at_) + 1;
    const std::string written =
        end > at_ ? to_utf8(text_.tempSubStringBetween(at_, end)) : std::string();
    for (const auto& [name, c] : kReferences) {
      if (written == name) return read(c, end);
    }
    copy_to(end);
  }

  // Part of a number or a word: "3.5", "don't".
  bool is_inner(char32_t c, int32_t end) const {
    return std::u32string_view(U".,:'-").find(c) != std::u32string_view::npos && at_ > 0 &&
           end < text_.length() && u_isalnum(text_.char32At(text_.moveIndex32(at_, -1))) != 0 &&
           u_isalnum(text_.char32At(end)) != 0;
  }

  void read(char32_t c, int32_t end) {
    const std::string name = is_inner(c, end) ? "" : sign_name(c, mode_, language_);
    if (name.empty()) return copy_to(end);
    const bool pauses = std::u32string_view(U".,;:?!…—").find(c) != std::u32string_view::npos;
    out_ += " " + name;
    if (pauses) return copy_to(end);
    out_ += " ";
    at_ = end;
  }

  const icu::UnicodeString text_;
  const Punctuation mode_;
  const std::string& language_;
  std::string out_;
  int32_t at_ = 0;
};

std::string text_document(const std::string& text,
                          const Settings& settings,
                          const std::string& language) {
  const bool is_xml = text.find(kRoot) != text.npos && is_readable(text);
  std::string xml =
      is_xml ? text
             : document(escaped(text.find(kRoot) == text.npos ? text : without_tags(text)), "");
  const size_t root = xml.find(kRoot);
  const std::string tag = xml.substr(root, xml.find('>', root) - root);
  if (!language.empty() && tag.find("xml:lang") == tag.npos)
    xml.insert(root + std::char_traits<char>::length(kRoot),
               " xml:lang=\"" + escaped(language) + "\"");
  xml = in_latin(xml, language);
  if (settings.punctuation != Punctuation::kNone)
    xml = SignReader(xml, settings.punctuation, language).run();
  const size_t close = xml.rfind("</");
  if (settings.spelling && close != xml.npos) {
    xml.insert(close, kSpelledEnd);
    xml.insert(xml.find('>', xml.find(kRoot)) + 1, kSpelled);
  }
  return xml;
}

// One character; any other text as it is.
std::string character(const std::string& text,
                      const Settings& settings,
                      const std::string& language) {
  const icu::UnicodeString letters = from_utf8(text);
  if (letters.countChar32() != 1) return escaped(text);
  const UChar32 c = letters.char32At(0);
  const std::string name = character_name(static_cast<char32_t>(c), language);
  if (!name.empty()) return escaped(name);
  const std::string foreign = foreign_letter_name(static_cast<char32_t>(c), language);
  const std::string letter =
      foreign.empty() ? kSpelled + escaped(text) + kSpelledEnd : escaped(foreign);
  if (u_isupper(c) == 0 || settings.capitals == Capitals::kNone) return letter;
  if (settings.capitals == Capitals::kIcon)
    return "<prosody pitch=\"+4st\">" + letter + "</prosody>";
  return capital_name(language) + " " + letter;
}

std::string key(const std::string& text, const Settings& settings, const std::string& language) {
  if (text == "_") return character(text, settings, language);
  std::string out;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('_', begin), text.size());
    const std::string part = text.substr(begin, end - begin);
    if (!part.empty()) out += (out.empty() ? "" : " ") + character(part, settings, language);
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::string ssml_of(MessageKind kind,
                    const std::string& text,
                    const Settings& settings,
                    const std::string& language) {
  switch (kind) {
    case MessageKind::kText:
      return text_document(text, settings, language);
    case MessageKind::kChar:
      return document(character(text, settings, language), language);
    case MessageKind::kKey:
      return document(key(text, settings, language), language);
    case MessageKind::kSoundIcon: {
      std::string name = text;
      std::replace(name.begin(), name.end(), '-', ' ');
      std::replace(name.begin(), name.end(), '_', ' ');
      return document(escaped(name), language);
    }
  }
  fail(ErrorCode::kInternal, "a kind of message without a reading");
}

}  // namespace tts
