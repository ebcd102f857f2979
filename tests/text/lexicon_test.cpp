#include "text/lexicon.h"

#include <fstream>

#include "core/error.h"
#include "tests/messages.h"
#include "tests/test.h"
#include "text/format.h"
#include "text/front_end.h"

using namespace tts;

namespace {

std::string write_file(const std::string& name, const std::string& content) {
  const std::string path = std::string(TTS_BINARY_DIR) + "/" + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

FrontEndOptions with_lexicon(const std::string& path) {
  FrontEndOptions options;
  options.lexicon = std::make_shared<const Lexicon>(std::vector<std::string>{path});
  return options;
}

}  // namespace

TEST_CASE("later entries win, capitals matter only when written so") {
  Lexicon lexicon({write_file("a.tsv", "# names\n\ntomato\ttəmˈeɪtoʊ\nTomato\ttəmˈɑːtoʊ\n"),
                   write_file("b.tsv", "Polish\tpˈoʊlɪʃ\npolish\tpˈɑːlɪʃ\r\n")});
  CHECK(lexicon.find("TOMATO") == "təmˈɑːtoʊ");
  CHECK(lexicon.find("Polish") == "pˈoʊlɪʃ");
  CHECK(lexicon.find("polish") == "pˈɑːlɪʃ");
  CHECK(lexicon.find("other").empty());
}

TEST_CASE("errors name the file and the line") {
  const auto message = [](const std::string& content) -> std::string {
    const std::string path = write_file("bad.tsv", content);
    try {
      Lexicon lexicon({path});
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::kInput);
      return error.what();
    }
    return "";
  };
  CHECK(message("a\tə\nno tab here\n").find("bad.tsv:2: ") != std::string::npos);
  CHECK(message("\tə\n").find("empty") != std::string::npos);
  CHECK(message("word\t \n").find("no phones") != std::string::npos);
  CHECK(message("word\tə\tə\n").find("more than one tab") != std::string::npos);
  CHECK(message("w\xff\tə\n").find("UTF-8") != std::string::npos);
  CHECK_THROWS_WITH_AS(Lexicon({"/nowhere/x.tsv"}), doctest::Contains("/nowhere/x.tsv"), Error);
}

TEST_CASE("an entry replaces espeak-ng's pronunciation in its sentence") {
  const FrontEnd front_end(with_lexicon(write_file("c.tsv", "tomato\ttəˈmɑːtəʊ\n")));
  const Document document = front_end.process("A tomato, please.");
  REQUIRE(document.sentences.size() == 1);
  CHECK(phonemes_of(document.sentences[0]).find("təmˈɑːtəʊ ,") != std::string::npos);
}

TEST_CASE("an entry holds where espeak-ng merges words") {
  const FrontEnd front_end(with_lexicon(write_file("d.tsv", "the\tθˈʌ\n")));
  const Document document = front_end.process("The end of the day.");
  REQUIRE(document.sentences.size() == 1);
  REQUIRE(document.sentences[0].words.size() == 5);
  CHECK(document.sentences[0].words[2].written == "of");
  CHECK(phonemes_of(document.sentences[0]).find("ʌv | θˈʌ | dˈeɪ .") != std::string::npos);
}

TEST_CASE("without espeak-ng, [[ipa]] and the lexicon still speak and other words say why not") {
  FrontEndOptions options = with_lexicon(write_file("e.tsv", "hello\thəlˈoʊ\n"));
  options.espeak_library = "libno-such-espeak.so";
  const FrontEnd front_end(options);
  const Document document = front_end.process("Hello [[wˈɜːld]]!");
  REQUIRE(document.sentences.size() == 1);
  CHECK(phonemes_of(document.sentences[0]) == "həlˈoʊ | wˈɜːld !");
  CHECK_THROWS_WITH_AS(
      front_end.process("Hello there"), doctest::Contains("apt install espeak-ng"), Error);
}

TEST_CASE(
    "entries that a text must not be taken apart for: several tokens, capitals, the longest") {
  FrontEndOptions options;
  auto lexicon = std::make_shared<Lexicon>();
  lexicon->read(
      "New York\tnuː jˈɔːɹk\nNew York City\tnˈuː "
      "sˈɪɾi\nW3C\twˈiː\nNBA\tnˈɑːbə\nus\tˈʌs\n3D\tθɹˈiː\n",
      "test");
  options.lexicon = lexicon;
  const FrontEnd front_end(options);
  const auto phones = [&](const std::string& text) {
    const Document document = front_end.process(text);
    return document.sentences.empty() ? "" : phonemes_of(document.sentences[0]);
  };
  CHECK(phones("New  york") == "nuː | jˈɔːɹk");
  CHECK(phones("new york city") == "nˈuː | sˈɪɾi");
  CHECK(phones("w3c 3D") == "wˈiː | θɹˈiː");
  CHECK(phones("NBA") == "nˈɑːbə");
  CHECK(phones("nba") != "nˈɑːbə");
  CHECK(phones("Nba") != "nˈɑːbə");
  CHECK(phones("US") != "ˈʌs");
  CHECK(phones("us") == "ˈʌs");
  CHECK(phones("13D") != phones("3D"));
  const Document document = front_end.process("In New York.");
  REQUIRE(document.sentences.at(0).words.size() == 2);
  CHECK(document.sentences[0].words[1].written == "New York");
}

TEST_CASE("the text of a lexicon stands where its file could") {
  const Lexicon lexicon({write_file("f.tsv", "one\ta\ntwo\ta\n"),
                         "two\to",
                         "<lexicon alphabet='ipa'><lexeme><grapheme>three</grapheme>"
                         "<phoneme>u</phoneme></lexeme></lexicon>"});
  CHECK(lexicon.find("one") == "a");
  CHECK(lexicon.find("two") == "o");
  CHECK(lexicon.find("three") == "u");
  CHECK(message_of(ErrorCode::kInput, [] { Lexicon({"one\ta\ntwo\n"}); }) ==
        "lexicon:2: expected word<TAB>ipa, found no tab");
  CHECK(contains_text(message_of(ErrorCode::kInput, [] { Lexicon({"no such file.tsv"}); }),
                      "cannot be opened"));
}

TEST_CASE("a lexicon is read up to a size") {
  const std::string path = write_file("endless.tsv", std::string(kMaxLexiconBytes + 1, '#'));
  CHECK_THROWS_WITH_AS(Lexicon({path}), doctest::Contains("a lexicon of more than"), Error);
}
