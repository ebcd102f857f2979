#include "train/metadata.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "core/ascii.h"
#include "core/error.h"
#include "core/join.h"
#include "core/utf8.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExtensions[] = {".opus", ".flac", ".wav", ".ogg", ".mp3"};
constexpr size_t kNone = std::string::npos;

struct Row {
  size_t number;
  std::vector<std::string> cells;
};

struct Columns {
  size_t id = 0, text = 1, speaker = kNone;
  bool named = false;
};

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\v\f");
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(" \t\v\f") - begin + 1);
}

// "She said ""tea""." in quotes, as a spreadsheet writes it.
std::string unquoted(const std::string& cell) {
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return cell;
  std::string out;
  for (size_t i = 1; i + 1 < cell.size(); ++i) {
    out += cell[i];
    if (cell[i] != '"') continue;
    if (i + 2 >= cell.size() || cell[i + 1] != '"') return cell;  // its quotes are its own
    ++i;
  }
  return out;
}

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened; each line must be id|text");
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto text = decoded(bytes);
  if (!text) fail(ErrorCode::kInput, path, ": ends within a character of UTF-16");
  const size_t wrong = find_no_utf8(*text);
  if (wrong != kNone)
    fail(ErrorCode::kInput,
         path,
         ":",
         1 + std::count(text->begin(), text->begin() + static_cast<long>(wrong), '\n'),
         ": is not UTF-8 text (`iconv -f latin1 -t utf-8` converts Western European texts)");
  return *text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) continue;
    if (text[i] == '\n' || text[i] == '\r') {
      lines.emplace_back();
    } else {
      lines.back() += text[i];
    }
  }
  return lines;
}

