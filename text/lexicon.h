// The user's own pronunciations.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

namespace tts {

// TSV files with lines "word<TAB>ipa"; empty lines and lines that start with # are skipped. Words
// are compared without regard to capitals, but an entry written with the very capitals wins. Later
// entries, and later files, win.
class Lexicon {
 public:
  Lexicon() = default;
  // Throws Error(kInput) naming file and line.
  explicit Lexicon(const std::vector<std::string>& files);

  void add(const std::string& word, const std::string& ipa);
  // Empty when the word has no entry.
  std::string find(const std::string& word) const;

 private:
  void read(const std::string& file);
  std::unordered_map<std::string, std::string> exact_, folded_;
};

}  // namespace tts
