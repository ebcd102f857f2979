// Plain text through the whole front end; the first byte picks the language.
#include <cmath>
#include <set>

#include "tests/fuzz/spans.h"
#include "text/format.h"
#include "text/front_end.h"
#include "text/normalise/markup.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

const FrontEnd& front_end(char choice) {
  static const std::vector<std::unique_ptr<FrontEnd>> all = [] {
    std::vector<std::unique_ptr<FrontEnd>> made;
    for (const char* language : {"en-us", "de", "nl", "fr-fr"}) {
      FrontEndOptions options;
      options.language = language;
      made.push_back(std::make_unique<FrontEnd>(options));
    }
    return made;
  }();
  return *all[static_cast<unsigned char>(choice) % all.size()];
}

bool is_phone(const std::string& symbol) {
  static const std::set<std::string> others = {
      kSilence, kWordBoundary, kPause, ",", ".", "?", "!", ";", ":", "…", "—"};
  return others.count(symbol) == 0;
}

void check_symbols(const Sentence& sentence) {
  const auto& symbols = sentence.symbols;
  require(
      symbols.size() >= 2 && symbols.front().phone == kSilence && symbols.back().phone == kSilence,
      "a sentence without silence at its ends");
  for (const Symbol& symbol : symbols) {
    require(!symbol.phone.empty(), "a symbol without phone");
    require(is_phone(symbol.phone) == (symbol.word >= 0), symbol.phone, " in a word, or beside");
    require(symbol.word >= -1 && symbol.word < static_cast<int>(sentence.words.size()),
            "a symbol of a word that is not there");
    require((symbol.phone == kPause) == (symbol.pause_s >= 0) && symbol.pause_s <= kMaxPauseS,
            "a pause of ",
            symbol.pause_s,
            " s at a symbol ",
            symbol.phone);
    require(attribute_id(symbol) >= 0 && attribute_id(symbol) < kAttributeCount, "an attribute");
  }
}

void check_words(const Sentence& sentence, const SpanCheck& check) {
  size_t begin = sentence.span.begin, symbol = 0;
  for (const Word& word : sentence.words) {
    check(word.span, "word");
    require(word.span.begin < word.span.end, "a word of no bytes");
    require(word.span.begin >= begin && word.span.end <= sentence.span.end,
            "a word before the one before it or outside its sentence");
    begin = word.span.begin;
    require(word.written == check.slice(word.span), "a word that is not what was written");
    require(word.first_symbol >= symbol, "symbols of two words");
    symbol = word.first_symbol + word.symbol_count;
    require(symbol <= sentence.symbols.size(), "a word beyond the symbols");
  }
}

}  // namespace

TTS_FUZZ_TARGET(text, 60, ) {
  if (bytes.empty()) return;
  const std::string_view text = bytes.substr(1);
  const SpanCheck check(text);
  const Document document = front_end(bytes[0]).process(text);
  size_t begin = 0;
  for (const Sentence& sentence : document.sentences) {
    check(sentence.span, "sentence");
    require(sentence.span.begin >= begin, "a sentence before the one before it");
    begin = sentence.span.end;
    require(std::isfinite(sentence.pause_after_s) && sentence.pause_after_s >= 0, "a pause");
    check_words(sentence, check);
    check_symbols(sentence);
  }
  for (const TextWarning& warning : document.warnings) check(warning.span, "warning");
  // JSON takes as long as all the rest: of one text in eight.
  if (text.size() % 8 == 0) require(!document_to_json(document).dump().empty(), "no JSON");
}
