#include "cli/batch/item_hash.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "core/hash.h"
#include "engine/cast.h"
#include "engine/dummy.h"
#include "engine/version.h"
#include "engine/voice_identity.h"
#include "text/lexicon.h"

namespace tts {
namespace {

// Bytes in which no two lists of parts look alike.
class HashedParts {
 public:
  void add(const std::string& part) { bytes_ += std::to_string(part.size()) + ":" + part; }
  std::string hash() const { return to_hex(xxh64(bytes_.data(), bytes_.size())); }

 private:
  std::string bytes_;
};

std::string bytes_of_file(const std::string& path) {
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, ignored))
    fail(ErrorCode::kInput, path, ": cannot be opened (", std::strerror(errno), ")");
  return {std::istreambuf_iterator<char>(in), {}};
}

bool names_a_file(const std::string& option, const std::string& value) {
  return (option == "lexicon" && !is_lexicon_text(value)) || option == "prompt-wav";
}

}  // namespace

std::string ItemHasher::hash(const BatchItem& item) {
  HashedParts parts;
  parts.add(kVersion);
  parts.add(identity_of_voice(item.voice, !item.speak.prompts.empty()));
  for (const std::string& name : other_voices(item)) parts.add(identity_of_voice(name, false));
  parts.add(options_.device);
  parts.add(name_of(options_.kind));
  parts.add(std::filesystem::path(item.output).extension().string());
  for (const auto& [name, values] : item.written) {
    parts.add(name);
    for (const auto& value : values)
      parts.add(names_a_file(name, value) ? file_identity(value) : value);
  }
  parts.add(item.text);
  if (item.strict) parts.add("strict");
  for (const Cue& cue : item.cues) {
    parts.add(std::to_string(cue.begin_ms) + "-" + std::to_string(cue.end_ms));
    parts.add(cue.text);
  }
  return parts.hash();
}

std::vector<std::string> ItemHasher::other_voices(const BatchItem& item) {
  if (options_.kind != InputKind::kSsml) return {};
  const auto found = manifests_.find(item.voice);
  if (found != manifests_.end()) return cast_of(item.text, found->second);
  const VoiceManifest own = open_found_voice(find_voice(item.voice)).manifest;
  return cast_of(item.text, manifests_.emplace(item.voice, own).first->second);
}

const std::string& ItemHasher::file_identity(const std::string& path) {
  std::string& identity = files_[path];
  if (identity.empty()) {
    const std::string bytes = bytes_of_file(path);
    identity = to_hex(xxh64(bytes.data(), bytes.size()));
  }
  return identity;
}

const std::string& ItemHasher::identity_of_voice(const std::string& name, bool prompts) {
  std::string& identity = voices_[name + (prompts ? " and prompts" : "")];
  if (identity.empty()) identity = voice_identity(name, prompts);
  return identity;
}

uint64_t seed_of_hash(const std::string& hash) {
  return std::stoull(hash.substr(8), nullptr, 16);
}

}  // namespace tts
