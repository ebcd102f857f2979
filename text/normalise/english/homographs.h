// English words that are written alike and pronounced by their grammar: read, live, lead, record …
#pragma once
#include <string>
#include <vector>

namespace tts {

// `words`: a sentence's words in small letters with "," for every mark. Gives the IPA (General
// American) that the neighbours of the word at `at` ask for; empty when it is no homograph, when
// the neighbours do not tell, and in languages other than en-us: then espeak-ng chooses.
// `capitalised`: whether the word is written with a capital, as Reading and Polish are.
std::string homograph_ipa(const std::vector<std::string>& words,
                          size_t at,
                          const std::string& language,
                          bool capitalised = false);

// The sound of the plural, genitive or third-person s behind this IPA.
std::string english_with_s(const std::string& ipa);

}  // namespace tts
