#include "text/light_markup.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "text/html_entities.h"

namespace tts {
namespace {

constexpr size_t kLongest = 2000;  // of a link or tag, so that reading stays linear

bool is_word(char c) {
  return is_ascii_alnum(c) || (c & 0x80) != 0;
}

std::string_view trimmed(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t\r"), end = line.find_last_not_of(" \t\r");
  return begin == line.npos ? std::string_view() : line.substr(begin, end - begin + 1);
}

const std::set<std::string>& inline_tags() {
  static const std::set<std::string> names = {
      "a",   "abbr", "b",    "big", "cite", "code", "del",   "em",   "font",   "i",
      "ins", "kbd",  "mark", "q",   "s",    "samp", "small", "span", "strike", "strong",
      "sub", "sup",  "tt",   "u",   "var",  "img",  "label", "time", "bdi"};
  return names;
}

const std::set<std::string>& block_tags() {
  static const std::set<std::string> names = {
      "address", "article", "aside",  "blockquote", "body",    "br",      "dd",        "div", "dl",
      "dt",      "figure",  "footer", "form",       "h1",      "h2",      "h3",        "h4",  "h5",
      "h6",      "head",    "header", "hr",         "html",    "li",      "main",      "nav", "ol",
      "p",       "pre",     "script", "section",    "style",   "table",   "tbody",     "td",  "th",
      "thead",   "title",   "tr",     "ul",         "details", "summary", "figcaption"};
  return names;
}

class Reader {
 public:
  Reader(std::string_view text, MarkupKind kind) : text_(text), kind_(kind) {}

  UnmarkedText run() {
    for (size_t begin = 0; begin < text_.size();) begin = line(begin);
    if (kind_ == MarkupKind::kAuto && out_.changed) {
      out_.warnings.insert(out_.warnings.begin(),
                           {"this looks like Markdown or HTML and is read as such", first_});
      out_.warnings.front().of_whole_text = true;
    }
    if (!out_.changed) out_.text = {};
    return std::move(out_);
  }

 private:
  bool markdown() const { return kind_ != MarkupKind::kHtml; }
  bool html() const { return kind_ != MarkupKind::kPlain; }
  bool sure() const { return kind_ != MarkupKind::kAuto; }

  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  size_t line_end(size_t begin) const { return std::min(text_.find('\n', begin), text_.size()); }

  // Where `closer` begins, npos when it is not near.
  size_t find_near(std::string_view closer, size_t from) const {
    if (from >= text_.size()) return text_.npos;
    const size_t found = text_.substr(from, kLongest).find(closer);
    return found == text_.npos ? found : from + found;
  }

  void changed(size_t begin, size_t end) {
    if (!out_.changed) first_ = {begin, end};
    out_.changed = true;
  }

  void copy(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) put(text_.substr(i, 1), {i, i + 1});
  }

  void put(std::string_view bytes, ByteSpan origin) {
    out_.text.text += bytes;
    out_.text.origins.insert(out_.text.origins.end(), bytes.size(), origin);
  }

  void left_out(const char* what, size_t begin, size_t end) {
    out_.warnings.push_back({std::string("left out ") + what, {begin, end}});
  }

  // Reads a line and gives where the next begins.
  size_t line(size_t begin) {
    const size_t end = line_end(begin), next = std::min(end + 1, text_.size());
    if (markdown()) {
      if (const auto behind = fence(begin)) return *behind;
      if (underline(begin, end)) return next;
      if (definition(begin, end)) return next;
      if (heading(begin, end)) return next;
      begin = opening(begin, end);
    }
    inline_text(begin, end);
    if (resume_ > end) return std::exchange(resume_, 0);
    if (end < text_.size()) copy(end, next);
    return next;
  }

  bool is_fence(size_t begin) const {
    const std::string_view mark =
        trimmed(text_.substr(begin, line_end(begin) - begin)).substr(0, 3);
    return mark == "```" || mark == "~~~";
  }

  // Where what is fenced ends.
  std::optional<size_t> fence(size_t begin) {
    if (!is_fence(begin)) return std::nullopt;
    const size_t first = std::min(line_end(begin) + 1, text_.size());
    const std::string_view mark = trimmed(text_.substr(begin, first - begin)).substr(0, 3);
    for (size_t at = first; at < text_.size(); at = std::min(line_end(at) + 1, text_.size())) {
      if (trimmed(text_.substr(at, line_end(at) - at)).substr(0, 3) != mark) continue;
      const size_t end = std::min(line_end(at) + 1, text_.size());
      changed(begin, end);
      left_out("a block of code", begin, end);
      put("\n\n", {begin, end});
      return end;
    }
    // Its end is in another part of the text: the mark alone is dropped.
    changed(begin, first);
    put("\n\n", {begin, first});
    return first;
  }

