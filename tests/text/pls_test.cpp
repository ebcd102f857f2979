#include "text/pls.h"

#include "core/error.h"
#include "tests/messages.h"
#include "tests/test.h"
#include "text/format.h"
#include "text/front_end.h"

using namespace tts;

namespace {

std::string pls(const std::string& inside, const std::string& attributes = "alphabet='ipa'") {
  return "<?xml version='1.0'?>\n<lexicon version='1.0' " + attributes + ">\n" + inside +
         "\n</lexicon>";
}

Lexicon read(const std::string& xml) {
  Lexicon lexicon;
  lexicon.read(xml, "names.pls");
  return lexicon;
}

std::string complaint(const std::string& xml) {
  return message_of(ErrorCode::kInput, [&] { read(xml); });
}

std::string phones(const std::string& xml,
                   const std::string& text,
                   const std::string& language = "en-us") {
  FrontEndOptions options;
  options.language = language;
  options.lexicon = std::make_shared<const Lexicon>(read(xml));
  return phonemes_of(FrontEnd(options).process(text).sentences.at(0));
}

const std::string kTomato = "<lexeme><grapheme>tomato</grapheme><phoneme>tə</phoneme></lexeme>";

}  // namespace

TEST_CASE("PLS: every grapheme gets the first phoneme, or the one that is preferred") {
  const Lexicon lexicon =
      read(pls("<meta name='a' content='b'/><lexeme><grapheme> colour </grapheme>"
               "<grapheme>color</grapheme><phoneme>kˈʌl&#601;</phoneme><phoneme>x</phoneme>"
               "<example>A colour.</example></lexeme><lexeme><grapheme>data</grapheme>"
               "<phoneme>dˈæɾə</phoneme><phoneme prefer='true'>dˈeɪɾə</phoneme>"
               "<phoneme prefer='true'>x</phoneme></lexeme>"));
  CHECK(lexicon.find("colour") == "kˈʌlə");
  CHECK(lexicon.find("color") == "kˈʌlə");
  CHECK(lexicon.find("data") == "dˈeɪɾə");
  CHECK(lexicon.warnings().empty());
}

TEST_CASE("PLS: an alias is read as a text of its own, without going in circles") {
  const std::string w3c =
      pls("<lexeme><grapheme>W3C</grapheme><alias>World Wide Web, 2 W3C</alias></lexeme>");
  CHECK(phones(w3c, "W3C") == phones(pls(""), "World Wide Web, two W3C"));
  const std::string kg =
      pls("<lexeme><grapheme>kg</grapheme><alias>kilo</alias></lexeme>"
          "<lexeme><grapheme>US</grapheme><alias>them</alias></lexeme>");
  CHECK(phones(kg, "kg") == phones(pls(""), "kilo"));
  CHECK(phones(kg, "US") == phones(pls(""), "them"));
  CHECK(phones(kg, "us") == phones(pls(""), "us"));
  // What comes later wins, alias or not.
  const std::string later =
      pls("<lexeme><grapheme>kg</grapheme><alias>kilo</alias></lexeme>"
          "<lexeme><grapheme>kg</grapheme><phoneme>kˈɑː</phoneme></lexeme>");
  CHECK(phones(later, "kg") == "kˈɑː");
}

TEST_CASE("PLS: a lexicon holds in its language") {
  const std::string german = pls(kTomato, "alphabet='ipa' xml:lang='de-AT'");
  CHECK(read(german).find("tomato", "de") == "tə");
  CHECK(read(german).find("tomato", "en-us").empty());
  CHECK(phones(german, "tomato") == phones(pls(""), "tomato"));
  CHECK(phones(german, "Tomato", "de") == "tə");
}

TEST_CASE("PLS: X-SAMPA") {
  const Lexicon lexicon =
      read(pls("<lexeme><grapheme>hello</grapheme><phoneme>h@\"l@U</phoneme></lexeme>"
               "<lexeme><grapheme>bird</grapheme><phoneme alphabet='ipa'>bɜːd</phoneme></lexeme>",
               "alphabet='x-sampa'"));
  CHECK(lexicon.find("hello") == "həˈləʊ");
  CHECK(lexicon.find("bird") == "bɜːd");
  CHECK(contains_text(complaint(pls("<lexeme><grapheme>a</grapheme><phoneme>$</phoneme></lexeme>",
                                    "alphabet='x-sampa'")),
                      "<phoneme> \"$\" is not x-sampa"));
}

TEST_CASE("PLS: what is not followed is named once") {
  const auto warnings =
      read(pls("<lexeme role='a:b'><grapheme>a</grapheme><phoneme>a</phoneme></lexeme>"
               "<lexeme role='a:c'><grapheme>b</grapheme><phoneme>b</phoneme></lexeme>\n<x/>"))
          .warnings();
  REQUIRE(warnings.size() == 2);
  CHECK(contains_text(warnings[0], "names.pls, line 3, column 2: <lexeme> has a role"));
  CHECK(contains_text(warnings[1], "names.pls, line 4, column 2: <x> is no part of a lexicon"));
}

TEST_CASE("PLS: errors name file, line and element") {
  const auto says = [](const std::string& inside, const std::string& part) {
    const std::string message = complaint(pls(inside));
    CHECK_MESSAGE(contains_text(message, part), message);
  };
  says("<lexeme><phoneme>a</phoneme></lexeme>", "names.pls, line 3, column 2: <lexeme> has no <gr");
  says("<lexeme><grapheme>a</grapheme></lexeme>", "neither <phoneme> nor <alias>");
  says("<lexeme><grapheme> </grapheme><alias>a</alias></lexeme>", "<grapheme> is empty");
  says("<lexeme><grapheme>a</grapheme><alias/></lexeme>", "<alias> is empty");
  says("<lexeme><grapheme>a</grapheme><phoneme>-</phoneme></lexeme>", "\"-\" has no phones");
  says("<lexeme><grapheme>a</grapheme><phoneme alphabet='x-arpa'>a</phoneme></lexeme>",
       "the alphabet of <phoneme> is \"x-arpa\"; known: ipa, x-sampa");
  says("<lexeme>a</lexeme>", "text outside <grapheme>");
  says("a", "text outside <grapheme>");
  CHECK(contains_text(complaint(pls(kTomato, "")), "says its alphabet"));
}

TEST_CASE("PLS: hostile documents are refused as SSML is") {
  CHECK(contains_text(complaint("<!DOCTYPE x [<!ENTITY a 'b'>]>" + pls(kTomato)),
                      "names.pls, line 1, column 11: a document type is not taken"));
  CHECK(
      contains_text(complaint(pls("<lexeme><grapheme>a</grapheme><phoneme>&b;</phoneme></lexeme>")),
                    "unknown entity"));
  CHECK(contains_text(complaint("<speak>a</speak>"), "one element <lexicon>"));
  CHECK(contains_text(complaint("<lexicon>"), "not well-formed"));
  std::string deep, end;
  for (int i = 0; i < 100000; ++i) deep += "<x>", end += "</x>";
  CHECK(contains_text(complaint(pls(deep + end)), "nested deeper than 64"));
}
