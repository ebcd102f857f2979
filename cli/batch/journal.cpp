#include "cli/batch/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/console.h"
#include "core/error.h"
#include "core/json_text.h"
#include "core/write_all.h"

namespace tts {
namespace {

constexpr char kJournalEnd[] = ".journal.jsonl";

// Of one file a later line wins, whatever the clock said; of several the later time.
void read_journal(const std::string& path, Records& records) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return;  // /dev/full never ends
  Records own;
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    const auto record = ItemRecord::from(line);
    if (record && !record->output.empty()) own[record->output] = *record;
  }
  for (const auto& [output, record] : own) {
    const auto [at, is_new] = records.emplace(output, record);
    if (!is_new && record.time_s >= at->second.time_s) at->second = record;
  }
}

}  // namespace

nlohmann::ordered_json ItemRecord::result() const {
  nlohmann::ordered_json out = {{"id", id}};
  if (!output.empty()) out["output"] = output;
  if (done()) {
    out["seconds"] = seconds();
    out["seed"] = seed;
  } else {
    out["error"] = error;
  }
  if (!warnings.empty()) out["warnings"] = warnings;
  if (!verdict.is_null()) out["verdict"] = verdict;
  return out;
}

nlohmann::ordered_json ItemRecord::to_json() const {
  nlohmann::ordered_json out = result();
  out["hash"] = hash;
  out["time_s"] = time_s;
  out["work_s"] = work_s;
  out["characters"] = characters;
  if (done()) {
    out["samples"] = samples;
    out["sample_rate_hz"] = sample_rate_hz;
    out["bytes"] = bytes;
  }
  return out;
}

std::optional<ItemRecord> ItemRecord::from(const std::string& line) {
  try {
    const auto json = parse_json<nlohmann::ordered_json>(line);
    ItemRecord record;
    record.id = json.at("id");
    record.output = json.value("output", "");
    record.hash = json.at("hash");
    record.error = json.value("error", "");
    record.warnings = json.value("warnings", std::vector<std::string>{});
    record.verdict = json.value("verdict", nlohmann::ordered_json());
    record.samples = json.value("samples", int64_t{0});
    record.bytes = json.value("bytes", int64_t{0});
    record.sample_rate_hz = json.value("sample_rate_hz", 0);
    record.seed = json.value("seed", uint64_t{0});
    record.characters = json.value("characters", int64_t{0});
    record.work_s = json.value("work_s", 0.0);
    record.time_s = json.at("time_s");
    return record;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  } catch (const JsonError&) {
    return std::nullopt;
  }
}

Records read_journals(const std::string& folder, const std::string& file) {
  Records records;
  std::error_code none;
  const std::string end = kJournalEnd;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string path = entry.path().string();
    const bool named =
        path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
    if (named && !std::filesystem::equivalent(path, file, none)) read_journal(path, records);
  }
  read_journal(file, records);
  return records;
}

Journal::Journal(const std::string& path) : path_(path) {
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) fail_with_reason();
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const bool busy = errno == EWOULDBLOCK;
    if (busy) {
      close(file_);
      fail(ErrorCode::kOutput,
           path,
           ": another run is writing it; wait for its end, or give each a --shard of its own");
    }
    note("tts: warning: " + path + ": cannot be locked: run nothing else on the same folder");
  }
  struct stat info {};
  char last = '\n';
  torn_ = fstat(file_, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
          pread(file_, &last, 1, info.st_size - 1) == 1 && last != '\n';
}

Journal::~Journal() {
  close(file_);
}

void Journal::append(const ItemRecord& record) {
  const std::lock_guard<std::mutex> lock(mutex_);
  write_line(record.to_json().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
             "\n");
}

void Journal::write_line(std::string line) {
  const off_t before = lseek(file_, 0, SEEK_END);
  if (torn_) line = "\n" + line;
  if (!write_all(file_, line)) {
    const int reason = errno;
    const bool whole = before >= 0 && ftruncate(file_, before) == 0;
    torn_ = !whole;
    errno = reason;
    fail_with_reason();
  }
  torn_ = false;
  if (fsync(file_) != 0 && errno != EINVAL) fail_with_reason();
}

void Journal::fail_with_reason() const {
  fail(ErrorCode::kOutput, path_, ": cannot be written (", std::strerror(errno), ")");
}

void sync_path(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(ErrorCode::kOutput, path, ": cannot be opened (", std::strerror(errno), ")");
  const bool synced = fsync(file) == 0 || errno == EINVAL;
  const int reason = errno;
  close(file);
  if (!synced) fail(ErrorCode::kOutput, path, ": cannot be written (", std::strerror(reason), ")");
}

}  // namespace tts
