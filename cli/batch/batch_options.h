// What `tts batch` was asked to do.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/say_options.h"
#include "engine/generation_batches.h"

namespace tts {

// How a file of texts is read.
enum class InputFormat { kText, kLines, kJsonLines, kSubtitles, kChapters };

struct BatchOptions {
  SayOptions say;                   // say.output is the folder
  std::vector<std::string> inputs;  // files, folders and patterns; "-" is stdin
  bool lines = false, json_lines = false, chapters = false;  // at most one
  std::string journal, results;                              // files; results may be "-"
  bool force = false, dry_run = false;
  bool strict = false;                         // a bad cue of subtitles fails its film
  size_t shard = 1, shards = 1;                // the first is 1
  std::shared_ptr<GenerationBatches> batches;  // null: one sentence at a time
  int batch_size() const { return batches ? batches->rows() : 1; }
};

Arguments batch_arguments();

// Throws Error(kUsage).
BatchOptions batch_options(const Arguments& arguments);

std::string batch_help(const Arguments& arguments);

}  // namespace tts
