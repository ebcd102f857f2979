#include "cli/batch/chapters.h"

#include <algorithm>
#include <map>
#include <regex>

#include "cli/batch/markdown.h"
#include "core/classic_stream.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

// A heading read aloud ends like a sentence.
std::string as_sentence(const std::string& title) {
  if (title.empty()) return "";
  return title + (std::string(".!?:").find(title.back()) == std::string::npos ? "." : "") + "\n\n";
}

// Where headings of tables of contents follow each other without text, there is no chapter.
std::vector<Chapter> with_text(std::vector<Chapter> chapters) {
  std::vector<Chapter> out;
  for (auto& chapter : chapters) {
    if (is_blank(chapter.text)) continue;
    chapter.text = as_sentence(chapter.title) + chapter.text;
    out.push_back(std::move(chapter));
  }
  return out;
}

int chapter_level(const std::vector<MarkdownBlock>& blocks) {
  std::map<int, int> counts;
  for (const auto& block : blocks) {
    if (block.heading_level > 0) ++counts[block.heading_level];
  }
  for (const auto& [level, count] : counts) {
    if (count > 1) return level;
  }
  return counts.empty() ? 0 : counts.begin()->first;
}

std::vector<std::string> book_lines(const std::string& content) {
  std::vector<std::string> lines;
  ClassicInput in(content);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.compare(0, 13, "*** START OF ") == 0) {
      lines.clear();
    } else if (line.compare(0, 11, "*** END OF ") == 0) {
      break;
    } else {
      lines.push_back(line);
    }
  }
  return lines;
}

bool is_chapter_line(const std::string& line) {
  static const std::regex shape(
      R"(\s*(?:(?:chapter|book|part|kapitel|teil|buch|hoofdstuk|deel|chapitre|livre|partie|cap[ií]tulo|capitolo)\s+(?:[0-9]+|[ivxlcdm]+|[a-z]+)\b.{0,80}|(?:prologue|epilogue|prolog|epilog|preface|introduction|vorwort|nachwort|voorwoord)\W*))",
      std::regex::icase | std::regex::optimize);
  return line.size() < 120 && std::regex_match(line, shape);
}

std::string trimmed_title(const std::string& line) {
  const size_t begin = line.find_first_not_of(" \t"), end = line.find_last_not_of(" \t");
  return begin == line.npos ? "" : line.substr(begin, end - begin + 1);
}

}  // namespace

std::vector<Chapter> markdown_chapters(const std::string& content) {
  const std::vector<MarkdownBlock> blocks = markdown_blocks(content);
  const int level = chapter_level(blocks);
  std::vector<Chapter> chapters(1);
  std::string title;  // of the book: a heading before the first chapter
  for (const auto& block : blocks) {
    const bool heading = block.heading_level > 0;
    if (heading && block.heading_level == level) {
      chapters.push_back({block.text, ""});
    } else {
      if (heading && chapters.size() == 1 && title.empty()) title = block.text;
      chapters.back().text += heading ? as_sentence(block.text) : block.text + "\n\n";
    }
  }
  chapters = with_text(std::move(chapters));
  if (!chapters.empty() && chapters.front().title.empty()) chapters.front().title = title;
  return chapters;
}

std::vector<Chapter> plain_chapters(const std::string& content) {
  const std::vector<std::string> lines = book_lines(content);
  std::vector<Chapter> chapters(1);
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool alone =
        (i == 0 || is_blank(lines[i - 1])) && (i + 1 == lines.size() || is_blank(lines[i + 1]));
    if (alone && is_chapter_line(lines[i])) {
      chapters.push_back({trimmed_title(lines[i]), ""});
    } else {
      chapters.back().text += lines[i] + "\n";
    }
  }
  return with_text(std::move(chapters));
}

}  // namespace tts
