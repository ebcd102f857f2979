#include "train/vocabulary.h"

#include <algorithm>

#include "core/join.h"

namespace tts {

std::vector<std::string> extended_symbols(const std::vector<std::string>& known,
                                          const Corpus& corpus) {
  std::vector<std::string> out = known;
  for (const auto& symbol : make_symbol_table(corpus)) {
    if (!contains(known, symbol)) out.push_back(symbol);
  }
  return out;
}

void adopt_languages(const std::vector<std::string>& known, AcousticData& data) {
  std::vector<std::string> all = known;
  for (const auto& language : data.languages) {
    if (!contains(all, language)) all.push_back(language);
  }
  const auto renumber = [&](int64_t& id) {
    const auto& name = data.languages.at(static_cast<size_t>(id));
    id = std::find(all.begin(), all.end(), name) - all.begin();
  };
  for (auto* items : {&data.train, &data.validation, &data.held_back}) {
    for (auto& item : *items) renumber(item.language);
  }
  for (auto& [name, speaker] : data.speakers) renumber(speaker.language);
  data.languages = all;
}

}  // namespace tts
