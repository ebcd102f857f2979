// SSML → blocks of text, and what it asks laid on sentences of words between spaces.
#include <algorithm>
#include <cmath>

#include "tests/fuzz/spans.h"
#include "text/ssml.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

void check_style(const SpeechStyle& style) {
  require(style.rate_ratio >= 0.5 && style.rate_ratio <= 2, "rate ", style.rate_ratio);
  require(std::fabs(style.pitch_semitones) <= 12, "pitch ", style.pitch_semitones);
  require(std::isfinite(style.volume_db) && style.volume_db <= 12, "volume ", style.volume_db);
}

void check_block(const SsmlBlock& block, const SpanCheck& check) {
  const size_t size = block.text.text.size();
  require(block.text.origins.size() == size, "bytes without origin");
  for (const ByteSpan origin : block.text.origins)
    require(origin.begin <= origin.end && origin.end <= check.size(), "an origin outside");
  size_t behind = 0;
  for (const auto& styled : block.styles) {
    require(styled.begin >= behind && styled.begin < styled.end && styled.end <= size, "styles");
    behind = styled.end;
    check_style(styled.style);
  }
  size_t at = 0;
  for (const auto& mark : block.marks) {
    require(mark.at >= at && mark.at <= size, "marks");
    at = mark.at;
    check(mark.span, "mark");
  }
  require(std::is_sorted(block.s_ends.begin(), block.s_ends.end()), "ends of sentences");
  require(block.s_ends.empty() || block.s_ends.back() <= size, "an end behind the text");
}

// What the front end would make of the text, without pronouncing it.
Document sentences_of(const std::string& text) {
  Document document;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = text.find_first_not_of(" \n", at);
    if (begin == text.npos) break;
    const size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    if (document.sentences.empty() || text.substr(at, begin - at).find("\n\n") != text.npos)
      document.sentences.emplace_back();
    Sentence& sentence = document.sentences.back();
    sentence.pause_after_s = 0.6;
    Word word;
    word.span = {begin, end};
    word.first_symbol = sentence.symbols.size();
    word.symbol_count = 1;
    Symbol symbol;
    symbol.phone = "a";
    symbol.word = static_cast<int>(sentence.words.size());
    sentence.symbols.push_back(symbol);
    if (sentence.words.empty()) sentence.span.begin = begin;
    sentence.span.end = end;
    sentence.words.push_back(word);
    at = end;
  }
  return document;
}

void check_laid(const SsmlBlock& block, std::string_view xml, const SpanCheck& check) {
  Document document = sentences_of(block.text.text);
  const bool empty = document.sentences.empty();
  const auto left = apply_ssml(block, xml, document);
  size_t marks = left.size();
  require(empty || left.empty(), "marks left although there are words");
  for (const Sentence& sentence : document.sentences) {
    check(sentence.span, "sentence");
    require(std::isfinite(sentence.pause_after_s) && sentence.pause_after_s >= 0, "a pause");
    for (const Word& word : sentence.words) check(word.span, "word");
    for (const Symbol& symbol : sentence.symbols) check_style(symbol.style);
    for (const Mark& mark : sentence.marks)
      require(mark.word < sentence.words.size(), "a mark at a word that is not there");
    marks += sentence.marks.size();
  }
  require(marks == block.marks.size(), "marks lost");
}

}  // namespace

TTS_FUZZ_TARGET(ssml, 20000, ErrorCode::kInput) {
  const Ssml ssml = parse_ssml(bytes);
  const SpanCheck check(bytes);
  for (const TextWarning& warning : ssml.warnings) check(warning.span, "warning");
  for (const SsmlBlock& block : ssml.blocks) {
    check_block(block, check);
    check_laid(block, bytes, check);
  }
}
