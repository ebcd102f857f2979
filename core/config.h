// Configuration is JSON that is checked as it is read: a missing key, a wrong type, a value out of
// range or a key nobody asked for is an error that names the file and the key.
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tts {

class Config {
 public:
  // `where` names the file and section in messages, e.g. "voices/kathleen/voice.json".
  Config(nlohmann::json object, std::string where);
  static Config from_file(const std::string& path);
  static Config from_text(std::string_view text, const std::string& where);

  int64_t integer(const std::string& key, int64_t lowest, int64_t highest);
  double number(const std::string& key, double lowest, double highest);
  bool boolean(const std::string& key);
  std::string text(const std::string& key);
  std::string choice(const std::string& key, const std::vector<std::string>& known);
  std::vector<int64_t> integers(const std::string& key, int64_t lowest, int64_t highest);
  std::vector<double> numbers(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  Config section(const std::string& key);
  bool has(const std::string& key) const { return object_.contains(key); }

  // Throws if a key was never read: a misspelt key must not be ignored.
  void finish() const;

  const nlohmann::json& json() const { return object_; }
  const std::string& where() const { return where_; }

 private:
  const nlohmann::json& get(const std::string& key,
                            const char* type,
                            bool (nlohmann::json::*is)() const noexcept);
  nlohmann::json object_;
  std::string where_;
  std::set<std::string> read_;
};

}  // namespace tts
