// A text in pieces that the front end reads one after the other: a sentence each, as soon as it is
// certain that it ends there. The pieces are the same however the text arrives.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/text_source.h"
#include "text/front_end.h"

namespace tts {

struct Block {
  std::string text;
  size_t begin = 0;  // of the whole text
  // What it ends at. kParagraph: also the text's end, or where a text without sentences was cut.
  Break end = Break::kParagraph;
  bool new_paragraph = false;  // what was read before ended as a sentence or clause, and here
                               // begins a paragraph
};

class BlockReader {
 public:
  // As FrontEnd::break_at; sees whole words, the next one included.
  using Judge = std::function<Break(std::string_view text, size_t at)>;

  // The first sentence of the text may end at a clause mark behind `clause_words` words or more;
  // 0: only where it ends.
  BlockReader(TextSource& source, Judge judge, int64_t clause_words);
  // Called before the reader waits for the source.
  void before_waiting(std::function<void()> call) { before_waiting_ = std::move(call); }

  // Waits until there is something to speak; false: the whole text is blank.
  bool wait_for_text();
  // Waits for the next block that is not blank; false when there is none.
  bool next(Block& block);
  // The rest of the text, once it is complete.
  std::string read_all();

 private:
  struct Cut {
    size_t at = 0;
    Break kind = Break::kParagraph;
  };
  std::string_view rest() const { return std::string_view(text_).substr(begin_); }
  void pull();
  // Both: nothing where more text must come first.
  std::optional<Cut> find_cut();
  std::optional<Break> break_at(std::string_view text, size_t at) const;
  Break judge_place(std::string_view text, size_t at, size_t end) const;
  bool ends_with_line(std::string_view text, size_t at) const;
  bool may_be_clause(std::string_view text, size_t at) const;
  std::optional<size_t> next_word_end(std::string_view text, size_t at) const;

  TextSource& source_;
  const Judge judge_;
  const int64_t clause_words_;
  std::function<void()> before_waiting_;
  std::string text_;    // what was read and is still needed
  size_t dropped_ = 0;  // bytes of the whole text before it
  size_t begin_ = 0;    // of the next block, in text_
  size_t looked_ = 0;   // no block ends before so many bytes of it
  bool complete_ = false;
  bool first_ = true;
  Break last_ = Break::kParagraph;
};

// Where a text in which no sentence ends is cut (> 0, at most kMaxBlockBytes): behind a line, what
// looks like a sentence, a space or, at last, any character. [[…]] is not cut. The text is longer
// than kMaxBlockBytes.
size_t forced_end(std::string_view text);

inline constexpr size_t kMaxBlockBytes = 8000;
inline constexpr size_t kMaxWordBytes = 1500;  // a longer "word" is looked at no further

}  // namespace tts
