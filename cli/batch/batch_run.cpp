#include "cli/batch/batch_run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "audio/output_file.h"
#include "cli/batch/inputs.h"
#include "cli/batch/item_hash.h"
#include "cli/batch/items.h"
#include "cli/batch/length_order.h"
#include "cli/batch/marks.h"
#include "cli/console.h"
#include "core/ends_with.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/join.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

// The start of the names of an item's unfinished files. ".part" is a whole sound that is not
// renamed yet; AudioWriter's own temporary file has a dot before and ".tmp" behind it.
std::string part_prefix(const std::string& output) {
  return ".tts-" + to_hex(xxh64(output.data(), output.size())) + "-";
}

double seconds_since_1970() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

std::string line_of_json(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

// People know a file by the name that it would have got.
void replace_name(std::string& message, const std::string& hidden, const std::string& name) {
  const size_t at = message.find(hidden);
  if (at != message.npos) message.replace(at, hidden.size(), name);
}

// Throws Error(kOutput).
void rename_into_place(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0) return;
  fail(ErrorCode::kOutput, to, ": cannot be replaced (", std::strerror(errno), ")");
}

}  // namespace

BatchRun::BatchRun(const BatchOptions& options) : options_(options) {
  for (auto& item : read_inputs(options_)) {
    BatchEntry entry;
    entry.item = std::move(item);
    all_.push_back(std::move(entry));
  }
  identify(options_.say);
  for (size_t i = 0; i < all_.size(); ++i) {
    if (in_shard(i)) mine_.push_back(&all_[i]);
  }
}

// Hashes and seeds. An item whose files or voice cannot be read is one that failed.
void BatchRun::identify(const SayOptions& say) {
  ItemHasher hasher(say);
  hasher.hash(item_of(say, "", ""));  // what is wrong with its voice or files is wrong for all
  for (auto& entry : all_) {
    BatchItem& item = entry.item;
    if (!item.error.empty()) continue;
    try {
      entry.hash = hasher.hash(item);
      if (!item.speak.seed) item.speak.seed = seed_of_hash(entry.hash);
    } catch (const Error& e) {
      item.error = e.what();
    }
  }
}

std::string BatchRun::part_of(const BatchEntry& entry) const {
  return path_of(part_prefix(entry.item.output) + entry.hash + ".part");
}

// What earlier runs have done, in all shards; renames what this shard's dead runs had not.
void BatchRun::recall() {
  const Records records = read_journals(options_.say.output, options_.journal);
  for (size_t i = 0; i < all_.size(); ++i) {
    BatchEntry& entry = all_[i];
    const auto found = records.find(entry.item.output);
    if (entry.hash.empty() || found == records.end()) continue;
    if (found->second.hash != entry.hash || !found->second.done()) continue;
    std::error_code none;
    if (in_shard(i) && !options_.dry_run && fs::exists(part_of(entry), none))
      rename_into_place(part_of(entry), path_of(entry.item.output));
    const auto bytes = fs::file_size(path_of(entry.item.output), none);
    if (none || static_cast<int64_t>(bytes) != found->second.bytes) continue;
    entry.record = found->second;
    entry.known = true;
  }
}

void BatchRun::choose_missing() {
  for (BatchEntry* entry : mine_) {
    entry->known = entry->known && !options_.force;
    if (!entry->known) missing_.push_back(entry);
  }
}

int BatchRun::run() {
  if (options_.dry_run) {
    recall();
    choose_missing();
    print_estimate();
    const auto bad = [](const BatchEntry* entry) { return !entry->item.error.empty(); };
    return std::any_of(mine_.begin(), mine_.end(), bad) ? 1 : 0;
  }
  make_item_folder(options_.say.output);
  Journal journal(options_.journal);
  check_results();
  recall();
  choose_missing();
  remove_stale();
  for (const BatchEntry* entry : mine_) {
    if (entry->known && options_.results == "-") print(line_of_json(entry->record.result()));
  }
  if (!missing_.empty()) make_missing(journal);
  return summarise();
}

