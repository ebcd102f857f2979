#include "text/text_edit.h"

#include "tests/test.h"

using namespace tts;

namespace {

std::string slice(const std::string& text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace

TEST_CASE("words are found whole, in any case, with any spaces and marks between them") {
  const std::string text = "The cat saw the  Cat, the catalogue and Änne's ‘cat’.";
  const auto cats = find_words(text, "cat");
  REQUIRE(cats.size() == 3);
  CHECK(slice(text, cats[0]) == "cat");
  CHECK(slice(text, cats[1]) == "Cat");
  const auto pairs = find_words(text, "the cat");
  REQUIRE(pairs.size() == 2);
  CHECK(slice(text, pairs[1]) == "the  Cat");
  REQUIRE(find_words(text, "ÄNNE'S").size() == 1);
  CHECK(slice(text, find_words(text, "änne's")[0]) == "Änne's");
  CHECK(find_words(text, "dog").empty());
  CHECK(find_words(text, " … ").empty());
  CHECK(words_in("Hi, it's me.") == std::vector<std::string>{"Hi", "it's", "me"});
}

TEST_CASE("a changed text says what is gone and what is new") {
  const std::string text = "Big old cats sleep.";
  const TextChange other = replace_words(text, find_words(text, "old cats")[0], "young dogs");
  CHECK(other.text == "Big young dogs sleep.");
  CHECK(slice(text, other.removed) == "old cats");
  CHECK(slice(other.text, other.added) == "young dogs");
  const TextChange more = insert_words(text, find_words(text, "cats")[0].end, "never");
  CHECK(more.text == "Big old cats never sleep.");
  CHECK(more.removed.begin == more.removed.end);
  CHECK(slice(more.text, more.added) == " never");
  const TextChange less = delete_words(text, find_words(text, "old")[0]);
  CHECK(less.text == "Big cats sleep.");
  CHECK(less.added.begin == less.added.end);
  CHECK(delete_words(text, find_words(text, "big")[0]).text == "old cats sleep.");
}
