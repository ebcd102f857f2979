// Whatever the bytes, no crash, and every span slices the caller's text.
#include <random>

#include "core/error.h"
#include "tests/test.h"
#include "text/format.h"
#include "text/front_end.h"

using namespace tts;

namespace {

const FrontEnd& english_front_end() {
  static const FrontEnd front_end({});
  return front_end;
}

Document checked(const std::string& text) {
  const Document document = english_front_end().process(text);
  for (const Sentence& sentence : document.sentences) {
    CHECK(sentence.span.begin <= sentence.span.end);
    CHECK(sentence.span.end <= text.size());
    for (const Word& word : sentence.words) {
      REQUIRE(word.span.begin < word.span.end);
      REQUIRE(word.span.end <= text.size());
      CHECK(word.written == text.substr(word.span.begin, word.span.end - word.span.begin));
    }
  }
  for (const TextWarning& warning : document.warnings) CHECK(warning.span.end <= text.size());
  CHECK(!document_to_json(document).dump().empty());
  return document;
}

}  // namespace

TEST_CASE("empty text and white space have no sentences") {
  CHECK(checked("").sentences.empty());
  CHECK(checked(" \n\n\t ").sentences.empty());
}

TEST_CASE("an empty language is refused") {
  FrontEndOptions options;
  options.language = "";
  CHECK_THROWS_WITH(FrontEnd{options}, doctest::Contains("the language is empty"));
}

TEST_CASE("only punctuation is a short silence") {
  for (const char* text : {"...", "?!", "—", ",", "\"\"."}) {
    const Document document = checked(text);
    REQUIRE(document.sentences.size() == 1);
    CHECK(document.sentences[0].words.empty());
    REQUIRE(document.sentences[0].symbols.size() == 2);
    CHECK(document.sentences[0].symbols[0].phone == kSilence);
  }
}

TEST_CASE("bytes that are no UTF-8 are skipped with a warning") {
  const std::string text = "good \xff\xfe\xc3 morning \xe2\x82";
  const Document document = checked(text);
  REQUIRE(document.sentences.size() == 1);
  REQUIRE(document.sentences[0].words.size() == 2);
  CHECK(document.sentences[0].words[1].written == "morning");
  REQUIRE(document.warnings.size() == 2);
  CHECK(document.warnings[0].span.begin == 5);
  CHECK(document.warnings[0].span.end == 8);
  CHECK(document.warnings[1].span.end == text.size());
}

TEST_CASE("NUL bytes and control characters part words") {
  const std::string text("one\0two\x07three\x1b", 14);
  const Document document = checked(text);
  REQUIRE(document.sentences.size() == 1);
  CHECK(document.sentences[0].spoken == "one two three");
  CHECK(document.warnings.size() == 3);
}

TEST_CASE("the span of the warnings that are left out covers them") {
  std::string text = "中 ";  // warned of after the bytes that are no UTF-8
  for (int i = 0; i < 210; ++i) text += "a \xff ";
  const Document document = checked(text);
  REQUIRE(document.warnings.size() == 201);
  CHECK(document.warnings.back().span.begin == 0);
  CHECK(document.warnings.back().span.end == text.size() - 1);
}

TEST_CASE("random bytes") {
  std::mt19937 random(7);
  const std::string alphabet =
      "aeB 1.,-$'[]\n\xc3\xa9\xf0\x9f\x98\x80\xe2\x80\x8d\xef\xb8\x8f\xcc\x81#@/:%";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      text.push_back(round % 2 ? static_cast<char>(random() & 0xff)
                               : alphabet[random() % alphabet.size()]);
    }
    checked(text);
  }
}

TEST_CASE("one megabyte") {
  std::string text;
  while (text.size() < 1000000)
    text += "The old clock struck ten, and the 12 guests began to leave. ";
  const Document document = english_front_end().process(text);
  CHECK(document.sentences.size() > 16000);
  CHECK(document.sentences.back().words.back().written == "leave");
}

TEST_CASE("one word of a hundred kilobytes, and as many brackets") {
  checked(std::string(100000, 'a'));
  checked(std::string(100000, '['));
  checked(std::string(100000, '1'));
  std::string letters;
  for (int i = 0; i < 30000; ++i) letters += "a.";
  checked(letters);
}

TEST_CASE("an unknown language is an error that names it") {
  FrontEndOptions options;
  options.language = "xx-klingon";
  CHECK_THROWS_WITH_AS(FrontEnd(options).process("hello"), doctest::Contains("xx-klingon"), Error);
}
