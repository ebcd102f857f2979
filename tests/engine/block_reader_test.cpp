// Pieces = whole, and blocks that are sentences.
#include "engine/block_reader.h"

#include "tests/engine/helpers.h"
#include "tests/test.h"

using namespace tts;

namespace {

// Hands a text out in pieces of the given lengths, again and again.
class Pieces : public TextSource {
 public:
  Pieces(std::string text, std::vector<size_t> lengths)
      : text_(std::move(text)), lengths_(std::move(lengths)) {}
  bool read(std::string& text) override {
    if (given == text_.size()) return false;
    const size_t count = std::min(lengths_[at_++ % lengths_.size()], text_.size() - given);
    text += text_.substr(given, count);
    given += count;
    return true;
  }
  bool ready() override { return true; }

  size_t given = 0;

 private:
  std::string text_;
  std::vector<size_t> lengths_;
  size_t at_ = 0;
};

Break judge(std::string_view text, size_t at) {
  static const FrontEnd front_end({});
  return front_end.break_at(text, at);
}

std::vector<Block> blocks_of(TextSource& source, int64_t clause_words = 0) {
  BlockReader reader(source, judge, clause_words);
  std::vector<Block> out;
  for (Block block; reader.next(block);) out.push_back(block);
  return out;
}

std::vector<std::string> pieces_of(const std::string& text, int64_t clause_words = 0) {
  WholeText whole(text);
  std::vector<std::string> out;
  for (const Block& block : blocks_of(whole, clause_words)) {
    const size_t first = block.text.find_first_not_of(" \n");
    out.push_back(block.text.substr(first, block.text.find_last_not_of(" \n") + 1 - first));
  }
  return out;
}

using Strings = std::vector<std::string>;

// How much of the text must come before its first block does.
size_t needed(const std::string& text, int64_t clause_words = 0) {
  Pieces pieces(text, {1});
  BlockReader reader(pieces, judge, clause_words);
  Block block;
  reader.next(block);
  return pieces.given;
}

std::string repeated(const std::string& part, size_t bytes = 3 * kMaxBlockBytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

const char* const kTexts[] = {
    "Hello there. How are you?",
    "Dr. Smith met Prof. Jones at 3.50 p.m. on No. 5 St. James St. They spoke.\nThen they left.",
    "One line here.\n \nTwo. \r\n\r\nThree! \"Four?\" he said. (Five.) Six… seven… Eight",
    "The list:\n- first item\n- second item. Long\n\n1. one\n2. two\n",
    "Wait. [[pause 400ms]] Then [[həlˈoʊ wˈɜːld]]. [[ðˈɪs. ]] [[pause 1s]]\n\n[[pause 2s]] End.",
    "Chapter One\nIt was a dark night. Yes\nNo\nfour fruits:\nApple\nBig Banana\n\"Orange\"",
    "12 Elm Street\nSpringfield, Illinois\nUSA\nshe went with the\nSmiths to Mr\nBrown. Then\nBob",
    "Über “Größe”. „Straße?“ – Ja! 5 p.m. etc. And so on, etc.",
    "  \n\n leading. trailing.  \n\n ",
    "\xFF\x80 bad \xC3. Bytes\xE2\x80. Here",
    "Well, this is a sentence, with clauses, that goes on and on, until it ends. So, good."};

}  // namespace

TEST_CASE("block reader: the blocks are the same however the text comes") {
  for (const std::string text : kTexts) {
    for (const int64_t clause_words : {0, 4}) {
      WholeText whole(text);
      const auto expected = blocks_of(whole, clause_words);
      size_t at = 0;
      for (size_t first = 1; first < text.size(); ++first) {
        Pieces pieces(text, {first, 1, 2, 7});
        const auto blocks = blocks_of(pieces, clause_words);
        CAPTURE(text);
        CAPTURE(first);
        REQUIRE(blocks.size() == expected.size());
        for (size_t i = 0; i < blocks.size(); ++i) {
          REQUIRE(blocks[i].text == expected[i].text);
          REQUIRE(blocks[i].begin == expected[i].begin);
          REQUIRE(blocks[i].end == expected[i].end);
          REQUIRE(blocks[i].new_paragraph == expected[i].new_paragraph);
        }
      }
      for (const Block& block : expected) {
        CHECK(text.substr(block.begin, block.text.size()) == block.text);
        CHECK(block.begin >= at);
        CHECK(text.substr(at, block.begin - at).find_first_not_of(" \r\n") == std::string::npos);
        at = block.begin + block.text.size();
      }
      CHECK(text.substr(at).find_first_not_of(" \r\n") == std::string::npos);
    }
  }
}

TEST_CASE("block reader: a block is a sentence") {
  CHECK(pieces_of("Hello there. How are you? \"Fine.\" Good… Then") ==
        Strings{"Hello there.", "How are you?", "\"Fine.\"", "Good…", "Then"});
  CHECK(pieces_of("Dr. Smith paid $3.50 to Prof. Jones, e.g. at 5 p.m. today. Yes.") ==
        Strings{"Dr. Smith paid $3.50 to Prof. Jones, e.g. at 5 p.m. today.", "Yes."});
  CHECK(pieces_of("Title\n\nText") == Strings{"Title", "Text"});
  CHECK(pieces_of("To do:\n- eat\n- sleep") == Strings{"To do:", "- eat", "- sleep"});
  CHECK(pieces_of("Chapter One\nIt was dark.") == Strings{"Chapter One", "It was dark."});
  CHECK(pieces_of("Wait. [[pause 1s]] Go on. [[ə]].") ==
        Strings{"Wait. [[pause 1s]] Go on.", "[[ə]]."});
}

TEST_CASE("block reader: a block comes as soon as it is certain") {
  // Its line ends: whatever follows, it is a sentence.
  CHECK(needed("The clock struck ten.\nMore") == 22);
  CHECK(needed("Yes!\nMore") == 5);
  // A number or a name may follow.
  CHECK(needed("We met Dr.\nSmith then. And") > 20);
  CHECK(needed("This is No.\n5 of them. And") > 20);
  // Else the next word tells.
  CHECK(needed("The clock struck ten. More and more.") == 27);
  // A paragraph needs its second line end.
  CHECK(needed("A title\n\nMore") == 9);
  CHECK(needed("A title\nMore words") == 13);
  CHECK(needed("no end in sight") == 15);
}

TEST_CASE("block reader: a long first sentence begins at a clause, no other does") {
  const std::string text =
      "Well, when the rain had stopped at last, we left, and she came. Then, after an hour of "
      "nothing at all, it began again.";
  CHECK(pieces_of(text, 5)[0] == "Well, when the rain had stopped at last,");
  CHECK(pieces_of(text, 5)[1] == "we left, and she came.");
  CHECK(pieces_of(text, 5).size() == 3);
  CHECK(pieces_of(text, 0).size() == 2);
  CHECK(needed(text, 5) == 44);
  CHECK(pieces_of("It cost him 1,000 dollars and 3:30 hours, no more.", 4)[0] ==
        "It cost him 1,000 dollars and 3:30 hours,");
}

TEST_CASE("block reader: texts without sentences are cut where it hurts least") {
  for (const char* part :
       {"line after line\n", "word ", "a", "é", "[[həlˈoʊ]]", "[[", "\n\n", "\xFF\x80", "a.b "}) {
    const std::string text = repeated(part);
    std::string together;
    for (const auto& piece : pieces_of(text)) together += piece;
    std::string all = text;
    const auto drop = [](std::string& s) {
      s.erase(std::remove_if(s.begin(), s.end(), [](char c) { return c == ' ' || c == '\n'; }),
              s.end());
    };
    drop(all);
    drop(together);
    CHECK(together == all);
  }
  CHECK(pieces_of(repeated("é"))[1].substr(0, 2) == "é");
  CHECK(pieces_of(repeated("[[həlˈoʊ]]"))[1].substr(0, 2) == "[[");
  CHECK(pieces_of("short").size() == 1);
}
