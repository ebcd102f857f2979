// The user's own pronunciations.
#pragma once
#include <unicode/unistr.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tts {

inline constexpr size_t kMaxLexiconBytes = 64 << 20;

struct LexiconEntry {
  std::string word;      // or several: "New York", "W3C"
  std::string ipa;       // how it is said, or else …
  std::string alias;     // … what is read instead
  std::string language;  // BCP 47; only in text of that language, whatever its region. "": in all
};

// Whether this is the text of a lexicon and no file's name: it begins with "<", or has a tab or a
// line break.
bool is_lexicon_text(std::string_view name_or_text);

// Words are compared without regard to capitals, but an entry written with the very capitals wins.
// Later entries win.
class Lexicon {
 public:
  Lexicon() = default;
  // Reads them one after the other: files, and texts of lexicons (is_lexicon_text()).
  explicit Lexicon(const std::vector<std::string>& files_and_texts);

  // The text of a lexicon: W3C PLS 1.0 (text/pls.h) when "<" comes first, else TSV: lines
  // "word<TAB>ipa"; those that are empty or start with # are skipped. Throws Error(kInput) naming
  // `name`, which stands for the file, and the line.
  void read(std::string_view text, const std::string& name);
  void read_file(const std::string& path);
  void add(LexiconEntry entry);
  // A word and its IPA that a person wrote: throws Error(kInput) that begins with `where`.
  void add_ipa(const std::string& word, const std::string& ipa, const std::string& where);
  void add(const Lexicon& later);
  void warn(std::string message) { warnings_.push_back(std::move(message)); }
  const std::vector<std::string>& warnings() const { return warnings_; }

  // The IPA of a word as it is spoken; empty when it has no entry.
  std::string find(const std::string& word, std::string_view language = "") const;

  // The longest entry that the text has at `begin`, where one of its tokens begins, of those that
  // normalisation must not take apart: with an alias, of several tokens ("New York", "W3C"), or in
  // capitals, which would be spelled.
  struct Place {
    const LexiconEntry* entry = nullptr;
    int32_t end = 0;
  };
  std::optional<Place> match(const icu::UnicodeString& text,
                             int32_t begin,
                             std::string_view language) const;

 private:
  using Indices = std::unordered_map<std::string, std::vector<size_t>>;
  struct Written {
    size_t entry = 0;
    icu::UnicodeString word;
    bool one_word = false, folds = false;  // `folds`: capitals do not matter
  };
  const LexiconEntry* latest(const Indices& indices,
                             const std::string& key,
                             std::string_view language) const;

  std::vector<LexiconEntry> entries_;
  Indices exact_, folded_;  // of single words with IPA
  // Of what match() finds, by the first token in small letters.
  std::unordered_map<std::string, std::vector<Written>> written_;
  std::unordered_set<std::string> aliased_;  // single words, in small letters
  std::vector<std::string> warnings_;
};

}  // namespace tts
