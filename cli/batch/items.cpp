#include "cli/batch/items.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "core/classic_stream.h"
#include "core/error.h"
#include "core/json_text.h"
#include "core/known_names.h"

namespace tts {
namespace {

// A name inside the folder: no way out, nothing hidden.
void check_file_name(const std::string& name) {
  const bool fits = !name.empty() && name.size() < 200 && name[0] != '.' &&
                    name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
  if (!fits) fail(ErrorCode::kInput, "\"", name, "\" cannot be a file name");
}

// Values as a person would type them: "1.5", 1.5 and 3 alike.
std::string as_text(const std::string& key, const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  fail(ErrorCode::kInput, "\"", key, "\" is ", value.dump(), "; it must be a string or a number");
}

nlohmann::json parse_object(const std::string& line) {
  nlohmann::json request;
  try {
    request = parse_json(line);
  } catch (const JsonError& e) {
    const std::string why = e.what();  // "[json.exception…] parse error at line 1, column 2: …"
    const size_t column = why.find("column ");
    fail(ErrorCode::kInput, "is not JSON (", column == why.npos ? why : why.substr(column), ")");
  }
  if (!request.is_object())
    fail(ErrorCode::kInput, "must be a JSON object such as {\"id\": \"a\", \"text\": \"Hello.\"}");
  return request;
}

// Keys of a line beside the options of a request. JSON objects are sorted, so "output" comes after
// "id" and wins.
using SetKey = void (*)(BatchItem&, const nlohmann::json&, const SayOptions&);
const std::map<std::string, SetKey>& item_keys() {
  using Value = const nlohmann::json&;
  static const std::map<std::string, SetKey> keys = {
      {"text",
       [](BatchItem& item, Value value, const SayOptions&) {
         if (!value.is_string()) fail(ErrorCode::kInput, "\"text\" must be a string");
         item.text = value.get<std::string>();
       }},
      {"id",
       [](BatchItem& item, Value value, const SayOptions& options) {
         item.id = as_text("id", value);
         item.output = item.id + "." + options.format;
       }},
      {"output",
       [](BatchItem& item, Value value, const SayOptions&) {
         item.output = as_text("output", value);
       }},
      {"voice", [](BatchItem& item, Value value, const SayOptions&) {
         item.voice = as_text("voice", value);
       }}};
  return keys;
}

// A list sets an option that repeats once for each entry.
void set_from_json(BatchItem& item, const std::string& key, const nlohmann::json& value) {
  const bool repeats = may_be_repeated(key);
  if (!repeats) item.written.erase(key);
  const auto set = [&](const nlohmann::json& entry) {
    const std::string text = as_text(key, entry);
    set_option(item.speak, key, text);
    item.written[key].push_back(text);
  };
  if (!repeats || !value.is_array()) return set(value);
  for (const auto& entry : value) set(entry);
}

void set_key(const std::string& written,
             const nlohmann::json& value,
             const SayOptions& options,
             BatchItem& item) {
  std::string key = written;
  std::replace(key.begin(), key.end(), '_', '-');  // as on the command line
  std::vector<std::string> known;
  for (const auto& [name, set] : item_keys()) {
    if (name == key) return set(item, value, options);
    known.push_back(name);
  }
  for (const OptionInfo& option : option_table()) {
    if (option.name == key) return set_from_json(item, key, value);
    known.push_back(option.name);
  }
  fail_unknown("key", written, known);
}

void read_request(const std::string& line, const SayOptions& options, BatchItem& item) {
  const nlohmann::json request = parse_object(line);
  if (!request.contains("text")) fail(ErrorCode::kInput, "\"text\" is missing");
  // Prompts of a line replace those of the command line: they are of one person.
  if (request.contains("prompt-wav") || request.contains("prompt_wav")) {
    item.speak.prompts.clear();
    item.speak.prompt_texts.clear();
    item.written.erase("prompt-wav");
    item.written.erase("prompt-text");
  }
  for (const auto& [key, value] : request.items()) set_key(key, value, options, item);
  check_file_name(item.output);
  const AudioFormat format = audio_format(item.output);
  if (options.raw && format != AudioFormat::kRaw)
    fail(ErrorCode::kInput, "--raw writes bare samples, but \"output\" is ", item.output);
}

std::string numbered(const std::string& stem, size_t line) {
  char number[32];
  std::snprintf(number, sizeof(number), "%04zu", line);
  return stem.empty() ? number : stem + "-" + number;
}

}  // namespace

BatchItem item_of(const SayOptions& options, const std::string& where, const std::string& name) {
  BatchItem item;
  item.where = where;
  item.id = name;
  item.output = name + "." + options.format;
  item.voice = options.voice;
  item.speak = options.speak;
  item.written = options.written;
  return item;
}

std::vector<BatchItem> items_of_lines(const std::string& text,
                                      const SayOptions& options,
                                      const std::string& file,
                                      const std::string& stem) {
  std::vector<BatchItem> items;
  ClassicInput lines(text);
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    const std::string where = (file.empty() ? "" : file + ": ") + "line " + std::to_string(number);
    BatchItem item = item_of(options, where, numbered(stem, number));
    if (options.mode == SayMode::kLines) {
      item.text = line;
    } else {
      try {
        read_request(line, options, item);
      } catch (const Error& e) {
        item.error = e.what();
        item.output.clear();
      }
    }
    items.push_back(std::move(item));
  }
  return items;
}

void refuse_duplicates(const std::vector<BatchItem>& items) {
  std::map<std::string, std::string> places;
  for (const auto& item : items) {
    if (item.output.empty()) continue;
    const auto [before, is_new] = places.emplace(item.output, item.where);
    if (!is_new) {
      fail(ErrorCode::kUsage,
           before->second,
           " and ",
           item.where,
           " would both be written to ",
           item.output,
           "; give each its own id in JSON lines, or its own name");
    }
  }
}

}  // namespace tts
