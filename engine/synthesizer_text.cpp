// From text to documents: in pieces, as IPA, as SSML in the voices that it names.
#include "core/error.h"
#include "engine/block_reader.h"
#include "engine/empty_text.h"
#include "engine/ipa_input.h"
#include "engine/synthesizer_session.h"

namespace tts {
namespace {

// From spans in a block to spans in the text that it begins at `offset` of.
void shift_spans(Document& document, size_t offset) {
  const auto shift = [&](ByteSpan& span) { span = {span.begin + offset, span.end + offset}; };
  for (auto& warning : document.warnings) shift(warning.span);
  for (auto& sentence : document.sentences) {
    shift(sentence.span);
    for (auto& word : sentence.words) shift(word.span);
  }
}

MarkupKind markup_of(InputKind kind) {
  if (kind == InputKind::kMarkdown) return MarkupKind::kMarkdown;
  return kind == InputKind::kHtml ? MarkupKind::kHtml : MarkupKind::kPlain;
}

}  // namespace

Document Synthesizer::read(std::string_view text, InputKind kind) const {
  if (is_blank(text)) throw EmptyText();
  if (kind == InputKind::kPlain) return front_ends_->usual().process(text);
  if (kind != InputKind::kIpa) return front_ends_->usual().process(text, markup_of(kind));
  const RewrittenText marked = mark_ipa(text);
  Document document = front_ends_->usual().process(marked.text);
  restore_spans(marked, text, document);
  return document;
}

Break Synthesizer::break_at(InputKind kind, std::string_view text, size_t at) const {
  if (kind != InputKind::kIpa) return front_ends_->usual().break_at(text, at);
  return front_ends_->usual().break_at(mark_ipa(text).text,
                                       mark_ipa(text.substr(0, at)).text.size());
}

void Synthesizer::speak_blocks(BlockReader& reader,
                               const Source& source,
                               Session& session,
                               std::vector<Sentence>& fitted) const {
  const FrontEndOptions& pauses = front_ends_->usual().options();
  for (Block block; reader.next(block);) {
    Document document = read(block.text, source.kind);
    shift_spans(document, block.begin);
    if (source.rewritten) restore_spans(*source.rewritten, source.written, document);
    // It could not know what follows it.
    if (block.end != Break::kParagraph && !document.sentences.empty())
      document.sentences.back().pause_after_s = pauses.sentence_pause_s;
    if (block.new_paragraph) {
      session.placement.lengthen_gap(pauses.paragraph_pause_s);
      if (!fitted.empty()) fitted.back().pause_after_s = pauses.paragraph_pause_s;
    }
    speak_document(document, session, fitted);
  }
}

void Synthesizer::speak_marked(std::string_view text,
                               InputKind kind,
                               Session& session,
                               std::vector<Sentence>& fitted) const {
  const UnmarkedText unmarked = without_markup(text, markup_of(kind));
  for (const auto& warning : unmarked.warnings) session.warn_of_text(warning);
  WholeText whole(unmarked.changed ? std::string_view(unmarked.text.text) : text);
  BlockReader reader(
      whole,
      [&](std::string_view part, size_t at) { return break_at(InputKind::kVerbatim, part, at); },
      options_.duration_s ? 0 : options_.first_clause_words);
  if (!reader.wait_for_text()) throw EmptyText();
  const RewrittenText* rewritten = unmarked.changed ? &unmarked.text : nullptr;
  speak_blocks(reader, {InputKind::kVerbatim, rewritten, text}, session, fitted);
}

void Synthesizer::speak_ssml(std::string_view xml,
                             Session& session,
                             std::vector<Sentence>& fitted) const {
  const Ssml ssml = parse_ssml(xml, language());
  if (ssml.blocks.empty()) throw EmptyText();
  for (const auto& warning : ssml.warnings) session.warn(warning.message, warning.span);
  std::vector<SsmlBlock::Place> waiting;  // marks before the first word
  for (SsmlBlock block : ssml.blocks) {
    for (auto& mark : waiting) mark.at = 0;
    block.marks.insert(block.marks.begin(), waiting.begin(), waiting.end());
    session.has_content |= !block.marks.empty();
    const Synthesizer& speaker = speaker_of(block, session);
    Document document = speaker.front_end_of(block, session).process(block.text.text);
    waiting = apply_ssml(block, xml, document);
    speaker.speak_document(document, session, fitted);
  }
  for (const auto& mark : waiting) session.mark(mark);
}

// The innermost of the voices asked for that can speak.
const Synthesizer& Synthesizer::speaker_of(const SsmlBlock& block, Session& session) const {
  for (auto wanted = block.voices.rbegin(); wanted != block.voices.rend(); ++wanted) {
    try {
      return cast_->speaker(*wanted, *this);
    } catch (const Error& error) {
      const std::string why = error.what();
      if (session.missing.insert(why).second)
        session.warn(why + "; the voice around it speaks on", wanted->span);
    }
  }
  return *this;
}

const FrontEnd& Synthesizer::front_end_of(const SsmlBlock& block, Session& session) const {
  if (block.language.empty()) {
    warn_of_language(language(), session);
    return front_ends_->usual();
  }
  try {
    const FrontEnd& found = front_ends_->of(block.language);
    warn_of_language(found.options().language, session);
    return found;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUsage) throw;
    session.warn(std::string(error.what()) + "; its text is read as " + language(), {});
    return front_ends_->usual();
  }
}

}  // namespace tts
