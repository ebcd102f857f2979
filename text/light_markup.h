// Markdown and HTML that programs send as text: what is to be read of it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "text/rewritten_text.h"

namespace tts {

enum class MarkupKind {
  kAuto,  // as plain text unless it plainly is Markdown or HTML
  kPlain,
  kMarkdown,
  kHtml
};

// "auto", "plain", "markdown", "html"; throws Error(kUsage) for anything else.
MarkupKind markup_kind(const std::string& name);

struct UnmarkedText {
  bool changed = false;  // false: `text` is empty, and the caller's text holds
  RewrittenText text;
  std::vector<TextWarning> warnings;  // what was left out, and once that it was taken for markup
};

// Headings, quotations, links, footnotes, check boxes and rules of Markdown; tags and entities of
// HTML. Fenced code, pictures, scripts and comments are left out with a warning. [[…]] stays.
UnmarkedText without_markup(std::string_view text, MarkupKind kind);

}  // namespace tts
