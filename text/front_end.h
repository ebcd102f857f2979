// Plain text → sentences of symbols with spans: the whole text front end behind one call.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "text/lexicon.h"
#include "text/light_markup.h"

namespace tts {

struct FrontEndOptions {
  std::string language = "en-us";          // as espeak-ng names it; en, de and nl are normalised
  std::shared_ptr<const Lexicon> lexicon;  // null: none
  std::string espeak_library;              // empty: libespeak-ng.so.1
  std::string espeak_data;                 // empty: the library's own
  MarkupKind markup = MarkupKind::kAuto;   // what the text may hold beside words
  double sentence_pause_s = 0.25;          // after a sentence
  double paragraph_pause_s = 0.6;          // after a paragraph
};

// What a place between two words of a text is.
enum class Break { kNone, kClause, kSentence, kParagraph };

class FrontEnd {
 public:
  explicit FrontEnd(FrontEndOptions options);
  ~FrontEnd();
  FrontEnd(const FrontEnd&) = delete;
  FrontEnd& operator=(const FrontEnd&) = delete;

  // Any bytes will do: what cannot be read is skipped with a warning. Every span slices `utf8`.
  // Thread-safe. Throws Error(kVoice) when a word needs espeak-ng and it cannot be loaded (text in
  // [[ipa]] and words of the lexicons do not), Error(kUsage) for a language that it does not know.
  // A pause asked for between two sentences is the first one's pause_after_s.
  Document process(std::string_view utf8) const;
  // Of a text that is known to be of that kind, whatever the options say.
  Document process(std::string_view utf8, MarkupKind kind) const;

  // What lies at byte `at`, where white space begins and something is written behind it. A pause
  // asked for there belongs to what is before it: kNone. Nothing is looked up or phonemised.
  Break break_at(std::string_view utf8, size_t at) const;
  // Whether the white space that the text begins with, behind the line before, parts paragraphs.
  static bool begins_paragraph(std::string_view utf8);

  const FrontEndOptions& options() const;

 private:
  Document process_plain(std::string_view utf8) const;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tts
