// Markdown and HTML as they are heard, by the dummy voice.
#include "engine/synthesizer.h"
#include "tests/engine/helpers.h"
#include "tests/test.h"

using namespace tts;

namespace {

Heard hear_as(InputKind kind, const std::string& text) {
  return hear(Synthesizer(Voice::open("dummy"), seeded()), text, kind);
}

// What the words' spans cut out of the text.
std::vector<std::string> words_of(const Heard& heard, const std::string& text) {
  std::vector<std::string> out;
  for (const Event& event : heard.of(EventKind::kWord))
    out.push_back(text.substr(event.bytes.begin, event.bytes.end - event.bytes.begin));
  return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("Markdown: a fence over several paragraphs is left out, and words keep their places") {
  const std::string text =
      "# [[həlˈoʊ]] [[wˈɜːld]]\n\n```python\nprint(1). \n\nprint(2)\n```\n\n**[[ˈɛnd]]**";
  const Heard heard = hear_as(InputKind::kMarkdown, text);
  CHECK(words_of(heard, text) == Strings{"[[həlˈoʊ]]", "[[wˈɜːld]]", "[[ˈɛnd]]"});
  REQUIRE(heard.of(EventKind::kWarning).size() == 1);
  CHECK(contains_text(heard.of(EventKind::kWarning)[0].text, "code"));
}

TEST_CASE("HTML: a comment with sentences in it is left out") {
  const std::string text = "<p>[[həlˈoʊ]]<!-- One. Two.\n\nThree. --></p><p>[[wˈɜːld]]</p>";
  CHECK(words_of(hear_as(InputKind::kHtml, text), text) == Strings{"[[həlˈoʊ]]", "[[wˈɜːld]]"});
}

TEST_CASE("text without markup sounds the same whatever it is said to be") {
  const std::string text = "[[həlˈoʊ]], [[wˈɜːld]]. [[ˈɛnd]]!";
  const auto plain = hear_as(InputKind::kPlain, text).audio;
  for (const InputKind kind : {InputKind::kMarkdown, InputKind::kHtml, InputKind::kVerbatim}) {
    CAPTURE(name_of(kind));
    CHECK(hear_as(kind, text).audio == plain);
  }
}

TEST_CASE("verbatim text is read sign by sign, plain text as what it plainly is") {
  const std::string text = "<b>[[həlˈoʊ]]</b> &amp; [[wˈɜːld]]";
  CHECK(hear_as(InputKind::kVerbatim, text).of(EventKind::kWord).size() >
        hear_as(InputKind::kPlain, text).of(EventKind::kWord).size());
}

TEST_CASE("kinds of input have names, and another name is refused with those") {
  for (const auto& name : input_kinds()) CHECK(name_of(input_kind(name)) == name);
  CHECK(contains_text(message_of(ErrorCode::kUsage, [] { input_kind("rtf"); }),
                      "plain, ipa, ssml, markdown, html, verbatim"));
}
