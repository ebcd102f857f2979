// What SSML asks, laid on what the front end made of its text.
#include <algorithm>

#include "text/ssml.h"

namespace tts {
namespace {

constexpr double kCutSentencePauseS = 0.06;  // where the language changes within a sentence
constexpr double kMarkedSentencePauseS = 0.25;

const SpeechStyle* style_at(const std::vector<SsmlBlock::Styled>& styles, size_t byte) {
  const auto behind = std::upper_bound(
      styles.begin(), styles.end(), byte, [](size_t at, const auto& s) { return at < s.end; });
  return behind != styles.end() && behind->begin <= byte ? &behind->style : nullptr;
}

void set_styles(const SsmlBlock& block, Sentence& sentence) {
  const auto style_of = [&](const Word& word) {
    const SpeechStyle* style = style_at(block.styles, word.span.begin);
    return style ? *style : SpeechStyle();
  };
  // Silence and marks are as the word before them, the first silence as the first word.
  SpeechStyle last = sentence.words.empty() ? SpeechStyle() : style_of(sentence.words.front());
  for (Symbol& symbol : sentence.symbols) {
    if (symbol.word >= 0) last = style_of(sentence.words[symbol.word]);
    symbol.style = last;
  }
}

void set_pauses(const SsmlBlock& block, Document& document) {
  auto& sentences = document.sentences;
  for (size_t i = 0; i + 1 < sentences.size(); ++i) {
    const auto end =
        std::lower_bound(block.s_ends.begin(), block.s_ends.end(), sentences[i].span.end);
    if (end != block.s_ends.end() && *end <= sentences[i + 1].span.begin)
      sentences[i].pause_after_s = std::min(sentences[i].pause_after_s, kMarkedSentencePauseS);
  }
  if (block.cut_in_sentence && !sentences.empty())
    sentences.back().pause_after_s = kCutSentencePauseS;
}

}  // namespace

std::vector<SsmlBlock::Place> apply_ssml(const SsmlBlock& block,
                                         std::string_view xml,
                                         Document& document) {
  struct Position {
    Sentence* sentence;
    size_t word;
  };
  std::vector<Position> words;
  for (Sentence& sentence : document.sentences) {
    set_styles(block, sentence);
    for (size_t i = 0; i < sentence.words.size(); ++i) words.push_back({&sentence, i});
  }
  set_pauses(block, document);
  std::vector<SsmlBlock::Place> left;
  for (const auto& mark : block.marks) {
    const auto next = std::partition_point(words.begin(), words.end(), [&](const Position& p) {
      return p.sentence->words[p.word].span.begin < mark.at;
    });
    const bool behind = next == words.end() || (mark.behind_previous && next != words.begin());
    if (words.empty()) {
      left.push_back(mark);
    } else {
      const Position& at = behind ? *(next - 1) : *next;
      at.sentence->marks.push_back({mark.name, mark.span, at.word, behind});
    }
  }
  restore_spans(block.text, xml, document);
  return left;
}

}  // namespace tts
