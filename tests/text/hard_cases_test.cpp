// Text that is hard to read aloud: hard_cases.tsv, one case per line:
//   language, text, spoken form, phonemes, written words (what each word's span must slice to).
// Sentences are separated by " / ", written words by "¦", "\n" is a line break.
#include <fstream>
#include <map>
#include <memory>

#include "tests/test.h"
#include "text/format.h"
#include "text/front_end.h"

using namespace tts;

namespace {

std::vector<std::string> fields_of(const std::string& line, char separator) {
  std::vector<std::string> fields(1);
  for (char c : line) {
    if (c == separator) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::string unescaped(std::string text) {
  for (size_t at = 0; (at = text.find("\\n", at)) != text.npos;) text.replace(at, 2, "\n");
  return text;
}

struct Result {
  std::string spoken, phonemes, written;
};

Result result_of(const Document& document, const std::string& text) {
  Result out;
  for (const Sentence& sentence : document.sentences) {
    out.spoken += (out.spoken.empty() ? "" : " / ") + sentence.spoken;
    out.phonemes += (out.phonemes.empty() ? "" : " / ") + phonemes_of(sentence);
    for (const Word& word : sentence.words) {
      const std::string slice = text.substr(word.span.begin, word.span.end - word.span.begin);
      CHECK(slice == word.written);
      out.written += (out.written.empty() ? "" : "¦") + slice;
    }
  }
  return out;
}

const FrontEnd& front_end_for(const std::string& language) {
  static std::map<std::string, std::unique_ptr<FrontEnd>> known;
  auto& front_end = known[language];
  if (!front_end) {
    FrontEndOptions options;
    options.language = language;
    front_end = std::make_unique<FrontEnd>(options);
  }
  return *front_end;
}

void check_symbols(const Sentence& sentence) {
  REQUIRE(sentence.symbols.size() >= 2);
  CHECK(sentence.symbols.front().phone == kSilence);
  CHECK(sentence.symbols.back().phone == kSilence);
  for (size_t w = 0; w < sentence.words.size(); ++w) {
    const Word& word = sentence.words[w];
    REQUIRE(word.symbol_count > 0);
    REQUIRE(word.first_symbol + word.symbol_count < sentence.symbols.size());
    CHECK(sentence.symbols[word.first_symbol].word == static_cast<int>(w));
    CHECK(sentence.symbols[word.first_symbol + word.symbol_count - 1].word_end);
  }
}

}  // namespace

TEST_CASE("hard cases") {
  std::ifstream in(std::string(TTS_SOURCE_DIR) + "/tests/text/hard_cases.tsv");
  REQUIRE(in);
  int cases = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto fields = fields_of(line, '\t');
    REQUIRE_MESSAGE(fields.size() == 5, line);
    CAPTURE(line);
    const std::string text = unescaped(fields[1]);
    const Document document = front_end_for(fields[0]).process(text);
    const Result result = result_of(document, text);
    CHECK(result.spoken == fields[2]);
    CHECK(result.phonemes == fields[3]);
    CHECK(result.written == unescaped(fields[4]));
    for (const Sentence& sentence : document.sentences) check_symbols(sentence);
    ++cases;
  }
  CHECK(cases >= 200);
}
