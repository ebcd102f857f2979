#include "cli/batch/marks.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "audio/output_file.h"

namespace tts {
namespace {

namespace fs = std::filesystem;
using Chapters = std::vector<const BatchEntry*>;

// The format's special characters stand behind a backslash.
std::string escaped(const std::string& value) {
  std::string out;
  for (const char c : value) {
    if (c != '\0' && std::strchr("=;#\\\n", c) != nullptr) out += '\\';
    out += c;
  }
  return out;
}

std::string ffmetadata(const std::string& book, const Chapters& chapters) {
  std::string out = ";FFMETADATA1\ntitle=" + escaped(book) + "\n";
  int64_t start = 0;
  for (const BatchEntry* chapter : chapters) {
    const ItemRecord& record = chapter->record;
    out += "\n[CHAPTER]\nTIMEBASE=1/" + std::to_string(record.sample_rate_hz) +
           "\nSTART=" + std::to_string(start) + "\nEND=" + std::to_string(start + record.samples) +
           "\ntitle=" + escaped(chapter->item.title) + "\n";
    start += record.samples;
  }
  return out;
}

// "book" of "book-07.wav"; "" where the name is no chapter's.
std::string book_of(const std::string& name) {
  const size_t dot = name.rfind('.'), dash = name.rfind('-', dot);
  if (dot == name.npos || dash == name.npos || dash + 2 >= dot) return "";
  const bool number = name.find_first_not_of("0123456789", dash + 1) == dot;
  return number ? name.substr(0, dash) : "";
}

}  // namespace

std::vector<std::string> chapters_left(const std::vector<BatchEntry>& entries,
                                       const std::string& folder) {
  std::set<std::string> books, extensions, outputs;
  for (const auto& entry : entries) {
    outputs.insert(entry.item.output);
    if (entry.item.book.empty()) continue;
    books.insert(entry.item.book);
    extensions.insert(fs::path(entry.item.output).extension().string());
  }
  std::vector<std::string> left;
  std::error_code none;
  for (const auto& file : fs::directory_iterator(folder, none)) {
    const std::string name = file.path().filename().string();
    const bool is_chapter =
        books.count(book_of(name)) > 0 && extensions.count(file.path().extension().string()) > 0;
    if (is_chapter && outputs.count(name) == 0) left.push_back(name);
  }
  std::sort(left.begin(), left.end());
  return left;
}

std::vector<std::string> write_marks(const std::vector<BatchEntry>& entries,
                                     const std::string& folder) {
  std::map<std::string, Chapters> books;
  for (const auto& entry : entries) {
    if (!entry.item.book.empty()) books[entry.item.book].push_back(&entry);
  }
  std::vector<std::string> written;
  for (const auto& [book, chapters] : books) {
    const bool complete = std::all_of(chapters.begin(), chapters.end(), [](const BatchEntry* c) {
      return c->known && c->record.done();
    });
    if (!complete) continue;
    const std::string path = folder + "/" + book + ".ffmetadata",
                      marks = ffmetadata(book, chapters);
    std::ifstream before(path, std::ios::binary);
    if (std::string(std::istreambuf_iterator<char>(before), {}) == marks) continue;
    OutputFile file(path, false);
    file.write(marks.data(), marks.size());
    file.finish();
    written.push_back(path);
  }
  return written;
}

}  // namespace tts
