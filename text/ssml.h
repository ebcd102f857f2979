// SSML 1.1 (W3C 2010), a subset → plain text for the front end, with what the markup asks of it.
// Read are speak, p, s, break, phoneme (ipa), sub, say-as, prosody (rate, pitch, volume), lang and
// mark. Of other elements the text is read and the name is a warning.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "text/rewritten_text.h"

namespace tts {

inline constexpr size_t kMaxSsmlBytes = 8 << 20;

// Text of one language that the front end reads at once.
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
  std::string language;          // "": the request's
  std::vector<Styled> styles;    // in order, not overlapping; elsewhere nothing is asked
  std::vector<Place> marks;      // in order
  std::vector<size_t> s_ends;    // where a sentence ends that is marked as one
  bool cut_in_sentence = false;  // what follows is the same sentence in another language
};

struct Ssml {
  std::vector<SsmlBlock> blocks;
  std::vector<TextWarning> warnings;
};

// Throws Error(kInput) as XmlSource does.
Ssml parse_ssml(std::string_view xml);

// Puts styles, marks and pauses into what the front end made of a block's text, and spans into the
// caller's bytes. Marks before the first word of a document without words are returned.
std::vector<SsmlBlock::Place> apply_ssml(const SsmlBlock& block,
                                         std::string_view xml,
                                         Document& document);

}  // namespace tts
