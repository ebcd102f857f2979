// What a batch has done: an append-only file, one line of JSON for each finished item.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tts {

// A line of the journal.
struct ItemRecord {
  std::string id, output, hash;
  std::string error;  // "": done
  std::vector<std::string> warnings;
  nlohmann::ordered_json verdict;  // null: nothing was judged
  int64_t samples = 0, bytes = 0;
  int sample_rate_hz = 0;
  uint64_t seed = 0;
  int64_t characters = 0;
  double work_s = 0;
  double time_s = 0;  // since 1970, when it was finished

  bool done() const { return error.empty(); }
  bool flagged() const { return verdict.is_object() && !verdict.value("ok", true); }
  double seconds() const { return sample_rate_hz == 0 ? 0 : double(samples) / sample_rate_hz; }
  nlohmann::ordered_json to_json() const;
  nlohmann::ordered_json result()
      const;  // a line of the results: id, output, seconds, seed, verdict, …
  static std::optional<ItemRecord> from(const std::string& line);
};

using Records = std::map<std::string, ItemRecord>;  // the latest of each output

// The records of `file` and of all journals *.journal.jsonl in the folder. Lines that were cut off
// are skipped.
Records read_journals(const std::string& folder, const std::string& file);

class Journal {
 public:
  // Throws Error(kOutput) when it cannot be written or another run writes it.
  explicit Journal(const std::string& path);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // The line is on the disk when this returns; when it throws Error(kOutput), there is no line.
  // From any thread.
  void append(const ItemRecord& record);

 private:
  void write_line(std::string line);
  [[noreturn]] void fail_with_reason() const;
  std::string path_;
  int file_ = -1;
  bool torn_ = false;  // ends with a line that was cut off
  std::mutex mutex_;
};

// Puts what is in a file or folder on the disk. Throws Error(kOutput).
void sync_path(const std::string& path);

}  // namespace tts
