#include "tests/test.h"
#include "text/front_end.h"

using namespace tts;

namespace {

// The sentences of a text whose words need no phonemes of espeak-ng to be told apart.
std::vector<std::string> sentences(const std::string& text, const std::string& language = "en-us") {
  FrontEndOptions options;
  options.language = language;
  std::vector<std::string> out;
  const FrontEnd front_end(options);
  for (const Sentence& sentence : front_end.process(text).sentences) {
    out.push_back(text.substr(sentence.span.begin, sentence.span.end - sentence.span.begin));
  }
  return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("abbreviations and decimals end no sentence") {
  CHECK(sentences("Dr. Smith, e.g. today, has 3.5 of them. Good.") ==
        Strings{"Dr. Smith, e.g. today, has 3.5 of them.", "Good."});
  CHECK(sentences("Das ist z. B. gut. Ja.", "de") == Strings{"Das ist z. B. gut.", "Ja."});
  CHECK(sentences("Dat is o.a. goed. Ja.", "nl") == Strings{"Dat is o.a. goed.", "Ja."});
}

TEST_CASE("marks that end a sentence") {
  CHECK(sentences("Who? Me! Fine… Yes.").size() == 4);
  CHECK(sentences("Wait... what? no way").size() == 2);
  CHECK(sentences("all small letters. no capitals here. fine").size() == 3);
  CHECK(sentences("He asked \"Why?\" and left.").size() == 1);
}

TEST_CASE("an empty line ends a paragraph, a single one does not") {
  CHECK(sentences("Title\n\nThe text\ngoes on").size() == 2);
  const Document document = FrontEnd({}).process("One.\n\nTwo. Three.");
  REQUIRE(document.sentences.size() == 3);
  CHECK(document.sentences[0].pause_after_s > document.sentences[1].pause_after_s);
  CHECK(document.sentences[1].pause_after_s == doctest::Approx(0.25));
}

TEST_CASE("a sentence without end is cut at a sensible place") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "red green blue and ";
  const auto parts = sentences(text + "gold");
  CHECK(parts.size() >= 4);
  for (size_t i = 1; i < parts.size(); ++i) CHECK(parts[i].substr(0, 4) == "and ");
  std::string plain;
  for (int i = 0; i < 150; ++i) plain += "go ";
  CHECK(sentences(plain).size() >= 3);
}

TEST_CASE("a pause between sentences is exactly the one asked for") {
  const Document document = FrontEnd({}).process("One. [[pause 1.5s]] Two.");
  REQUIRE(document.sentences.size() == 2);
  CHECK(document.sentences[0].pause_after_s == doctest::Approx(1.5));
  const Document inside = FrontEnd({}).process("One [[pause 400ms]] two.");
  REQUIRE(inside.sentences.size() == 1);
  bool found = false;
  for (const Symbol& symbol : inside.sentences[0].symbols) {
    if (symbol.phone == kPause) found = symbol.pause_s == doctest::Approx(0.4);
  }
  CHECK(found);
}

namespace {

// The sentences of a text, each with a bar before a paragraph's pause.
std::string parted(const std::string& text, const std::string& language = "en-us") {
  FrontEndOptions options;
  options.language = language;
  std::string out;
  for (const Sentence& s : FrontEnd(options).process(text).sentences) {
    out += text.substr(s.span.begin, s.span.end - s.span.begin);
    out += s.pause_after_s > 0.5 ? " | " : " / ";
  }
  return out;
}

}  // namespace

TEST_CASE("a short line before a capital has its pause") {
  CHECK(parted("Chapter One\nIt was a dark night.") == "Chapter One | It was a dark night. | ");
  CHECK(parted("four fruits:\nApple\nBanana\nOrange") ==
        "four fruits: | Apple | Banana | Orange | ");
  CHECK(parted("Best wishes\nBob") == "Best wishes | Bob | ");
  CHECK(parted("Jane Smith\n12 Elm Street\nSpringfield") ==
        "Jane Smith | 12 Elm Street | Springfield | ");
  CHECK(parted("The woods are lovely, dark and deep\nBut I have promises to keep") ==
        "The woods are lovely, dark and deep | But I have promises to keep | ");
  CHECK(parted("Kapitel Eins\nEs war dunkel.", "de") == "Kapitel Eins | Es war dunkel. | ");
  CHECK(parted("Hoofdstuk twee\n\"Het was donker.\"", "nl").find("twee | ") != std::string::npos);
}

TEST_CASE("a line's end in prose is a space") {
  for (const char* text : {"It was dark and\nBob came.",    // a small word goes on
                           "They went home,\nBob stayed.",  // the mark says enough
                           "It was\ndark.",                 // no capital
                           "We met Dr.\nSmith in town.",    // an abbreviation
                           "The rain had stopped at last when they had reached the town "
                           "called\nBerlin that night.",  // it was wrapped
                           "a 2\n3"}) {
    CHECK(parted(text) == std::string(text) + " | ");
  }
  CHECK(parted("It ended. Yes\nBob came.") == "It ended. / Yes\nBob came. | ");
}

TEST_CASE("a line before a word that did not fit behind it was wrapped") {
  const std::string line = "Wir sprachen lange über die neueste";
  CHECK(parted(line + "\nBundesausbildungsförderungsgesetzänderung.", "de") ==
        line + "\nBundesausbildungsförderungsgesetzänderung. | ");
  CHECK(parted(line + "\nBank.", "de") == line + " | Bank. | ");
  CHECK(
      parted("Lees meer in het boek getiteld\nArbeidsongeschiktheidsverzekeringsmaatschappij", "nl")
          .find(" | A") == std::string::npos);
  // Wrapped at any width from 60 on, with words of all lengths that begin with a capital.
  std::string words;
  for (int i = 0; i < 55; ++i) words += "W" + std::string(3 + i * 7 % 33, 'o') + " ";
  for (const size_t width : {60, 66, 72, 79, 100}) {
    std::string text;
    size_t column = 0;
    for (size_t at = 0; at < words.size(); at = words.find(' ', at) + 1) {
      const std::string word = words.substr(at, words.find(' ', at) - at);
      const bool wraps = column + 1 + word.size() > width;
      if (at > 0) text += wraps ? "\n" : " ";
      column = (wraps || at == 0 ? 0 : column + 1) + word.size();
      text += word;
    }
    CAPTURE(width);
    CHECK(parted(text) == text + " | ");
  }
}
