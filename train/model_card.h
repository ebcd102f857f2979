#pragma once
#include <string>

#include "train/acoustic_data.h"

namespace tts {

struct ModelCard {
  std::string name, language;
  std::string licence;  // of the recordings
  std::string command;  // that made the voice
};

// What a voice was made from, with which command, and which recordings never entered: Markdown.
std::string write_model_card(const ModelCard& card, const Corpus& corpus, const AcousticData& data);

}  // namespace tts
