// Where each symbol of each recording lies: made by `tts train aligner`, read by the acoustic
// trainers.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tts {

struct RecordingAlignment {
  double score = 0;                // mean log score per frame; low is bad
  std::vector<int64_t> durations;  // [N] codec frames (50 Hz) per symbol
};

using Alignments = std::map<std::string, RecordingAlignment>;  // by recording id

// TSV: id, score, durations separated by spaces. Written whole or not at all.
void write_alignments(const std::string& path, const Alignments& alignments);
Alignments read_alignments(const std::string& path);

}  // namespace tts
