#include "engine/segments.h"

#include "core/near_phones.h"
#include "engine/dummy.h"
#include "engine/ipa_input.h"
#include "engine/symbol_encoder.h"
#include "tests/test.h"

using namespace tts;

namespace {

Symbol phone(const std::string& name, int word = 0) {
  Symbol symbol;
  symbol.phone = name;
  symbol.word = word;
  return symbol;
}

Symbol mark(const std::string& name, double pause_s = -1) {
  Symbol symbol = phone(name, -1);
  symbol.pause_s = pause_s;
  return symbol;
}

std::string spelt(const Segment& segment) {
  std::string out;
  for (const auto& symbol : segment.symbols) out += symbol.phone;
  return out;
}

}  // namespace

TEST_CASE("segments: a plain sentence is one") {
  Sentence sentence;
  sentence.symbols = {mark("_"), phone("a"), mark("."), mark("_")};
  sentence.pause_after_s = 0.25;
  const auto segments = segments_of(sentence);
  REQUIRE(segments.size() == 1);
  CHECK(spelt(segments[0]) == "_a._");
  CHECK(segments[0].after.seconds == 0.25);
  CHECK(!segments[0].after.exact);
}

TEST_CASE("segments: cut at exact pauses, each with its own edges of silence") {
  Sentence sentence;
  sentence.symbols = {mark("_"), phone("a"), mark("#", 0.4), mark("#", 0.1), phone("b"), mark("_")};
  const auto segments = segments_of(sentence);
  REQUIRE(segments.size() == 3);
  CHECK(spelt(segments[0]) == "_a_");
  CHECK(spelt(segments[1]) == "__");
  CHECK(spelt(segments[2]) == "_b_");
  CHECK(segments[0].after.exact);
  CHECK(segments[0].after.seconds == 0.4);
  CHECK(segments[1].after.seconds == 0.1);
  CHECK(!segments[2].after.exact);
}

TEST_CASE("segments: a long one is cut at punctuation, else at words, else anywhere") {
  Sentence sentence;
  for (int i = 0; i < 20; ++i) sentence.symbols.push_back(phone("a"));
  CHECK(segments_of(sentence, 8).size() == 3);
  sentence.symbols[6] = mark("|");
  CHECK(spelt(segments_of(sentence, 8)[0]) == "_aaaaaa|_");
  sentence.symbols[5] = mark(",");
  CHECK(spelt(segments_of(sentence, 8)[0]) == "_aaaaa,_");
  size_t symbols = 0;
  for (const auto& segment : segments_of(sentence, 8)) symbols += segment.symbols.size() - 2;
  CHECK(symbols == 20);
}

TEST_CASE("symbol encoder: ids and attributes, near phones, skipped phones") {
  VoiceManifest manifest = dummy_manifest();
  manifest.symbols = {"_", "|", "a", "ɹ", "t"};
  std::vector<std::string> warnings;
  const auto warn = [&](const std::string& message, const Symbol&) { warnings.push_back(message); };
  SymbolEncoder encoder(manifest);
  Symbol stressed = phone("a");
  stressed.stress = 2;
  Symbol last = phone("ʘ");
  last.word_end = true;
  const auto out =
      encoder.encode({mark("_"), stressed, phone("ʁ"), last, mark("…"), mark("_")}, warn);
  CHECK(out.ids == std::vector<int64_t>{0, 2, 3, 1, 0});
  CHECK(out.attributes == std::vector<int64_t>{0, 2, 6, 0, 0});  // the word now ends with ɹ
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0] == "voice \"dummy\" has no phone \"ʁ\": spoken as \"ɹ\"");
  CHECK(warnings[1] == "voice \"dummy\" has no phone \"ʘ\": skipped");
  encoder.encode({phone("ʘ")}, warn);
  CHECK(warnings.size() == 2);  // said once
}

TEST_CASE("near phones: marks come off first") {
  CHECK(near_phones("ɑ̃").front() == "ɑ");
  CHECK(near_phones("tʰ").front() == "t");
  CHECK(near_phones("ʘ").empty());
}

TEST_CASE("IPA input: words are marked, spans lead back") {
  const std::string ipa = "həlˈoʊ, wˈɜːld. [[pause 1s]] a";
  const RewrittenText marked = mark_ipa(ipa);
  CHECK(marked.text == "[[həlˈoʊ]], [[wˈɜːld]]. [[pause 1s]] [[a]]");
  REQUIRE(marked.origins.size() == marked.text.size());
  Document document;
  document.sentences.resize(1);
  const size_t begin = marked.text.find("[[w");
  document.sentences[0].words.push_back({"", "", {begin, marked.text.find(".")}, 0, 0, {}});
  restore_spans(marked, ipa, document);
  CHECK(document.sentences[0].words[0].written == "wˈɜːld");
  CHECK(mark_ipa("... ,").text == "... ,");
  CHECK(mark_ipa("[[a").text == "[[a");
  CHECK(mark_ipa("").text.empty());
}
