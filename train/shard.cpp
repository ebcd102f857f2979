#include "train/shard.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/error.h"
#include "core/json_text.h"

namespace tts {
namespace {

constexpr char kMagic[9] = "TTSSHRD1";

std::string f0_bytes(const std::vector<uint16_t>& f0) {
  return std::string(reinterpret_cast<const char*>(f0.data()), f0.size() * sizeof(uint16_t));
}

void write_whole(const std::string& path, const nlohmann::json& header, const std::string& blobs) {
  const std::string text = header.dump(), temporary = path + ".tmp";
  const uint64_t size = text.size();
  std::ofstream out(temporary, std::ios::binary);
  out.write(kMagic, 8);
  out.write(reinterpret_cast<const char*>(&size), 8);
  out << text << blobs;
  out.close();
  if (!out) fail(ErrorCode::kOutput, temporary, ": cannot be written (is the disk full?)");
  std::filesystem::rename(temporary, path);
}

std::string cut(const std::string& blobs, const nlohmann::json& range, const std::string& path) {
  const uint64_t begin = range.at(0), size = range.at(1);
  if (begin > blobs.size() || size > blobs.size() - begin) {
    fail(ErrorCode::kInput,
         path,
         ": the shard is cut short; make it again with `tts train prepare`");
  }
  return blobs.substr(begin, size);
}

[[noreturn]] void fail_damaged(const std::string& path, const std::exception& why) {
  fail(ErrorCode::kInput, path, ": the header is damaged (", why.what(), ")");
}

}  // namespace

std::string symbols_to_line(const std::vector<Symbol>& symbols) {
  std::string line;
  for (const auto& s : symbols) {
    if (!line.empty()) line += ' ';
    line += s.phone + '/' + std::to_string(attribute_id(s));
  }
  return line;
}

std::vector<Symbol> symbols_from_line(const std::string& line) {
  std::vector<Symbol> symbols;
  std::istringstream in(line);
  for (std::string item; in >> item;) {
    const size_t slash = item.rfind('/');
    if (slash == std::string::npos)
      fail(ErrorCode::kInput, "symbol \"", item, "\" has no attribute");
    const int attribute = std::atoi(item.c_str() + slash + 1);
    Symbol s;
    s.phone = item.substr(0, slash);
    s.stress = attribute % 3;
    s.long_mark = attribute / 3 % 2;
    s.word_end = attribute / 6 % 2;
    symbols.push_back(s);
  }
  return symbols;
}

void ShardWriter::add(ShardItem item) {
  const size_t bytes =
      item.audio.size() + 2 * item.f0_decihertz.size() + 8 * item.symbols.size() + 512;
  if (!pending_.empty() && pending_bytes_ + bytes > kShardBytes) flush();
  pending_bytes_ += bytes;
  pending_.push_back(std::move(item));
}

void ShardWriter::flush() {
  char number[16];
  std::snprintf(number, sizeof number, "-%05zu", files_.size() + 1);
  nlohmann::json items = nlohmann::json::array();
  std::string blobs;
  for (const auto& item : pending_) {
    const std::string f0 = f0_bytes(item.f0_decihertz);
    items.push_back({{"id", item.id},
                     {"text", item.text},
                     {"speaker", item.speaker},
                     {"language", item.language},
                     {"band_limit_hz", item.band_limit_hz},
                     {"symbols", symbols_to_line(item.symbols)},
                     {"audio", {blobs.size(), item.audio.size()}},
                     {"f0", {blobs.size() + item.audio.size(), f0.size()}}});
    blobs += item.audio + f0;
  }
  files_.push_back(stem_ + number + ".shard");
  write_whole(files_.back(), {{"version", 1}, {"items", items}}, blobs);
  pending_.clear();
  pending_bytes_ = 0;
}

std::vector<std::string> ShardWriter::finish() {
  if (!pending_.empty()) flush();
  return files_;
}

std::vector<ShardItem> read_shard(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(ErrorCode::kInput, path, ": cannot be opened");
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  uint64_t size = 0;
  if (bytes.size() < 16 || std::memcmp(bytes.data(), kMagic, 8) != 0) {
    fail(ErrorCode::kInput, path, ": is not a shard; make shards with `tts train prepare`");
  }
  std::memcpy(&size, bytes.data() + 8, 8);
  if (size > bytes.size() - 16) fail(ErrorCode::kInput, path, ": the shard is cut short");
  std::vector<ShardItem> items;
  try {
    const auto header = parse_json(std::string_view(bytes).substr(16, size));
    const std::string blobs = bytes.substr(16 + size);
    for (const auto& entry : header.at("items")) {
      ShardItem item;
      item.id = entry.at("id");
      item.text = entry.at("text");
      item.speaker = entry.at("speaker");
      item.language = entry.at("language");
      item.band_limit_hz = entry.value("band_limit_hz", kFullBandHz);  // older shards: not said
      item.symbols = symbols_from_line(entry.at("symbols"));
      item.audio = cut(blobs, entry.at("audio"), path);
      const std::string f0 = cut(blobs, entry.at("f0"), path);
      item.f0_decihertz.resize(f0.size() / 2);
      std::memcpy(item.f0_decihertz.data(), f0.data(), f0.size() / 2 * 2);
      items.push_back(std::move(item));
    }
  } catch (const JsonError& e) {
    fail_damaged(path, e);
  } catch (const nlohmann::json::exception& e) {
    fail_damaged(path, e);
  }
  return items;
}

}  // namespace tts
