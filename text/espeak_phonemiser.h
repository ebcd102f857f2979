// Phonemes by espeak-ng, clause by clause (context matters), aligned back to the words.
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/alignment.h"
#include "text/espeak_library.h"
#include "text/phonemiser.h"

namespace tts {

class EspeakPhonemiser : public Phonemiser {
 public:
  // The library is opened at the first word that needs it.
  EspeakPhonemiser(std::string language, std::string library, std::string data);
  std::vector<PhonemeRun> phonemise(const std::vector<ClauseWord>& clause) const override;

 private:
  std::vector<Phones> groups_of(const std::string& text) const;
  Phones alone(const std::string& word) const;  // cached
  std::vector<PhonemeRun> from_espeak(const std::vector<ClauseWord>& clause) const;

  std::string language_, library_, data_;
  mutable std::mutex cache_mutex_;
  mutable std::unordered_map<std::string, Phones> cache_;
};

}  // namespace tts
