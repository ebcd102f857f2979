// SSML 1.1 (W3C 2010), a subset → plain text for the front end, with what the markup asks of it.
// Read are speak, p, s, break, phoneme (ipa, x-sampa), sub, say-as, prosody (rate, pitch, volume),
// lang, voice and mark. Of other elements the text is read and the name is a warning.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "text/rewritten_text.h"

namespace tts {

inline constexpr size_t kMaxSsmlBytes = 8 << 20;

// What a <voice> asks for.
struct SsmlVoice {
  std::vector<std::string> names;      // any of them, the first that is there
  std::vector<std::string> languages;  // else any that speaks one of them, the first first
  ByteSpan span;                       // of the element's start
};

// Text of one language and voice that the front end reads at once.
struct SsmlBlock {
  struct Styled {
    size_t begin = 0, end = 0;  // bytes of the text
    SpeechStyle style;
  };
  struct Place {
    size_t at = 0;  // byte of the text
    std::string name;
    ByteSpan span;                 // of the element, in the caller's bytes
    bool behind_previous = false;  // a pause follows: the place is where the last word ends
  };
  RewrittenText text;
  std::string language;           // "": the request's, or its voice's
  std::vector<SsmlVoice> voices;  // of the elements around it, the innermost last
  std::vector<Styled> styles;     // in order, not overlapping; elsewhere nothing is asked
  std::vector<Place> marks;       // in order
  std::vector<size_t> s_ends;     // where a sentence ends that is marked as one
  bool cut_in_sentence = false;   // what follows is the same sentence in another language or voice
};

struct Ssml {
  std::vector<SsmlBlock> blocks;
  std::vector<TextWarning> warnings;
};

// `language`: the request's, in which say-as reads where the document names none. Throws
// Error(kInput) as XmlSource does.
Ssml parse_ssml(std::string_view xml, const std::string& language = "en");

// Puts styles, marks and pauses into what the front end made of a block's text, and spans into the
// caller's bytes. Marks before the first word of a document without words are returned.
std::vector<SsmlBlock::Place> apply_ssml(const SsmlBlock& block,
                                         std::string_view xml,
                                         Document& document);

}  // namespace tts
