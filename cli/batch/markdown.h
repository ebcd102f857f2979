// What is to be read aloud of a Markdown document (CommonMark's usual forms).
#pragma once
#include <string>
#include <vector>

namespace tts {

struct MarkdownBlock {
  int heading_level = 0;  // 0: a paragraph, an item of a list or a row of a table
  std::string text;       // one line, without markup
};

// Code blocks, rules, front matter, HTML and pictures are left out.
std::vector<MarkdownBlock> markdown_blocks(const std::string& content);

}  // namespace tts
