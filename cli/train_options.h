// Options and steps that all `tts train` commands share.
#pragma once
#include <cxxopts.hpp>
#include <initializer_list>

#include "train/alignments.h"
#include "train/corpus.h"
#include "train/loop.h"

namespace tts {

using ParsedOptions = cxxopts::ParseResult;

// Parses and, for --help, prints and answers with an empty optional-like flag: `shown`.
struct TrainArguments {
  ParsedOptions values;
  bool help_shown = false;
};

TrainArguments parse_train(cxxopts::Options& options, int argc, char** argv);
void require_options(const ParsedOptions& values, std::initializer_list<const char*> names);

// voices/NAME of the working folder or, as voices are found, of the program's own.
std::string shipped_folder(const std::string& name);

// --data --out --speakers --held-back --steps --minutes … as every trainer takes them.
void add_trainer_options(cxxopts::Options& options);
LoopOptions loop_options(const ParsedOptions& values);
Corpus corpus_from(const ParsedOptions& values);
// All files of --alignments; empty without it.
Alignments alignments_from(const ParsedOptions& values);
// Semitones of an option of pseudo-speakers. Throws Error(kUsage).
int warp_of(const ParsedOptions& values, const char* name);
// An option between 0 and 1. Throws Error(kUsage).
double share_of(const ParsedOptions& values, const char* name);
// Settings key=value of a repeated option: "channels=256", "lookahead_100hz=[0,0]" → {"channels":
// 256, "lookahead_100hz": [0, 0]}; what is no JSON is a text. cxxopts cuts the values of a list at
// commas: a piece without = goes on with the one before. Throws Error(kUsage).
nlohmann::json settings_from(const ParsedOptions& values, const char* name);
torch::Device device_from(const ParsedOptions& values);

int train_prepare(int argc, char** argv);
int train_codec(int argc, char** argv);
int train_quantiser(int argc, char** argv);
int train_aligner(int argc, char** argv);
int train_duration(int argc, char** argv);
int train_acoustic(int argc, char** argv);
int train_speaker(int argc, char** argv);
int train_recogniser(int argc, char** argv);
int train_semantic(int argc, char** argv);
int train_latents(int argc, char** argv);
int train_package(int argc, char** argv);
int train_pack(int argc, char** argv);
int train_voice(int argc, char** argv);

}  // namespace tts
