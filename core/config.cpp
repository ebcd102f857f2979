#include "core/config.h"

#include <fstream>

#include "core/classic_stream.h"
#include "core/error.h"
#include "core/json_text.h"

namespace tts {
namespace {

std::string join(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

// Above 2^63 an unsigned number would wrap to a negative one.
bool is_integer_within(const nlohmann::json& value, int64_t lowest, int64_t highest) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && value.get<uint64_t>() > INT64_MAX) return false;
  return value.get<int64_t>() >= lowest && value.get<int64_t>() <= highest;
}

}  // namespace

Config::Config(nlohmann::json object, std::string where)
    : object_(std::move(object)), where_(std::move(where)) {
  if (!object_.is_object()) fail(ErrorCode::kVoice, where_, ": must be a JSON object");
}

Config Config::from_file(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kVoice, path, ": cannot be opened");
  ClassicOutput text;
  text << in.rdbuf();
  if (text.bad()) fail(ErrorCode::kVoice, path, ": cannot be read");  // a folder opens, too
  return from_text(text.str(), path);
}

Config Config::from_text(std::string_view text, const std::string& where) {
  try {
    return Config(parse_json(text), where);
  } catch (const JsonError& e) {
    fail(ErrorCode::kVoice, where, ": is not valid JSON (", e.what(), ")");
  }
}

const nlohmann::json& Config::get(const std::string& key,
                                  const char* type,
                                  bool (nlohmann::json::*is)() const noexcept) {
  const auto found = object_.find(key);
  if (found == object_.end()) fail(ErrorCode::kVoice, where_, ": \"", key, "\" is missing");
  if (!((*found).*is)()) {
    fail(ErrorCode::kVoice, where_, ": \"", key, "\" is ", found->dump(), "; it must be ", type);
  }
  read_.insert(key);
  return *found;
}

int64_t Config::integer(const std::string& key, int64_t lowest, int64_t highest) {
  const auto& value = get(key, "an integer", &nlohmann::json::is_number_integer);
  if (!is_integer_within(value, lowest, highest)) {
    fail(ErrorCode::kVoice,
         where_,
         ": \"",
         key,
         "\" is ",
         value.dump(),
         "; it must be ",
         lowest,
         " to ",
         highest);
  }
  return value.get<int64_t>();
}

double Config::number(const std::string& key, double lowest, double highest) {
  const double value = get(key, "a number", &nlohmann::json::is_number).get<double>();
  if (!(value >= lowest && value <= highest)) {
    fail(ErrorCode::kVoice,
         where_,
         ": \"",
         key,
         "\" is ",
         value,
         "; it must be ",
         lowest,
         " to ",
         highest);
  }
  return value;
}

bool Config::boolean(const std::string& key) {
  return get(key, "true or false", &nlohmann::json::is_boolean).get<bool>();
}

std::string Config::text(const std::string& key) {
  return get(key, "a string", &nlohmann::json::is_string).get<std::string>();
}

std::string Config::choice(const std::string& key, const std::vector<std::string>& known) {
  const std::string value = text(key);
  for (const auto& name : known) {
    if (name == value) return value;
  }
  fail(ErrorCode::kVoice, where_, ": ", key, " is \"", value, "\"; known: ", join(known));
}

std::vector<int64_t> Config::integers(const std::string& key, int64_t lowest, int64_t highest) {
  std::vector<int64_t> out;
  for (const auto& item : get(key, "a list of integers", &nlohmann::json::is_array)) {
    if (!is_integer_within(item, lowest, highest)) {
      fail(ErrorCode::kVoice,
           where_,
           ": \"",
           key,
           "\" holds ",
           item.dump(),
           "; each must be an integer from ",
           lowest,
           " to ",
           highest);
    }
    out.push_back(item.get<int64_t>());
  }
  return out;
}

std::vector<double> Config::numbers(const std::string& key) {
  std::vector<double> out;
  for (const auto& item : get(key, "a list of numbers", &nlohmann::json::is_array)) {
    if (!item.is_number()) {
      fail(ErrorCode::kVoice,
           where_,
           ": \"",
           key,
           "\" holds ",
           item.dump(),
           "; each must be a number");
    }
    out.push_back(item.get<double>());
  }
  return out;
}

std::vector<std::string> Config::texts(const std::string& key) {
  std::vector<std::string> out;
  for (const auto& item : get(key, "a list of strings", &nlohmann::json::is_array)) {
    if (!item.is_string()) {
      fail(ErrorCode::kVoice,
           where_,
           ": \"",
           key,
           "\" holds ",
           item.dump(),
           "; each must be a string");
    }
    out.push_back(item.get<std::string>());
  }
  return out;
}

Config Config::section(const std::string& key) {
  return Config(get(key, "an object", &nlohmann::json::is_object), where_ + ": " + key);
}

void Config::finish() const {
  for (const auto& item : object_.items()) {
    if (!read_.count(item.key())) {
      fail(ErrorCode::kVoice,
           where_,
           ": unknown key \"",
           item.key(),
           "\"; known: ",
           join({read_.begin(), read_.end()}));
    }
  }
}

}  // namespace tts
