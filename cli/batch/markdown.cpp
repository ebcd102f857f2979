#include "cli/batch/markdown.h"

#include <algorithm>
#include <cstring>

#include "core/ascii.h"
#include "core/classic_stream.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

bool is_one_of(char c, const char* set) {
  return c != '\0' && std::strchr(set, c) != nullptr;
}

bool is_ascii_word(char c) {
  return is_ascii_alnum(c) || (c & 0x80) != 0;
}

std::string trimmed_line(const std::string& line) {
  const size_t begin = line.find_first_not_of(" \t"), end = line.find_last_not_of(" \t");
  return begin == line.npos ? "" : line.substr(begin, end - begin + 1);
}

bool consists_of(const std::string& line, const char* set) {
  return line.find_first_not_of(set) == std::string::npos;
}

// Links keep their words, emphasis and code theirs; [[…]] is the engine's and stays.
class InlineReader {
 public:
  explicit InlineReader(const std::string& text) : text_(text) {}

  std::string read() {
    while (at_ < text_.size()) {
      if (!take_escape() && !take_engine_markup() && !take_link() && !take_tag() && !take_marks())
        out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  static constexpr size_t kLongest = 2000;  // of a link or tag, so that reading stays linear

  char char_at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  // Where `closer` begins, npos when it is not near.
  size_t find_near(const char* closer, size_t from) const {
    if (from >= text_.size()) return text_.npos;
    const size_t found = text_.substr(from, kLongest).find(closer);
    return found == text_.npos ? found : from + found;
  }

  bool take_escape() {
    if (char_at(at_) != '\\' || !is_ascii_punct(char_at(at_ + 1))) return false;
    out_ += text_[at_ + 1];
    at_ += 2;
    return true;
  }

  bool take_engine_markup() {
    if (text_.compare(at_, 2, "[[") != 0) return false;
    const size_t end = find_near("]]", at_);
    if (end == text_.npos) return false;
    out_ += text_.substr(at_, end + 2 - at_);
    at_ = end + 2;
    return true;
  }

  // [words](address), [words][name], ![picture](address), [^footnote]
  bool take_link() {
    const bool picture = text_.compare(at_, 2, "![") == 0;
    if (!picture && char_at(at_) != '[') return false;
    const size_t begin = at_ + (picture ? 2 : 1), end = find_near("]", begin);
    if (end == text_.npos) return false;
    const bool footnote = char_at(begin) == '^';
    const char opener = char_at(end + 1);
    size_t after = end + 1;
    if (!footnote) {
      if (opener != '(' && opener != '[') return false;
      const size_t close = find_near(opener == '(' ? ")" : "]", end + 2);
      if (close == text_.npos) return false;
      after = close + 1;
    }
    if (!picture && !footnote) out_ += InlineReader(text_.substr(begin, end - begin)).read();
    at_ = after;
    return true;
  }

  bool take_tag() {
    if (char_at(at_) != '<') return false;
    const char next = char_at(at_ + 1);
    const bool comment = text_.compare(at_, 4, "<!--") == 0;
    if (!comment && next != '/' && !is_ascii_alpha(next)) return false;
    const size_t end = find_near(comment ? "-->" : ">", at_);
    if (end == text_.npos) return false;
    at_ = end + (comment ? 3 : 1);
    return true;
  }

  // Runs of * _ ~~ ` beside a word. snake_case and 2 * 3 stay.
  bool take_marks() {
    const char mark = text_[at_];
    if (!is_one_of(mark, "*_~`")) return false;
    const size_t end = std::min(text_.find_first_not_of(mark, at_), text_.size());
    const char before = at_ == 0 ? ' ' : text_[at_ - 1],
               after = end < text_.size() ? text_[end] : ' ';
    const bool apart = before == ' ' && after == ' ',
               inside = is_ascii_word(before) && is_ascii_word(after);
    const bool kept =
        mark != '`' && (apart || (mark == '_' && inside) || (mark == '~' && end - at_ < 2));
    if (kept) out_ += text_.substr(at_, end - at_);
    at_ = end;
    return true;
  }

  const std::string text_;
  std::string out_;
  size_t at_ = 0;
};

// Without the marker of a list's item. → whether there was one.
bool take_item_marker(std::string& line) {
  size_t end = 0;
  while (end < std::min<size_t>(line.size(), 9) && is_one_of(line[end], "0123456789")) ++end;
  const bool numbered = end > 0 && end < line.size() && is_one_of(line[end], ".)");
  const bool marked = numbered || (!line.empty() && end == 0 && is_one_of(line[0], "-*+"));
  if (!marked || end + 1 >= line.size() || line[end + 1] != ' ') return false;
  line = trimmed_line(line.substr(end + 1));
  return true;
}

// "| a | b |" → "a, b"
std::string spoken_row(const std::string& row) {
  std::string out;
  ClassicInput cells(row);
  for (std::string cell; std::getline(cells, cell, '|');) {
    if (!is_blank(cell)) out += (out.empty() ? "" : ", ") + trimmed_line(cell);
  }
  return out;
}

class MarkdownReader {
 public:
  explicit MarkdownReader(const std::string& content) : in_(content) {}

  std::vector<MarkdownBlock> read() {
    bool first = true;
    for (std::string line; next(line); first = false) {
      if (first && line == "---") {
        skip_until([](const std::string& l) { return l == "---" || l == "..."; });
      } else if (!take_fence(line) && !take_underline(line) && !take_heading(line)) {
        take_text(line);
      }
    }
    end_paragraph();
    return std::move(blocks_);
  }

 private:
  bool next(std::string& line) {
    if (!std::getline(in_, line)) return false;
    line = trimmed_line(line);
    if (!line.empty() && line.back() == '\r') line = trimmed_line(line.substr(0, line.size() - 1));
    return true;
  }

  template <typename Ends>
  void skip_until(Ends ends) {
    for (std::string line; next(line) && !ends(line);) {
    }
  }

  bool take_fence(const std::string& line) {
    const std::string fence = line.substr(0, 3);
    if (fence != "```" && fence != "~~~") return false;
    end_paragraph();
    skip_until([&](const std::string& l) { return l.compare(0, 3, fence) == 0; });
    return true;
  }

  // A heading by the line under it, or a rule.
  bool take_underline(const std::string& line) {
    if (line.size() < 2) return false;
    const bool first = consists_of(line, "="), second = consists_of(line, "-");
    if (!paragraph_.empty() && (first || second)) {
      add_block(first ? 1 : 2, paragraph_);
      paragraph_.clear();
      return true;
    }
    const bool rule = is_one_of(line[0], "-*_") &&
                      consists_of(line, (line.substr(0, 1) + " ").c_str()) &&
                      std::count(line.begin(), line.end(), line[0]) >= 3;
    if (rule) end_paragraph();
    return rule;
  }

  bool take_heading(const std::string& line) {
    const size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (level < 1 || level > 6 || (level < line.size() && line[level] != ' ')) return false;
    end_paragraph();
    std::string title = trimmed_line(line.substr(level));
    const size_t last = title.find_last_not_of('#');
    if (last != title.npos && title[last] == ' ') title.resize(last);  // "## Title ##"
    add_block(static_cast<int>(level), title);
    return true;
  }

  void take_text(const std::string& line) {
    std::string text = line;
    while (!text.empty() && text[0] == '>') text = trimmed_line(text.substr(1));
    const bool row = !text.empty() && text[0] == '|';
    if (row && consists_of(text, "|:- ")) return;
    if (take_item_marker(text) || row || text.empty()) end_paragraph();
    if (row) text = spoken_row(text);
    if (!text.empty()) paragraph_ += (paragraph_.empty() ? "" : " ") + text;
    if (row) end_paragraph();
  }

  void end_paragraph() {
    add_block(0, paragraph_);
    paragraph_.clear();
  }

  void add_block(int level, const std::string& marked) {
    const std::string text = trimmed_line(InlineReader(marked).read());
    if (!text.empty()) blocks_.push_back({level, text});
  }

  ClassicInput in_;
  std::string paragraph_;
  std::vector<MarkdownBlock> blocks_;
};

}  // namespace

std::vector<MarkdownBlock> markdown_blocks(const std::string& content) {
  return MarkdownReader(content).read();
}

}  // namespace tts
