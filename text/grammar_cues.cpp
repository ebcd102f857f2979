#include "text/grammar_cues.h"

#include <algorithm>

namespace tts {
namespace {

const std::set<std::string>& prepositions() {
  static const std::set<std::string> set = {"of",
                                            "in",
                                            "on",
                                            "at",
                                            "for",
                                            "with",
                                            "by",
                                            "from",
                                            "into",
                                            "about",
                                            "under",
                                            "without",
                                            "between",
                                            "after",
                                            "before"};
  return set;
}

const std::set<std::string>& perfect_auxiliaries() {
  static const std::set<std::string> set = {
      "has",    "have",   "had",    "having", "was",     "were", "been",  "being",   "is",
      "are",    "i've",   "you've", "we've",  "they've", "he's", "she's", "haven't", "hasn't",
      "hadn't", "wasn't", "be",     "it's",   "i'd",     "he'd", "she'd", "we'd",    "they'd"};
  return set;
}

const std::set<std::string>& adverbs() {
  static const std::set<std::string> set = {
      "not",       "never",   "always",  "also", "just",     "already", "ever",
      "often",     "usually", "really",  "only", "still",    "then",    "once",
      "sometimes", "once",    "quickly", "soon", "recently", "all",     "both"};
  return set;
}

}  // namespace

const std::set<std::string>& determiners() {
  static const std::set<std::string> set = {
      "the",   "a",    "an",  "this",  "that", "these",   "those", "my",    "your",  "his",
      "her",   "its",  "our", "their", "some", "any",     "no",    "every", "each",  "another",
      "whose", "one",  "two", "three", "many", "several", "few",   "more",  "most",  "first",
      "last",  "next", "new", "old",   "good", "bad",     "much",  "own",   "other", "world"};
  return set;
}

const std::set<std::string>& subject_pronouns() {
  static const std::set<std::string> set = {"i", "you", "he", "she", "it", "we", "they", "who"};
  return set;
}

const std::set<std::string>& verb_cues() {
  static const std::set<std::string> set = {
      "to",        "will",    "would",  "can",   "could",  "shall",    "should",
      "may",       "might",   "must",   "do",    "does",   "did",      "don't",
      "doesn't",   "didn't",  "won't",  "can't", "cannot", "couldn't", "wouldn't",
      "shouldn't", "let's",   "please", "i'll",  "you'll", "he'll",    "she'll",
      "we'll",     "they'll", "it'll",  "i'd",   "you'd",  "we'd",     "they'd",
      "he'd",      "she'd",   "helped", "help",  "let",    "us"};
  return set;
}

const std::string& WordContext::before(size_t distance) const {
  static const std::string none;
  return distance <= at_ ? words_[at_ - distance] : none;
}

const std::string& WordContext::after(size_t distance) const {
  static const std::string none;
  return at_ + distance < words_.size() ? words_[at_ + distance] : none;
}

bool WordContext::sentence_has(const std::set<std::string>& set) const {
  return std::any_of(
      words_.begin(), words_.end(), [&](const std::string& w) { return set.count(w) != 0; });
}

PartOfSpeech WordContext::part_of_speech() const {
  size_t back = 1;
  while (adverbs().count(before(back))) ++back;
  const std::string& cue = before(back);
  if (verb_cues().count(cue)) return PartOfSpeech::kVerb;
  if (subject_pronouns().count(cue)) return PartOfSpeech::kVerb;
  if (determiners().count(cue) || prepositions().count(cue)) return PartOfSpeech::kNoun;
  const bool modified_noun = determiners().count(before(2)) && !cue.empty() && cue != ",";
  const bool before_object = determiners().count(after()) != 0;
  if (starts_clause() && before_object) return PartOfSpeech::kVerb;  // "Record the show."
  if (modified_noun && !before_object) return PartOfSpeech::kNoun;   // "the new record"
  if (cue == "and" && before_object) return PartOfSpeech::kVerb;     // "… and record it"
  return PartOfSpeech::kUnknown;
}

bool WordContext::is_participle() const {
  size_t back = 1;
  while (adverbs().count(before(back))) ++back;
  if (perfect_auxiliaries().count(before(back))) return true;
  // "Have you read …?"
  return subject_pronouns().count(before(back)) && perfect_auxiliaries().count(before(back + 1)) &&
         before(back + 1)[0] == 'h';
}

}  // namespace tts
