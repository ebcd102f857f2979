// From folders of recordings to shards.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "train/shard.h"

namespace tts {

// The recordings of one person: metadata.csv (id|text; train/metadata.h) and
// wavs/id.{opus,flac,wav,ogg,mp3}, LJSpeech's layout. Where metadata.csv says who speaks, they are
// of several, and `speaker` is whose it says of no line.
struct SpeakerFolder {
  std::string folder, speaker, language;
  double source_rate_hz = 0;  // what they were recorded at, where that is known; 0: not
};

// A corpus of many people: `folder` holds a table speakers.csv (columns separated by |, the first
// line names them: id, lang, and min_source_hz where it is known) and a folder of each person's
// recordings, named by the id. Empty where there is no such table.
std::vector<SpeakerFolder> read_speaker_table(const std::string& folder);

struct PrepareOptions {
  std::vector<SpeakerFolder> speakers;
  std::string out;   // folder for the shards
  std::string name;  // of the shards' files
  int threads = 2;
  // Text to symbols; empty: shards for codec training alone.
  std::function<std::vector<Symbol>(const std::string& text, const std::string& language)>
      phonemise;
};

struct PrepareReport {
  size_t recordings = 0;
  double minutes = 0;
  size_t band_limited = 0;  // recordings that end well below 12 kHz
  std::vector<std::string> shards;
  std::map<std::string, size_t> speakers;  // recordings of each
  std::vector<std::string> notes;          // how a metadata.csv was understood
  std::vector<std::string> problems;       // one line per recording that was left out, saying why
};

PrepareReport prepare(const PrepareOptions& options);

}  // namespace tts
