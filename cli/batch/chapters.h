// Books: Markdown and plain text by chapters.
#pragma once
#include <string>
#include <vector>

namespace tts {

struct Chapter {
  std::string title;  // "" before the first heading
  std::string text;   // to be spoken: the title, then the rest without markup
};

// By the headings of the highest level that occurs more than once, else of the highest.
std::vector<Chapter> markdown_chapters(const std::string& content);

// By lines such as "CHAPTER IV. The Road" that stand alone. What Project Gutenberg writes before
// and after a book is left out.
std::vector<Chapter> plain_chapters(const std::string& content);

}  // namespace tts
