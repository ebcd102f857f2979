// What the text of a request is.
#pragma once
#include <string>
#include <vector>

namespace tts {

// In the order of the C API's numbers.
enum class InputKind {
  kPlain,     // read as Markdown or HTML where it plainly is that (text/light_markup.h)
  kIpa,       // words of phonemes (ipa_input.h)
  kSsml,      // text/ssml.h
  kMarkdown,  // read whole, so that fences and comments over several paragraphs are seen
  kHtml,      // the same
  kVerbatim   // every sign of it is read
};

// "plain", "ipa", … in that order.
const std::vector<std::string>& input_kinds();
const std::string& name_of(InputKind kind);
// Throws Error(kUsage) for an unknown name, with those that there are.
InputKind input_kind(const std::string& name);

}  // namespace tts
