#include "text/normalise/shipped_lexicon.h"

#include <map>
#include <mutex>

#include "text/normalise/language.h"

namespace tts {

const Lexicon& shipped_lexicon(std::string_view code) {
  static std::mutex mutex;
  static std::map<std::string, Lexicon> known;
  const std::string folder(folder_of_language(code));
  const std::lock_guard<std::mutex> lock(mutex);
  auto found = known.find(folder);
  if (found != known.end()) return found->second;
  Lexicon lexicon;
  if (!folder.empty())
    lexicon.read(shipped_lexicon_text(folder), "text/normalise/" + folder + "/lexicon.tsv");
  return known.emplace(folder, std::move(lexicon)).first->second;
}

}  // namespace tts
