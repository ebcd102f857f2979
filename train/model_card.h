#pragma once
#include <string>

#include "train/acoustic_data.h"

namespace tts {

// The model card of a voice: what it was made from, with which command, and which recordings never
// entered.
std::string model_card(const std::string& name,
                       const std::string& language,
                       const std::string& licence,
                       const Corpus& corpus,
                       const AcousticData& data,
                       int argc,
                       char** argv);

}  // namespace tts
