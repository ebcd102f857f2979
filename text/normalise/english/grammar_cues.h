// What the neighbours of an English word say about its part of speech.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace tts {

enum class PartOfSpeech { kUnknown, kNoun, kVerb };

// A word's place in its sentence (small letters, "," for marks).
class WordContext {
 public:
  WordContext(const std::vector<std::string>& words, size_t at, bool capitalised = false)
      : words_(words), at_(at), capitalised_(capitalised) {}

  const std::string& word() const { return words_[at_]; }
  const std::string& before(size_t distance = 1) const;  // empty beyond the sentence
  const std::string& after(size_t distance = 1) const;
  // Written with a capital where none has to be.
  bool is_name() const { return capitalised_ && at_ > 0; }
  bool starts_clause() const { return before().empty() || before() == ","; }
  bool before_is(const std::set<std::string>& set) const { return set.count(before()) != 0; }
  bool after_is(const std::set<std::string>& set) const { return set.count(after()) != 0; }
  bool sentence_has(const std::set<std::string>& set) const;

  // From determiners, prepositions, pronouns and auxiliaries around it.
  PartOfSpeech part_of_speech() const;
  // has/have/was/been … shortly before: a participle.
  bool is_participle() const;

 private:
  const std::vector<std::string>& words_;
  size_t at_;
  bool capitalised_;
};

// Sets of function words.
const std::set<std::string>& determiners();
const std::set<std::string>& subject_pronouns();
const std::set<std::string>& verb_cues();  // to, will, can't …

}  // namespace tts
