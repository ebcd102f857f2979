// Shards: the training data as a few files of at most 24 MiB. Audio stays coded as it was found, so
// that a corpus travels in the space of its Opus files; the text's symbols and the F0 track travel
// with it.
//
// Layout: "TTSSHRD1", uint64 little-endian header size, header (JSON), blobs. See docs/training.md.
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/text_types.h"

namespace tts {

inline constexpr double kFullBandHz = 12000;  // half of 24 kHz

struct ShardItem {
  std::string id;
  std::string text;
  std::string speaker;
  std::string language;
  double band_limit_hz = kFullBandHz;  // above it the recording holds nothing (audio/band.h)
  std::vector<Symbol> symbols;         // empty when the shard was made for codec training alone
  std::string audio;                   // bytes of the coded recording
  std::vector<uint16_t> f0_decihertz;  // 100 Hz track in 0.1 Hz, 0 where unvoiced
};

inline constexpr size_t kShardBytes = 24u << 20;

class ShardWriter {
 public:
  // Writes stem-00001.shard, stem-00002.shard … each at most kShardBytes.
  explicit ShardWriter(std::string stem) : stem_(std::move(stem)) {}
  void add(ShardItem item);
  // Writes what is left. → the files written
  std::vector<std::string> finish();

 private:
  void flush();
  std::string stem_;
  std::vector<ShardItem> pending_;
  size_t pending_bytes_ = 0;
  std::vector<std::string> files_;
};

// Reads and checks one shard.
std::vector<ShardItem> read_shard(const std::string& path);

// "a ˈaɪ ə| …": a compact, readable form of symbols for shards and files, and back.
std::string symbols_to_line(const std::vector<Symbol>& symbols);
std::vector<Symbol> symbols_from_line(const std::string& line);

}  // namespace tts
