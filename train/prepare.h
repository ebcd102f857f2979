// From a folder of recordings to shards.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "train/shard.h"

namespace tts {

struct PrepareOptions {
  std::string
      folder;       // metadata.csv (id|text) and wavs/id.{opus,flac,wav,ogg,mp3}, LJSpeech's layout
  std::string out;  // folder for the shards
  std::string speaker;
  std::string language;
  int threads = 2;
  // Text to symbols; empty: shards for codec training alone.
  std::function<std::vector<Symbol>(const std::string& text)> phonemise;
};

struct PrepareReport {
  size_t recordings = 0;
  double minutes = 0;
  std::vector<std::string> shards;
  std::vector<std::string> problems;  // one line per recording that was left out, saying why
};

PrepareReport prepare(const PrepareOptions& options);

}  // namespace tts