void BatchRun::print_estimate() const {
  const Pace pace(read_journals(options_.say.output, options_.journal));
  size_t unreadable = 0;
  int64_t characters = 0;
  double speech_s = 0;
  for (const BatchEntry* entry : missing_) {
    if (!entry->item.error.empty()) {
      ++unreadable;
      ItemOutcome outcome;
      outcome.error = entry->item.error;
      report_item(entry->item.where, outcome);
      continue;
    }
    characters += characters_of(entry->item);
    speech_s += pace.speech_s(entry->item);
  }
  const ItemThreads threads(options_.say.threads, missing_.size());
  const double work_s = speech_s / pace.speech_per_work;
  print(line_of_json({{"items", mine_.size()},
                      {"done", mine_.size() - missing_.size()},
                      {"missing", missing_.size() - unreadable},
                      {"unreadable", unreadable},
                      {"characters", characters},
                      {"speech_s", speech_s},
                      {"work_s", work_s},
                      {"threads", threads.side_by_side * threads.per_item},
                      {"wall_s", work_s / (threads.side_by_side * threads.per_item)},
                      {"measured", pace.measured}}));
}

// Unfinished files of this shard's items, which no other run writes: those of killed runs.
void BatchRun::remove_stale() const {
  std::set<std::string> prefixes;
  for (const BatchEntry* entry : mine_) prefixes.insert(part_prefix(entry->item.output));
  const std::string results = "." + fs::path(options_.results).filename().string() + ".";
  std::error_code none;
  for (const auto& file : fs::directory_iterator(options_.say.output, none)) {
    const std::string name = file.path().filename().string();
    const size_t dots = name.compare(0, 2, "..") == 0 ? 1 : 0;
    const std::string start = name.substr(dots, part_prefix("").size());
    const bool own_results = name.compare(0, results.size(), results) == 0 ||
                             (options_.shards == 1 && name.find(".ffmetadata.") != name.npos);
    if (prefixes.count(start) > 0 || (own_results && ends_with(name, ".tmp")))
      fs::remove(file.path(), none);
  }
}

void BatchRun::make_missing(Journal& journal) {
  const auto speakable = [](const BatchEntry* entry) { return entry->item.error.empty(); };
  const ItemThreads threads(options_.say.threads, missing_.size(), options_.batch_size());
  const ItemMaker maker(options_.say, threads.per_item, options_.batches);
  if (options_.batches) order_by_length(missing_, static_cast<size_t>(threads.side_by_side));
  if (std::any_of(missing_.begin(), missing_.end(), speakable)) {
    start_engine(1);
    maker.check();
  }
  int64_t characters = 0;
  for (const BatchEntry* entry : missing_) characters += characters_of(entry->item);
  Progress progress(missing_.size(), characters);
  show_status(progress.line());
  run_items(
      threads.side_by_side,
      missing_.size(),
      [&](size_t i) { return make(*missing_[i], maker, journal); },
      [&](size_t i, const ItemOutcome& outcome) {
        if (!outcome.begun) return;
        report(*missing_[i], outcome);
        progress.add(characters_of(missing_[i]->item));
        show_status(progress.line());
      });
  show_status("");
  if (options_.batches && options_.batches->counts().batches > 0)
    note(sentence_of(options_.batches->counts()));
}

