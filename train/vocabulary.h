// The symbols and languages of a model that training begins from: kept in its order, so that the
// result fits into the voice it came from; what the data has beyond them comes behind.
#pragma once
#include <string>
#include <vector>

#include "train/acoustic_data.h"

namespace tts {

// `known`, then the further symbols of the recordings.
std::vector<std::string> extended_symbols(const std::vector<std::string>& known,
                                          const Corpus& corpus);

// Renumbers the languages of all items and speakers: `known`, then the further ones of the data.
void adopt_languages(const std::vector<std::string>& known, AcousticData& data);

}  // namespace tts