std::vector<Row> rows_of(const std::string& text) {
  const std::vector<std::string> lines = lines_of(text);
  const bool bars = text.find('|') != text.npos;
  std::vector<Row> rows;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (trimmed(lines[i]).empty()) continue;
    Row row{i + 1, {}};
    for (size_t at = 0; at <= lines[i].size();) {
      const size_t end = std::min(lines[i].find(bars ? '|' : '\t', at), lines[i].size());
      row.cells.push_back(unquoted(trimmed(lines[i].substr(at, end - at))));
      at = end + 1;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

size_t column_named(const Row& row, const std::vector<std::string>& names) {
  for (size_t i = 0; i < row.cells.size(); ++i) {
    if (contains(names, ascii_lower(row.cells[i]))) return i;
  }
  return kNone;
}

bool has_blank(const std::string& cell) {
  return cell.find(' ') != cell.npos;
}

// The cells of a column, where they are.
std::vector<std::string> column_of(const std::vector<Row>& rows, size_t column) {
  std::vector<std::string> out;
  for (const Row& row : rows) {
    if (column < row.cells.size()) out.push_back(row.cells[column]);
  }
  return out;
}

Columns columns_of(std::vector<Row>& rows) {
  Columns columns;
  if (rows.empty()) return columns;
  const size_t id = column_named(rows[0],
                                 {"id",
                                  "audio_file",
                                  "audio",
                                  "file",
                                  "file_name",
                                  "filename",
                                  "path",
                                  "wav",
                                  "wav_path",
                                  "name"});
  const size_t text =
      column_named(rows[0], {"text", "transcript", "transcription", "sentence", "normalized_text"});
  if (id != kNone && text != kNone) {
    columns = {id, text, column_named(rows[0], {"speaker", "speaker_name", "speaker_id"}), true};
    rows.erase(rows.begin());
    return columns;
  }
  const auto second = column_of(rows, 1), third = column_of(rows, 2);
  if (third.empty() || third.size() < rows.size()) return columns;
  const auto blanks = [](const std::vector<std::string>& cells) {
    return static_cast<size_t>(std::count_if(cells.begin(), cells.end(), has_blank));
  };
  if (blanks(second) == 0 && 2 * blanks(third) > third.size()) {
    columns.text = 2;
    columns.speaker = 1;
  } else if (blanks(third) == 0 && 2 * blanks(second) > second.size() &&
             std::set<std::string>(third.begin(), third.end()).size() < third.size()) {
    columns.speaker = 2;
  }
  return columns;
}

std::string description_of(const Columns& columns) {
  if (!columns.named && columns.speaker == kNone) return "";
  std::string out = "column " + std::to_string(columns.id + 1) + " is the recording, column " +
                    std::to_string(columns.text + 1) + " its text";
  if (columns.speaker != kNone)
    out += ", column " + std::to_string(columns.speaker + 1) + " who speaks";
  return out;
}

// Without wavs/ and a known extension. "" for one that leads out of the folder.
std::string id_of(const std::string& written) {
  fs::path path(written);
  for (const fs::path& part : path) {
    if (part == "..") return "";
  }
  if (path.is_absolute() || written.find('\\') != written.npos) return "";
  path = path.lexically_normal();
  const std::string extension = ascii_lower(path.extension().string());
  if (std::count(std::begin(kExtensions), std::end(kExtensions), extension) > 0)
    path.replace_extension();
  if (!path.empty() && *path.begin() == "wavs") path = path.lexically_relative("wavs");
  return path.has_filename() && path != "." ? path.string() : "";
}

class ListReader {
 public:
  explicit ListReader(const std::string& path) : path_(path) {}

  RecordingList run() {
    std::vector<Row> rows = rows_of(text_of_file(path_));
    const Columns columns = columns_of(rows);
    for (const Row& row : rows) read(row, columns);
    refuse_same_texts();
    out_.columns = description_of(columns);
    return std::move(out_);
  }

 private:
  void leave_out(const Row& row, const std::string& why) {
    out_.problems.push_back(path_ + ":" + std::to_string(row.number) + ": " + why);
  }

  void read(const Row& row, const Columns& columns) {
    const auto cell = [&](size_t column) {
      return column < row.cells.size() ? row.cells[column] : std::string();
    };
    const std::string written = cell(columns.id), text = cell(columns.text);
    if (written.empty() || text.empty()) return leave_out(row, "not of the form id|text");
    const std::string id = id_of(written);
    if (id.empty()) return leave_out(row, "\"" + written + "\" is no name of a file in the folder");
    const auto [first, is_new] = places_.emplace(id, row.number);
    if (!is_new)
      return leave_out(
          row, "\"" + id + "\" was there in line " + std::to_string(first->second) + " already");
    out_.lines.push_back({id, text, cell(columns.speaker)});
  }

  void refuse_same_texts() const {
    const auto& lines = out_.lines;
    const bool same = std::all_of(lines.begin(), lines.end(), [&](const ListedRecording& line) {
      return line.text == lines[0].text;
    });
    if (lines.size() > 1 && same)
      fail(ErrorCode::kInput,
           path_,
           ": all ",
           lines.size(),
           " texts are \"",
           lines[0].text,
           "\"; is the text in another column? A first line such as id|speaker|text says where");
  }

  const std::string path_;
  RecordingList out_;
  std::map<std::string, size_t> places_;
};

// Whose name is that of the id but for an extension, in capitals or of another kind.
std::string similar_file(const fs::path& path) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(path.parent_path(), none)) {
    if (entry.path().stem() == path.filename()) return entry.path().string();
  }
  return "";
}

}  // namespace

RecordingList read_metadata(const std::string& path) {
  return ListReader(path).run();
}

std::string find_recording(const std::string& folder, const std::string& id) {
  std::string other;
  for (const char* inner : {"/wavs/", "/"}) {
    for (const char* extension : kExtensions) {
      const std::string path = folder + inner + id + extension;
      if (fs::exists(path)) return path;
    }
    const std::string similar = similar_file(folder + inner + id);
    const std::string extension = ascii_lower(fs::path(similar).extension().string());
    if (std::count(std::begin(kExtensions), std::end(kExtensions), extension) > 0) return similar;
    if (other.empty()) other = similar;
  }
  if (!other.empty())
    fail(ErrorCode::kInput, other, ": is of no kind that is read: .opus, .flac, .wav, .ogg, .mp3");
  fail(ErrorCode::kInput,
       folder,
       "/wavs/",
       id,
       ": no .opus, .flac, .wav, .ogg or .mp3 of that name");
}

}  // namespace tts