  // The line under a heading, and rules.
  bool underline(size_t begin, size_t end) {
    const std::string_view line = trimmed(text_.substr(begin, end - begin));
    if (line.size() < 3 || std::string_view("=-*_").find(line[0]) == line.npos) return false;
    const std::string same(1, line[0]);
    const bool heading = line[0] == '=' || line[0] == '-';
    if (line.find_first_not_of(heading ? same : same + " ") != line.npos) return false;
    changed(begin, end);
    put("\n\n", {begin, end});
    return true;
  }

  // "[1]: http://x" is left out, "[^1]: The note." is read.
  bool definition(size_t begin, size_t end) {
    size_t i = begin;
    while (at(i) == ' ') ++i;
    const size_t close = at(i) == '[' ? find_near("]:", i) : text_.npos;
    if (close == text_.npos || close > end) return false;
    const bool note = at(i + 1) == '^';
    const std::string_view rest = trimmed(text_.substr(close + 2, end - close - 2));
    const bool address = rest.find("://") != rest.npos || rest.substr(0, 1) == "/";
    if (!note && !address) return false;
    changed(begin, end);
    if (note) {
      inline_text(close + 2, end);
      put("\n\n", {end, end});
    }
    return true;
  }

  bool heading(size_t begin, size_t end) {
    size_t i = begin;
    while (at(i) == '#') ++i;
    const size_t level = i - begin;
    if (level < 1 || level > 6 || at(i) != ' ' || i >= end) return false;
    if (is_ascii_digit(at(i + 1)) && level == 1 && !sure()) return false;
    changed(begin, i);
    size_t last = end;
    while (last > i && (at(last - 1) == '#' || at(last - 1) == ' ' || at(last - 1) == '\r')) --last;
    inline_text(i + 1, last);
    put("\n\n", {last, end});
    return true;
  }

  // Behind the marks of a quotation and of a check box; the mark of an item stays.
  size_t opening(size_t begin, size_t end) {
    size_t i = begin;
    while (i < end && (at(i) == ' ' || at(i) == '>')) ++i;
    const std::string_view marks = text_.substr(begin, i - begin);
    const bool comparison = !sure() && is_ascii_digit(at(i));
    if (marks.find('>') != marks.npos && marks.back() == ' ' && !comparison) {
      changed(begin, i);
      begin = i;
      if (text_.compare(i, 2, "[!") == 0 && find_near("]", i) < end)  // > [!NOTE]
        begin = find_near("]", i) + 1;
    }
    i = begin;
    while (at(i) == ' ') ++i;
    const bool item = (at(i) == '-' || at(i) == '*' || at(i) == '+') && at(i + 1) == ' ';
    const std::string_view box = text_.substr(std::min(i + 2, text_.size()), 4);
    if (item && (box == "[ ] " || box == "[x] " || box == "[X] ")) {
      changed(i + 2, i + 6);
      copy(begin, i + 2);
      return i + 6;
    }
    return begin;
  }

  void inline_text(size_t begin, size_t end) {
    for (size_t i = begin; i < end;) {
      const size_t next = markup_at(i);
      if (next > i) {
        i = next;
      } else {
        copy(i, i + 1);
        ++i;
      }
      if (i > end) resume_ = i;
    }
  }

  // Where the markup ends that begins at `i`; `i` when there is none.
  size_t markup_at(size_t i) {
    const char c = at(i);
    if (c == '[' && at(i + 1) == '[') {
      const size_t close = find_near("]]", i);
      if (close == text_.npos) return i;
      copy(i, close + 2);
      return close + 2;
    }
    if (markdown() && (c == '[' || (c == '!' && at(i + 1) == '['))) return link(i);
    if (markdown() && c == '=' && at(i + 1) == '=') return highlight(i);
    if (markdown() && sure() && c == '\\' && is_ascii_punct(at(i + 1))) {
      changed(i, i + 1);
      copy(i + 1, i + 2);
      return i + 2;
    }
    if (html() && c == '<') return tag(i);
    if (html() && c == '&') return entity(i);
    return i;
  }

