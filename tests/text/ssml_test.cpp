#include "text/ssml.h"

#include "core/error.h"
#include "tests/messages.h"
#include "tests/test.h"
#include "text/ssml_values.h"

using namespace tts;

namespace {

std::string said(const std::string& inside) {
  std::string out;
  for (const auto& block : parse_ssml("<speak>" + inside + "</speak>").blocks)
    out += (out.empty() ? "" : "/") + block.text.text;
  return out;
}

std::string complaint(const std::string& xml) {
  return message_of(ErrorCode::kInput, [&] { parse_ssml(xml); });
}

std::vector<std::string> warnings(const std::string& inside) {
  std::vector<std::string> out;
  for (const auto& warning : parse_ssml("<speak>" + inside + "</speak>").warnings)
    out.push_back(warning.message);
  return out;
}

SpeechStyle style_of(const std::string& attributes) {
  const Ssml ssml = parse_ssml("<speak><prosody " + attributes + ">x</prosody></speak>");
  return ssml.blocks.at(0).styles.empty() ? SpeechStyle() : ssml.blocks[0].styles[0].style;
}

}  // namespace

TEST_CASE("SSML: text, references and elements become what the front end reads") {
  CHECK(said("A &amp; B &#65;&#x1F600;<!-- no --> c\nd") == "A & B A\xF0\x9F\x98\x80 c d");
  CHECK(said("<![CDATA[1 < 2 & 3]]>") == "1 < 2 & 3");
  CHECK(said("a<break time='250ms'/>b") == "a [[pause 0.2500s]] b");
  CHECK(said("a<break/>b") == "a [[pause 0.4000s]] b");
  CHECK(said("<phoneme alphabet='ipa' ph='a&amp;'>x</phoneme>") == "[[a&]]");
  CHECK(said("<phoneme alphabet='x-sampa' ph='D&quot;Is'>x</phoneme>") == "[[ðˈɪs]]");
  CHECK(said("<sub alias='for you'>4U</sub>") == "for you");
  CHECK(said("<p>One.</p><p>Two.</p>") == "One.\n\n/Two.\n\n");
  CHECK(said("<s>One</s><s>Two</s>") == "One\n\nTwo\n\n");
  CHECK(said("<emphasis>hear</emphasis><metadata>no</metadata>") == "hear");
  CHECK(parse_ssml("\xEF\xBB\xBF<?xml version='1.0'?>\n<speak>x</speak>").blocks.size() == 1);
  CHECK(parse_ssml("<speak> <p></p> </speak>").blocks.size() <= 1);
}

TEST_CASE("SSML: each byte knows the caller's bytes it stands for") {
  const std::string xml = "<speak>A &amp; <sub alias=\"be\">B</sub></speak>";
  const Ssml ssml = parse_ssml(xml);
  const RewrittenText& text = ssml.blocks.at(0).text;
  REQUIRE(text.text == "A & be");
  REQUIRE(text.origins.size() == text.text.size());
  const auto source = [&](size_t i) {
    return xml.substr(text.origins[i].begin, text.origins[i].end - text.origins[i].begin);
  };
  CHECK(source(0) == "A");
  CHECK(source(2) == "&amp;");
  CHECK(source(4) == "B");
  CHECK(source(5) == "B");
}

TEST_CASE("SSML: say-as reads in the language of its place, behind what stands before it") {
  const std::string third = "<say-as interpret-as='ordinal'>3</say-as>";
  const auto text = [](const std::string& body, const char* language) {
    return parse_ssml("<speak>" + body + "</speak>", language).blocks.at(0).text.text;
  };
  CHECK(text(third, "en") == " third ");
  CHECK(text("am " + third, "de") == "am  dritten ");
  CHECK(text("<lang xml:lang='nl'>" + third + "</lang>", "de") == " derde ");
  CHECK(said("<say-as interpret-as='characters'>a&amp;b</say-as>") == " A, ampersand, B ");
}

TEST_CASE("SSML: prosody multiplies and adds where it is nested, within limits") {
  CHECK(style_of("rate='80%'").rate_ratio == doctest::Approx(0.8));
  CHECK(style_of("rate='+25%'").rate_ratio == doctest::Approx(1.25));
  CHECK(style_of("rate='1.5'").rate_ratio == doctest::Approx(1.5));
  CHECK(style_of("rate='9'").rate_ratio == doctest::Approx(2));
  CHECK(style_of("pitch='-2st'").pitch_semitones == doctest::Approx(-2));
  CHECK(style_of("pitch='+100%'").pitch_semitones == doctest::Approx(12));
  CHECK(style_of("volume='+6dB'").volume_db == doctest::Approx(6));
  CHECK(style_of("volume='soft'").volume_db == doctest::Approx(-6));
  CHECK(style_of("rate='medium'").rate_ratio == 1);
  const Ssml nested = parse_ssml(
      "<speak><prosody rate='slow' pitch='high'>a<prosody rate='2' pitch='-1st'>b</prosody>c"
      "</prosody>d</speak>");
  const auto& styles = nested.blocks.at(0).styles;
  REQUIRE(styles.size() == 3);
  CHECK(styles[0].style.rate_ratio == doctest::Approx(0.75));
  CHECK(styles[1].style.rate_ratio == doctest::Approx(1.5));
  CHECK(styles[1].style.pitch_semitones == doctest::Approx(2));
  CHECK(styles[2].style.pitch_semitones == doctest::Approx(3));
  CHECK(styles[2].end == 3);
}

