#include "cli/batch/marks.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include "audio/output_file.h"

namespace tts {
namespace {

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

}  // namespace

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