  // [words](address), [words][name], ![picture](address), [^footnote]
  size_t link(size_t i) {
    const bool picture = at(i) == '!';
    const size_t begin = i + (picture ? 2 : 1), close = find_near("]", begin);
    if (close == text_.npos || close == begin) return i;
    if (at(begin) == '^') {
      changed(i, close + 1);
      return close + 1;
    }
    const char opener = at(close + 1);
    if (opener != '(' && !(opener == '[' && sure())) return i;
    const size_t end = find_near(opener == '(' ? ")" : "]", close + 2);
    if (end == text_.npos) return i;
    const std::string_view address = text_.substr(close + 2, end - close - 2);
    const bool plain = address.empty() || address.find_first_of("./#") == address.npos ||
                       address.find('\n') != address.npos;
    if (!sure() && plain) return i;
    changed(i, end + 1);
    if (picture) {
      left_out("a picture", i, end + 1);
    } else {
      inline_text(begin, close);
    }
    return end + 1;
  }

  // ==words==
  size_t highlight(size_t i) {
    const char before = i == 0 ? ' ' : at(i - 1), after = at(i + 2);
    const bool opens =
        !is_word(before) && before != '=' && is_word(after) && find_near("==", i + 2) < line_end(i);
    const bool closes = is_word(before) && !is_word(after) && after != '=' && highlighted_;
    if (!opens && !closes) return i;
    highlighted_ = opens;
    changed(i, i + 2);
    return i + 2;
  }

  size_t tag(size_t i) {
    if (text_.compare(i, 4, "<!--") == 0) {
      const size_t end = find_near("-->", i);
      if (end == text_.npos) return i;
      changed(i, end + 3);
      left_out("a comment", i, end + 3);
      return end + 3;
    }
    const bool closing = at(i + 1) == '/';
    size_t name_end = i + (closing ? 2 : 1);
    const size_t name_begin = name_end;
    while (is_word(at(name_end)) && (at(name_end) & 0x80) == 0) ++name_end;
    std::string name(text_.substr(name_begin, name_end - name_begin));
    for (char& c : name) c = ascii_lower(c);
    const size_t end = find_near(">", name_end);
    const bool block = block_tags().count(name) != 0;
    if (end == text_.npos || !(block || inline_tags().count(name))) return i;
    const char next = at(name_end);
    if (next != '>' && next != ' ' && next != '/' && next != '\n') return i;
    // "List<a>" is none unless it is closed.
    if (!sure() && !closing && i > 0 && is_word(at(i - 1)) && !block &&
        find_near("</" + name, end) == text_.npos)
      return i;
    changed(i, end + 1);
    if (!closing && (name == "script" || name == "style")) return skipped(name, i, end + 1);
    if (block) put(name == "br" || name == "td" || name == "th" ? "\n" : "\n\n", {i, end + 1});
    return end + 1;
  }

  size_t skipped(const std::string& name, size_t begin, size_t from) {
    const size_t close = text_.find("</" + name, from);
    const size_t end = close == text_.npos ? text_.npos : text_.find('>', close);
    left_out("a script or a style", begin, end == text_.npos ? text_.size() : end + 1);
    return end == text_.npos ? text_.size() : end + 1;
  }

  size_t entity(size_t i) {
    const Entity found = entity_at(text_.substr(i));
    if (found.bytes == 0) return i;
    changed(i, i + found.bytes);
    put(found.text, {i, i + found.bytes});
    return i + found.bytes;
  }

  const std::string_view text_;
  const MarkupKind kind_;
  UnmarkedText out_;
  ByteSpan first_;
  size_t resume_ = 0;  // markup went beyond its line to here
  bool highlighted_ = false;
};

}  // namespace

MarkupKind markup_kind(const std::string& name) {
  if (name == "auto") return MarkupKind::kAuto;
  if (name == "plain") return MarkupKind::kPlain;
  if (name == "markdown") return MarkupKind::kMarkdown;
  if (name == "html") return MarkupKind::kHtml;
  fail(ErrorCode::kUsage, "markup is \"", name, "\"; known: auto, plain, markdown, html");
}

UnmarkedText without_markup(std::string_view text, MarkupKind kind) {
  if (kind == MarkupKind::kPlain) return {};
  const bool none = kind == MarkupKind::kAuto && text.find_first_of("<&[#>=-*_`~") == text.npos;
  return none ? UnmarkedText() : Reader(text, kind).run();
}

}  // namespace tts