TEST_CASE("SSML: what is not supported is named, and its text is read") {
  CHECK(warnings("<emphasis>a</emphasis><emphasis>b</emphasis>") ==
        std::vector<std::string>{"<emphasis> is not supported; its text is read"});
  CHECK(contains_text(warnings("<prosody rate='quick'>a</prosody>").at(0), "rate=\"quick\""));
  CHECK(contains_text(warnings("<prosody range='x'>a</prosody>").at(0),
                      "no \"range\" here; known: rate, pitch, volume"));
  CHECK(contains_text(warnings("<break time='soon'/>").at(0), "\"soon\""));
  CHECK(contains_text(warnings("<break strength='odd'/>").at(0), "x-strong"));
  CHECK(contains_text(warnings("<say-as interpret-as='x'>a</say-as>").at(0), "known: characters"));
  CHECK(contains_text(warnings("<phoneme alphabet='x-a' ph='a'>b</phoneme>").at(0),
                      "of alphabet \"x-a\" (known: ipa, x-sampa)"));
  CHECK(said("<phoneme alphabet='x-a' ph='a'>b</phoneme>") == "b");
  CHECK(contains_text(warnings("<phoneme alphabet='x-sampa' ph='$'>b</phoneme>").at(0),
                      "\"$\" is no phoneme of alphabet"));
  CHECK(warnings("<p xml:lang='de'><s>a</s></p>").empty());
  CHECK(contains_text(warnings("<lexicon uri='/etc/passwd'/>a").at(0), "<lexicon> is not opened"));
}

TEST_CASE("SSML: hostile and broken documents are refused with their place") {
  CHECK(contains_text(complaint("<speak>\n <a></b></speak>"), "SSML, line 2"));
  CHECK(contains_text(complaint("<!DOCTYPE x [<!ENTITY a 'b'>]><speak>&a;</speak>"),
                      "document type is not taken"));
  CHECK(contains_text(complaint("<speak>&a;</speak>"), "line 1, column 8: unknown entity \"&a;\""));
  CHECK(contains_text(complaint("<speak>a & b</speak>"), "write &amp;"));
  CHECK(contains_text(complaint("<speak>&#xD800;</speak>"), "unknown entity"));
  CHECK(contains_text(complaint("hello"), "<speak>"));
  CHECK(contains_text(complaint("<speak/><speak/>"), "beside the one element"));
  CHECK(contains_text(complaint("<book>x</book>"), "one element <speak>"));
  CHECK(!complaint("").empty());
  std::string deep = "<speak>";
  for (int i = 0; i < 100000; ++i) deep += "<p>";
  CHECK(!complaint(deep).empty());
  for (int i = 0; i < 100000; ++i) deep += "</p>";
  CHECK(contains_text(complaint(deep + "</speak>"), "nested deeper than 64"));
  CHECK(contains_text(complaint(std::string(kMaxSsmlBytes + 1, ' ')), "at most"));
}

TEST_CASE("SSML: a language is a block of its own") {
  const Ssml ssml =
      parse_ssml("<speak xml:lang='en'>Say <lang xml:lang='de'>Ja</lang> now. <p>So.</p></speak>");
  REQUIRE(ssml.blocks.size() >= 3);
  CHECK(ssml.blocks[0].language == "en");
  CHECK(ssml.blocks[0].cut_in_sentence);
  CHECK(ssml.blocks[1].language == "de");
  CHECK(ssml.blocks[1].text.text == "Ja");
  CHECK(ssml.blocks[2].language == "en");
  // Nothing follows the end.
  CHECK(!parse_ssml("<speak xml:lang='en'>So</speak>").blocks.at(0).cut_in_sentence);
}

TEST_CASE("SSML: a voice is a block of its own, with the voices around it") {
  const Ssml ssml = parse_ssml(
      "<speak>One <voice name='a b' languages='de en:fr'>two <p>three</p> <voice language='nl'>four"
      "</voice></voice> five <voice xml:lang='de'>six</voice></speak>");
  std::vector<std::string> seen;
  for (const auto& block : ssml.blocks) {
    std::string line = block.text.text.substr(0, block.text.text.find_last_not_of(" \n") + 1);
    for (const auto& voice : block.voices) {
      line += " |";
      for (const auto& name : voice.names) line += " " + name;
      for (const auto& language : voice.languages) line += " " + language;
    }
    seen.push_back(line + (block.language.empty() ? "" : ", " + block.language));
  }
  CHECK(seen == std::vector<std::string>{"One",
                                         "two | a b de en",
                                         "three | a b de en",
                                         " four | a b de en | nl",
                                         " five",
                                         "six | de, de"});
  CHECK(ssml.blocks[0].cut_in_sentence);
  CHECK(ssml.warnings.empty());
  CHECK(warnings(
            "<voice gender='female' name='a'>b</voice><voice gender='male' name='a'>b</voice>") ==
        std::vector<std::string>{"voice has no \"gender\" here; known: name, languages"});
  CHECK(warnings("<voice>b</voice>") ==
        std::vector<std::string>{"<voice> without name or languages changes nothing"});
}
