#include "text/front_end.h"

#include <algorithm>

#include "core/error.h"
#include "text/espeak_phonemiser.h"
#include "text/normalise/shipped_lexicon.h"
#include "text/normaliser.h"
#include "text/rewritten_text.h"
#include "text/sentence_builder.h"
#include "text/sentence_splitter.h"
#include "text/symbols.h"
#include "text/tokeniser.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kMaxWarnings = 200;
constexpr double kLongSentencePauseS = 0.1;  // where a sentence was cut for its length

void limit_warnings(std::vector<TextWarning>& warnings) {
  if (warnings.size() <= kMaxWarnings) return;
  const size_t more = warnings.size() - kMaxWarnings;
  ByteSpan rest = warnings[kMaxWarnings].span;
  for (size_t i = kMaxWarnings; i < warnings.size(); ++i) {  // each stage's are in order, not all
    rest.begin = std::min(rest.begin, warnings[i].span.begin);
    rest.end = std::max(rest.end, warnings[i].span.end);
  }
  warnings.resize(kMaxWarnings);
  warnings.push_back({"and " + std::to_string(more) + " more warnings", rest});
}

// [[pause 1s]] between two sentences is exactly the pause between them.
void take_leading_pauses(const std::vector<Item>& items, SentenceRange& range, Sentence& previous) {
  double pause_s = 0;
  bool found = false;
  for (; range.first < range.last && items[range.first].kind == ItemKind::kPause; ++range.first) {
    pause_s += items[range.first].pause_s;
    found = true;
  }
  if (found) previous.pause_after_s = pause_s;
}

bool is_clause_mark(const Item& item) {
  return item.kind == ItemKind::kMark &&
         (item.mark == "," || item.mark == ";" || item.mark == ":" || item.mark == "—");
}

}  // namespace

struct FrontEnd::Parts {
  explicit Parts(FrontEndOptions given)
      : options(std::move(given)),
        lexicon(options.lexicon ? options.lexicon : std::make_shared<const Lexicon>()),
        normaliser(options.language),
        phonemiser(options.language, options.espeak_library, options.espeak_data) {}

  double pause_after(SentenceEnd end) const {
    if (end == SentenceEnd::kTooLong) return kLongSentencePauseS;
    return end == SentenceEnd::kParagraph ? options.paragraph_pause_s : options.sentence_pause_s;
  }

  FrontEndOptions options;
  std::shared_ptr<const Lexicon> lexicon;
  Normaliser normaliser;
  EspeakPhonemiser phonemiser;
};

FrontEnd::FrontEnd(FrontEndOptions options) {
  options.language = canonical_language(options.language);
  if (options.language.empty())  // espeak-ng would crash
    fail(ErrorCode::kUsage, "the language is empty; name one, e.g. \"en-us\"");
  parts_ = std::make_unique<Parts>(std::move(options));
}
FrontEnd::~FrontEnd() = default;

const FrontEndOptions& FrontEnd::options() const {
  return parts_->options;
}

Document FrontEnd::process(std::string_view utf8) const {
  return process(utf8, parts_->options.markup);
}

Document FrontEnd::process(std::string_view utf8, MarkupKind kind) const {
  const UnmarkedText unmarked = without_markup(utf8, kind);
  if (!unmarked.changed) return process_plain(utf8);
  Document document = process_plain(unmarked.text.text);
  restore_spans(unmarked.text, utf8, document);
  document.warnings.insert(
      document.warnings.begin(), unmarked.warnings.begin(), unmarked.warnings.end());
  limit_warnings(document.warnings);
  return document;
}

Document FrontEnd::process_plain(std::string_view utf8) const {
  CleanText clean = clean_text(utf8);
  Document document;
  document.warnings = std::move(clean.warnings);
  const std::vector<Item> items =
      parts_->normaliser.run(clean, *parts_->lexicon, document.warnings);
  const SentenceContext context{utf8,
                                clean,
                                parts_->options.language,
                                *parts_->lexicon,
                                shipped_lexicon(parts_->options.language),
                                language_for(parts_->options.language),
                                parts_->phonemiser};
  for (SentenceRange range : split_sentences(items, context.rules.conjunctions)) {
    if (!document.sentences.empty()) take_leading_pauses(items, range, document.sentences.back());
    if (range.first == range.last) continue;
    document.sentences.push_back(build_sentence(items, range, context));
    document.sentences.back().pause_after_s = parts_->pause_after(range.end);
  }
  limit_warnings(document.warnings);
  return document;
}

Break FrontEnd::break_at(std::string_view utf8, size_t at) const {
  const CleanText clean = clean_text(utf8);
  std::vector<TextWarning> unheard;
  const std::vector<Item> items = parts_->normaliser.run(clean, *parts_->lexicon, unheard);
  const auto behind = std::find_if(items.begin(), items.end(), [&](const Item& item) {
    return clean.span(item.begin, item.end).begin >= at;
  });
  if (behind == items.begin() || behind == items.end()) return Break::kNone;
  const Item& before = *(behind - 1);
  if (clean.span(before.begin, before.end).end > at) return Break::kNone;
  if (behind->kind == ItemKind::kPause) return Break::kNone;
  if (behind->kind == ItemKind::kParagraph) return Break::kParagraph;
  // "in the U.S. He": read alone, the dot would not be the full stop.
  if (before.kind != ItemKind::kMark) return Break::kNone;
  const auto last = static_cast<size_t>(behind - items.begin());
  for (const SentenceRange& range :
       split_sentences(items, language_for(parts_->options.language).conjunctions)) {
    if (range.last == last && range.end != SentenceEnd::kTooLong) return Break::kSentence;
  }
  const bool clause = is_clause_mark(before) && behind->kind == ItemKind::kWord;
  return clause ? Break::kClause : Break::kNone;
}

bool FrontEnd::begins_paragraph(std::string_view utf8) {
  const CleanText clean = clean_text(utf8);
  return clean.text.length() > 0 && next_token(clean.text, 0).kind == TokenKind::kParagraph;
}

}  // namespace tts
