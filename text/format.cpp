#include "text/format.h"

#include <algorithm>

#include "core/classic_stream.h"
#include "core/number_text.h"
#include "text/symbols.h"
#include "text/unicode.h"

namespace tts {
namespace {

nlohmann::json span_json(ByteSpan span) {
  return nlohmann::json::array({span.begin, span.end});
}

// The caller's bytes may be no UTF-8, which JSON cannot hold.
std::string printable(const std::string& text) {
  std::string out = to_utf8(from_utf8(text));
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

int columns(const std::string& text) {
  return from_utf8(text).countChar32();
}

std::string padded(const std::string& text, int width) {
  return text + std::string(std::max(0, width - columns(text)), ' ');
}

nlohmann::json symbol_json(const Symbol& symbol) {
  nlohmann::json out = {{"phone", symbol.phone},
                        {"stress", symbol.stress},
                        {"long", symbol.long_mark},
                        {"word_end", symbol.word_end},
                        {"word", symbol.word}};
  if (symbol.phone == kPause) out["pause_s"] = symbol.pause_s;
  return out;
}

nlohmann::json sentence_json(const Sentence& sentence) {
  nlohmann::json words = nlohmann::json::array(), symbols = nlohmann::json::array();
  for (const Word& word : sentence.words) {
    words.push_back({{"written", printable(word.written)},
                     {"spoken", word.spoken},
                     {"decided_by", word.decided_by},
                     {"span", span_json(word.span)},
                     {"phonemes", phonemes_of(sentence, word.first_symbol, word.symbol_count)}});
  }
  for (const Symbol& symbol : sentence.symbols) symbols.push_back(symbol_json(symbol));
  return {{"spoken", sentence.spoken},
          {"language", sentence.language},
          {"span", span_json(sentence.span)},
          {"phonemes", phonemes_of(sentence)},
          {"pause_after_s", sentence.pause_after_s},
          {"words", words},
          {"symbols", symbols}};
}

}  // namespace

std::string phonemes_of(const Sentence& sentence, size_t first, size_t count) {
  std::string out;
  for (size_t i = first; i < first + count && i < sentence.symbols.size(); ++i) {
    const Symbol& symbol = sentence.symbols[i];
    if (symbol.phone == kSilence) continue;
    if (symbol.word >= 0) {
      out += ipa_from_symbol(symbol);
      continue;
    }
    if (!out.empty() && out.back() != ' ') out.push_back(' ');
    out += symbol.phone;
    if (symbol.phone == kPause) {
      out += short_text(symbol.pause_s);
    }
    out.push_back(' ');
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string phonemes_of(const Sentence& sentence) {
  return phonemes_of(sentence, 0, sentence.symbols.size());
}

std::string document_to_text(const Document& document, bool explain) {
  ClassicOutput out;
  for (size_t i = 0; i < document.sentences.size(); ++i) {
    const Sentence& sentence = document.sentences[i];
    out << "sentence " << i + 1 << " [" << sentence.span.begin << ", " << sentence.span.end << ") "
        << sentence.language << ", then " << sentence.pause_after_s << " s\n";
    out << "  spoken    " << sentence.spoken << "\n  phonemes  " << phonemes_of(sentence) << "\n";
    int written = 8, spoken = 8;
    for (const Word& word : sentence.words) {
      written = std::max(written, std::min(30, columns(printable(word.written))));
      spoken = std::max(spoken, std::min(40, columns(word.spoken)));
    }
    for (const Word& word : sentence.words) {
      const std::string bytes =
          std::to_string(word.span.begin) + "–" + std::to_string(word.span.end);
      out << "  " << padded(bytes, 12) << padded(printable(word.written), written) << "  "
          << padded(word.spoken, spoken) << "  "
          << phonemes_of(sentence, word.first_symbol, word.symbol_count)
          << (explain ? "  (" + word.decided_by + ")" : "") << "\n";
    }
  }
  for (const TextWarning& warning : document.warnings) {
    out << "warning [" << warning.span.begin << ", " << warning.span.end << "): " << warning.message
        << "\n";
  }
  return out.str();
}

nlohmann::json document_to_json(const Document& document) {
  nlohmann::json sentences = nlohmann::json::array(), warnings = nlohmann::json::array();
  for (const Sentence& sentence : document.sentences) sentences.push_back(sentence_json(sentence));
  for (const TextWarning& warning : document.warnings) {
    warnings.push_back({{"message", warning.message}, {"span", span_json(warning.span)}});
  }
  return {{"sentences", sentences}, {"warnings", warnings}};
}

}  // namespace tts
