#include "text/front_end.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <thread>

#include "tests/test.h"
#include "text/format.h"

using namespace tts;

namespace {

Document english(const std::string& text) {
  static const FrontEnd front_end({});
  return front_end.process(text);
}

}  // namespace

TEST_CASE("a sentence becomes symbols") {
  const Document document = english("The old clock struck ten, and the guests began to leave.");
  REQUIRE(document.sentences.size() == 1);
  const Sentence& sentence = document.sentences[0];
  CHECK(phonemes_of(sentence) ==
        "ðɪ | ˈoʊld | klˈɑːk | stɹˈʌk | tˈɛn , ænd | ðə | ɡˈɛsts | bɪɡˈæn | tə | lˈiːv .");
  const Symbol& diphthong = sentence.symbols[4];
  CHECK(diphthong.phone == "oʊ");
  CHECK(diphthong.stress == 2);
  CHECK(diphthong.word == 1);
  CHECK(!diphthong.word_end);
  CHECK(sentence.symbols[6].word_end);
  CHECK(sentence.symbols[6].phone == "d");
}

TEST_CASE("one span covers the words that espeak-ng merges") {
  const Document document = english("The end of the day.");
  REQUIRE(document.sentences[0].words.size() == 4);
  const Word& merged = document.sentences[0].words[2];
  CHECK(merged.written == "of the");
  CHECK(merged.spoken == "of the");
  CHECK(merged.span.begin == 8);
  CHECK(merged.span.end == 14);
}

TEST_CASE("spans count the caller's bytes, not the cleaned ones") {
  const std::string text = "\xef\xbb\xbf“cafe\xcc\x81” ﬁn";
  const Document document = english(text);
  REQUIRE(document.sentences.size() == 1);
  REQUIRE(document.sentences[0].words.size() == 2);
  CHECK(document.sentences[0].words[0].written == "cafe\xcc\x81");
  CHECK(document.sentences[0].words[0].spoken == "café");
  CHECK(document.sentences[0].words[1].written == "ﬁn");
  CHECK(document.sentences[0].words[1].spoken == "fin");
}

TEST_CASE("the strongest of several marks is heard, and none at the start") {
  CHECK(phonemes_of(english("— Hi there.").sentences.at(0)).find("hˈaɪ") == 0);
  const auto first = english("Oh, — no?!").sentences.at(0);
  CHECK(phonemes_of(first) == "ˈoʊ — nˈoʊ ?");
}

TEST_CASE("skipped characters are reported with their span") {
  const std::string text = "The word 中文 and Привет here.";
  const Document document = english(text);
  REQUIRE(document.warnings.size() == 2);
  CHECK(document.warnings[0].message ==
        "skipped U+4E2D and 1 more (Han): no phonemes in language en-us");
  CHECK(text.substr(document.warnings[0].span.begin, 6) == "中文");
  CHECK(document.warnings[1].message.find("Cyrillic") != std::string::npos);
  REQUIRE(document.sentences.size() == 1);
  CHECK(document.sentences[0].spoken == "The word and here.");
}

TEST_CASE("a word of several scripts is read one script at a time") {
  const Document rays = english("A γ-ray of 5 or uϚʊ, ABC漢字, x̂.");
  std::vector<std::string> written;
  for (const Word& word : rays.sentences.at(0).words) written.push_back(word.written);
  CHECK(written ==
        std::vector<std::string>{"A", "γ", "ray", "of", "5", "or", "u", "Ϛ", "ʊ", "ABC", "x̂"});
  REQUIRE(rays.warnings.size() == 1);
  CHECK(rays.warnings[0].message ==
        "skipped U+6F22 and 1 more (Han): no phonemes in language en-us");
  // A mark of no script does not take a foreign letter along.
  const Document mark = english("ˏϏ.");
  REQUIRE(mark.warnings.size() == 1);
  CHECK(mark.warnings[0].message.find("skipped U+03CF (Greek)") == 0);
  // Nor does a rule that passes on what it met.
  CHECK(english("@ϜϜ").sentences.at(0).symbols.size() ==
        english("@").sentences.at(0).symbols.size());
}

TEST_CASE("a language without number rules says so once") {
  FrontEndOptions options;
  options.language = "fr";
  const FrontEnd french(options);
  const Document document = french.process("Le 3 mai, 5 % de 20.");
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].message.find("no number rules for \"fr\"") == 0);
  CHECK(document.warnings[0].span.begin == 3);
  CHECK(french.process("Le mois de mai.").warnings.empty());
}

TEST_CASE("markup that is neither phonemes nor a pause is reported") {
  CHECK(english("One [[pause soon]] two.").warnings.size() == 1);
  CHECK(english("One [[TODO]] two.").warnings.size() == 1);
}

TEST_CASE("four threads give the same as one") {
  const std::vector<std::string> languages = {"en-us", "de", "nl", "en-us"};
  const std::string text =
      "Dr. Smith has 42 e-mails of the team in 1984, e.g. the record. Wait [[pause 1s]] here!";
  const auto run = [&](const std::string& language) {
    FrontEndOptions options;
    options.language = language;
    const FrontEnd front_end(options);
    std::string out;
    for (int i = 0; i < 20; ++i) out += document_to_json(front_end.process(text)).dump();
    return out;
  };
  std::vector<std::string> together(4), alone(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < 4; ++i) threads.emplace_back([&, i] { together[i] = run(languages[i]); });
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < 4; ++i) alone[i] = run(languages[i]);
  CHECK(together == alone);
}

#ifdef __GLIBC__
TEST_CASE("changing the language over and over keeps no memory") {
  const FrontEnd english_(FrontEndOptions{});
  FrontEndOptions options;
  options.language = "de";
  const FrontEnd german(options);
  const auto speak = [&](int times) {
    for (int i = 0; i < times; ++i) {
      english_.process("one");
      german.process("eins");
    }
    return mallinfo2().uordblks;
  };
  const size_t before = speak(20);
  CHECK(speak(400) < before + 100'000);  // espeak-ng alone would keep 1.3 KB of each change
}
#endif

TEST_CASE("a document as text and JSON") {
  const std::string text = "It costs $5. \xff";
  const Document document = english(text);
  const std::string table = document_to_text(document);
  CHECK(table.find("five dollars") != std::string::npos);
  CHECK(table.find("9–11") != std::string::npos);
  CHECK(table.find("warning [13, 14): skipped bytes that are no UTF-8") != std::string::npos);
  const nlohmann::json json = document_to_json(document);
  CHECK(json["sentences"][0]["words"][2]["written"] == "$5");
  CHECK(json["sentences"][0]["words"][2]["span"] == nlohmann::json({9, 11}));
  CHECK(json["sentences"][0]["symbols"][0]["phone"] == kSilence);
  CHECK(json["warnings"].size() == 1);
}
