// metadata.csv of a folder of recordings: which file says what, and who speaks.
#pragma once
#include <string>
#include <vector>

namespace tts {

struct ListedRecording {
  std::string id;  // the file's path in the folder, without wavs/ and extension
  std::string text;
  std::string speaker;  // "": the file does not say
};

struct RecordingList {
  std::vector<ListedRecording> lines;
  std::vector<std::string> problems;  // lines that were left out, and why
  std::string columns;                // how it was understood, where that is not id|text
};

// Columns are separated by | (or tabs) and may be in quotes. The first line may name them (id or
// audio_file …, text …, speaker …). Without names it is id|text, as in LJSpeech, whose third column
// is not read; id|speaker|text, as in VCTK's, where no second one holds a blank and most third
// ones do; or id|text|speaker, where the third ones are words that come again. UTF-8 or UTF-16 with
// a byte order mark, any line ends.
//
// Throws Error(kInput) for a file that cannot be read, is no UTF-8 (naming the line), or whose
// texts are all the same.
RecordingList read_metadata(const std::string& path);

// The recording of an id, in the folder or its wavs/. Throws Error(kInput).
std::string find_recording(const std::string& folder, const std::string& id);

}  // namespace tts
