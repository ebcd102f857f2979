// By what a later run knows that an item is still the same.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/batch/item.h"
#include "cli/say_options.h"
#include "core/voice_manifest.h"

namespace tts {

// Hashes the text, every option as it was written, the content of the files that options name, the
// identity of the voice and of those that SSML calls for, the format and the version of the engine.
// Each file and voice is read once.
class ItemHasher {
 public:
  explicit ItemHasher(const SayOptions& options) : options_(options) {}

  // 16 hexadecimal digits. Throws Error for a voice or a file that cannot be read.
  std::string hash(const BatchItem& item);

 private:
  std::vector<std::string> other_voices(const BatchItem& item);
  const std::string& file_identity(const std::string& path);
  const std::string& identity_of_voice(const std::string& name, bool prompts);

  const SayOptions& options_;
  std::map<std::string, std::string> files_, voices_;
  std::map<std::string, VoiceManifest> manifests_;
};

// The seed of an item that has none: from its hash, so that every run and machine takes the same.
uint64_t seed_of_hash(const std::string& hash);

}  // namespace tts
