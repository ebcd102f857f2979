// Lines of JSON as requests (tts --jsonl, tts batch) and as lines of a batch's journal.
#include <sstream>

#include "cli/batch/items.h"
#include "cli/batch/journal.h"
#include "tests/fuzz/option_ranges.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

void check_item(const BatchItem& item) {
  require(!item.where.empty(), "an item without place");
  if (!item.error.empty()) {
    require(item.output.empty(), "an item that failed has an output");
    return;
  }
  const std::string& name = item.output;
  require(!name.empty() && name.size() < 200 && name[0] != '.', "the output is \"", name, "\"");
  require(name.find('/') == name.npos && name.find('\0') == name.npos, "a way out of the folder");
  check_ranges(item.speak);
}

std::string line_of(const ItemRecord& record) {
  return record.to_json().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void check_record(const std::string& line) {
  const auto record = ItemRecord::from(line);
  if (!record) return;
  const std::string written = line_of(*record);
  const auto again = ItemRecord::from(written);
  require(again.has_value(), "a record cannot be read again: ", written);
  require(line_of(*again) == written, "a record changes when it is read again: ", written);
}

}  // namespace

TTS_FUZZ_TARGET(jsonl, 10000, ErrorCode::kUsage) {
  SayOptions options;
  options.mode = SayMode::kJsonLines;
  const std::string text(bytes);
  const auto items = items_of_lines(text, options, "requests.jsonl", "requests");
  for (const BatchItem& item : items) check_item(item);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) check_record(line);
  refuse_duplicates(items);
}
