#include "cli/batch/inputs.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "cli/batch/chapters.h"
#include "cli/batch/items.h"
#include "cli/batch/subtitles.h"
#include "cli/console.h"
#include "core/ascii.h"
#include "core/ends_with.h"
#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, InputFormat>& input_formats() {
  static const std::map<std::string, InputFormat> formats = {{".txt", InputFormat::kText},
                                                             {".ssml", InputFormat::kText},
                                                             {".jsonl", InputFormat::kJsonLines},
                                                             {".ndjson", InputFormat::kJsonLines},
                                                             {".srt", InputFormat::kSubtitles},
                                                             {".vtt", InputFormat::kSubtitles},
                                                             {".md", InputFormat::kChapters},
                                                             {".markdown", InputFormat::kChapters}};
  return formats;
}

std::string lower_extension(const fs::path& path) {
  return ascii_lower(path.extension().string());
}

// What a flag says of text files; nothing without one.
std::optional<InputFormat> forced_format(const BatchOptions& options) {
  if (options.lines) return InputFormat::kLines;
  if (options.json_lines) return InputFormat::kJsonLines;
  if (options.chapters) return InputFormat::kChapters;
  return std::nullopt;
}

InputFormat format_of_input(const std::string& path, const BatchOptions& options) {
  const auto forced = forced_format(options);
  const std::string extension = lower_extension(path);
  const auto found = input_formats().find(extension);
  if (extension == ".ssml" && options.say.kind != InputKind::kSsml)
    fail(ErrorCode::kUsage, path, ": markup is read with --ssml, which holds for all items");
  const bool is_text = found == input_formats().end() || found->second == InputFormat::kText;
  if (forced && (is_text || options.json_lines)) return *forced;
  if (found != input_formats().end()) return found->second;
  std::vector<std::string> known;
  for (const auto& [name, format] : input_formats()) known.push_back(name);
  fail(ErrorCode::kUsage,
       path,
       ": how is it to be read? Known: ",
       join(known),
       "; --lines, --jsonl or --chapters say it of other names and of stdin");
}

bool holds(const std::string& pattern, const char* characters) {
  return pattern.find_first_of(characters) != std::string::npos;
}

// Journals and results of this batch and of its other shards, which lie beside the sounds.
bool is_own(const fs::path& path, const BatchOptions& options) {
  std::error_code none;
  for (const auto& own : {options.journal, options.results}) {
    if (own != "-" && fs::equivalent(path, own, none)) return true;
  }
  if (!fs::equivalent(path.parent_path() / ".", options.say.output, none)) return false;
  const std::string name = path.filename().string();
  return ends_with(name, ".journal.jsonl") ||
         (name.compare(0, 7, "results") == 0 && ends_with(name, ".jsonl"));
}

std::vector<std::string> files_of_folder(const std::string& folder, const BatchOptions& options) {
  std::vector<std::string> files;
  size_t others = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name[0] == '.' || entry.is_directory() || is_own(entry.path(), options)) continue;
    if (input_formats().count(lower_extension(name)) == 0) {
      ++others;
    } else {
      files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  if (others > 0)
    note("tts: warning: " + folder +
         ": files of other kinds are left out: " + std::to_string(others));
  return files;
}

std::vector<std::string> files_of_pattern(const std::string& pattern, const BatchOptions& options) {
  glob_t found{};
  std::vector<std::string> files;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
    for (size_t i = 0; i < found.gl_pathc; ++i) {
      const std::string path = found.gl_pathv[i];
      if (!fs::is_directory(path) && !is_own(path, options)) files.push_back(path);
    }
  }
  globfree(&found);
  if (files.empty()) fail(ErrorCode::kInput, pattern, ": no file has such a name");
  return files;
}

std::vector<std::string> files_of_input(const std::string& input, const BatchOptions& options) {
  if (input == "-") return {input};
  std::error_code ignored;
  if (fs::is_directory(input, ignored)) return files_of_folder(input, options);
  if (fs::exists(input, ignored)) return {input};
  if (holds(input, "*?[")) return files_of_pattern(input, options);
  fail(ErrorCode::kInput, input, ": there is no such file or folder");
}

class FileReader {
 public:
  FileReader(const BatchOptions& options, const std::string& path)
      : say_(options.say),
        strict_(options.strict),
        path_(path),
        stem_(path == "-" ? "" : fs::path(path).stem().string()),
        format_(format_of_input(path, options)) {}

  std::vector<BatchItem> read() {
    try {
      const std::string content = read_text(path_);
      const bool marked = content.compare(0, 3, "\xEF\xBB\xBF") == 0;  // as UTF-8
      return items(marked ? content.substr(3) : content);
    } catch (const Error& e) {
      BatchItem item = item_of(say_, path_, stem_);
      item.output.clear();
      item.error = e.what();  // the report begins with the place
      if (item.error.compare(0, path_.size() + 2, path_ + ": ") == 0)
        item.error.erase(0, path_.size() + 2);
      return {item};
    }
  }

 private:
  std::vector<BatchItem> items(const std::string& content) {
    switch (format_) {
      case InputFormat::kLines:
      case InputFormat::kJsonLines:
        say_.mode = format_ == InputFormat::kLines ? SayMode::kLines : SayMode::kJsonLines;
        return items_of_lines(content, say_, path_ == "-" ? "" : path_, stem_);
      case InputFormat::kSubtitles:
        return {subtitles(content)};
      case InputFormat::kChapters:
        return chapters(content);
      case InputFormat::kText:
        break;
    }
    BatchItem item = item_of(say_, path_, stem_);
    item.text = content;
    return {item};
  }

  BatchItem subtitles(const std::string& content) const {
    BatchItem item = item_of(say_, path_, stem_);
    Subtitles read = parse_subtitles(content, strict_);
    item.cues = std::move(read.cues);
    item.cue_warnings = std::move(read.warnings);
    item.strict = strict_;
    if (item.speak.duration_s)
      fail(ErrorCode::kInput, "its cues say how long they last; leave --duration out");
    return item;
  }

  std::vector<BatchItem> chapters(const std::string& content) const {
    const bool plain = lower_extension(path_) != ".md" && lower_extension(path_) != ".markdown";
    const auto chapters = plain ? plain_chapters(content) : markdown_chapters(content);
    if (chapters.empty()) fail(ErrorCode::kInput, "there is no text to speak");
    const std::string book = stem_.empty() ? "book" : stem_;
    // In the order of their names: 01 … 99, or 001 …
    const size_t digits = std::max<size_t>(2, std::to_string(chapters.size()).size());
    std::vector<BatchItem> items;
    for (const Chapter& chapter : chapters) {
      std::string number = std::to_string(items.size() + 1);
      number.insert(0, digits - number.size(), '0');
      BatchItem item = item_of(say_, path_ + ": chapter " + number, book + "-" + number);
      item.text = chapter.text;
      item.book = book;
      item.title = chapter.title.empty() ? book : chapter.title;
      items.push_back(std::move(item));
    }
    return items;
  }

  SayOptions say_;
  const bool strict_;
  const std::string path_, stem_;
  const InputFormat format_;
};

}  // namespace

std::vector<BatchItem> read_inputs(const BatchOptions& options) {
  std::vector<BatchItem> items;
  for (const auto& input : options.inputs) {
    for (const auto& file : files_of_input(input, options)) {
      for (auto& item : FileReader(options, file).read()) items.push_back(std::move(item));
    }
  }
  if (items.empty()) fail(ErrorCode::kInput, "there is no text to speak: the inputs are empty");
  refuse_duplicates(items);
  return items;
}

}  // namespace tts