// In any thread. After Ctrl-C nothing is begun, but what was begun is finished.
ItemOutcome BatchRun::make(BatchEntry& entry, const ItemMaker& maker, Journal& journal) const {
  static const std::atomic<bool> never{false};
  if (interrupted()) return {};
  const std::string part = part_of(entry);
  ItemOutcome outcome = maker.make(entry.item, part, never);
  replace_name(outcome.error, part, path_of(entry.item.output));
  ItemRecord& record = entry.record = {};
  record.id = entry.item.id;
  record.output = entry.item.output;
  record.hash = entry.hash;
  record.warnings = outcome.warnings;
  record.verdict = outcome.verdicts.to_json();
  record.samples = outcome.samples;
  record.sample_rate_hz = outcome.sample_rate_hz;
  record.seed = entry.item.speak.seed.value_or(0);
  record.characters = characters_of(entry.item);
  record.work_s = outcome.work_s;
  if (outcome.done()) attempt_item(outcome, [&] { finish(entry, part, journal); });
  record.error = outcome.error;
  entry.known = true;
  if (outcome.done()) return outcome;
  unlink(part.c_str());
  record.time_s = seconds_since_1970();
  ItemOutcome entered;  // a journal that cannot be written is named once, with the item's own error
  attempt_item(entered, [&] { journal.append(record); });
  if (!entered.error.empty() && entered.error != outcome.error)
    outcome.error += "; " + entered.error;
  return outcome;
}

// Only what is on the disk is entered, and only what is entered gets its name.
void BatchRun::finish(BatchEntry& entry, const std::string& part, Journal& journal) const {
  sync_path(part);
  entry.record.bytes = static_cast<int64_t>(fs::file_size(part));
  entry.record.time_s = seconds_since_1970();
  journal.append(entry.record);
  rename_into_place(part, path_of(entry.item.output));
}

void BatchRun::report(BatchEntry& entry, const ItemOutcome& outcome) {
  report_item(entry.item.where, outcome);
  if (options_.results == "-") print(line_of_json(entry.record.result()));
}

// Before hours of work: that the file can be made, and replaces no sound.
void BatchRun::check_results() const {
  if (options_.results == "-") return;
  const OutputFile probe(options_.results, false);
  const fs::path results = fs::weakly_canonical(options_.results);
  for (const BatchEntry& entry : all_) {
    if (!entry.item.output.empty() && fs::weakly_canonical(path_of(entry.item.output)) == results)
      fail(
          ErrorCode::kUsage, "--results ", options_.results, " is the sound of ", entry.item.where);
  }
}

void BatchRun::write_results() const {
  if (options_.results == "-") return;
  OutputFile file(options_.results, false);
  for (const BatchEntry* entry : mine_) {
    const std::string line = entry->known ? line_of_json(entry->record.result()) : "";
    file.write(line.data(), line.size());
  }
  file.finish();
}

int BatchRun::summarise() {
  size_t done = 0, failed = 0, flagged = 0;
  for (const BatchEntry* entry : mine_) {
    done += entry->known && entry->record.done() ? 1 : 0;
    failed += entry->known && !entry->record.done() ? 1 : 0;
    flagged += entry->known && entry->record.flagged() ? 1 : 0;
  }
  const size_t before = mine_.size() - missing_.size();
  note(std::to_string(done) + " of " + std::to_string(mine_.size()) + " done" +
       (before > 0 ? ", " + std::to_string(before) + " of them before" : "") +
       (failed > 0 ? ", " + std::to_string(failed) + " failed" : "") +
       (flagged > 0 ? ", " + std::to_string(flagged) + " flagged" : ""));
  const bool interrupted_early = done + failed < mine_.size();
  ItemOutcome files;  // a full disk does not hide what became of the items
  attempt_item(files, [&] {
    write_results();
    const auto is_chapter = [](const BatchEntry& entry) { return !entry.item.book.empty(); };
    if (std::none_of(all_.begin(), all_.end(), is_chapter)) return;
    recall();  // other shards may have finished since
    for (const auto& marks : write_marks(all_, options_.say.output))
      note("chapter marks: " + marks);
    const auto left = chapters_left(all_, options_.say.output);
    if (!left.empty())
      note("tts: warning: of no chapter any more, but in the folder: " + join(left));
  });
  if (!files.error.empty()) note_error("tts: " + files.error);
  if (interrupted_early)
    fail(ErrorCode::kCancelled, "interrupted; the same command goes on from here");
  if (failed > 0 || !files.error.empty()) return 1;
  return flagged > 0 ? kExitFlagged : 0;
}

}  // namespace tts
