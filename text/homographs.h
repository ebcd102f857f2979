// Words that are written alike and pronounced by their grammar: read, live, lead, record …
#pragma once
#include <string>
#include <vector>

namespace tts {

// A sentence's words in small letters, marks between them (","), and for the word at `at` the IPA
// that its neighbours ask for; empty when it is no homograph, or when espeak-ng's own choice is
// right.
std::string homograph_ipa(const std::vector<std::string>& words,
                          size_t at,
                          const std::string& language);

}  // namespace tts
