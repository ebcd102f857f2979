#include "text/normalise/english/grammar_cues.h"

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
      "not",     "never",  "always",   "also",  "just", "already", "ever",      "often",
      "usually", "really", "only",     "still", "then", "once",    "sometimes", "once",
      "quickly", "soon",   "recently", "all",   "both", "further", "best",      "better"};
  return set;
}

// Of nouns that are also verbs: "fresh produce".
const std::set<std::string>& adjectives() {
  static const std::set<std::string> set = {
      "fresh", "local",  "organic",  "farm",     "big",    "small",   "great",    "large",
      "huge",  "major",  "minor",    "recent",   "public", "private", "annual",   "final",
      "legal", "social", "military", "high",     "low",    "long",    "short",    "strong",
      "such",  "same",   "free",     "heavy",    "sharp",  "steady",  "serious",  "early",
      "late",  "daily",  "seasonal", "personal", "human",  "open",    "peaceful", "violent",
      "dry",   "hot",    "garden",   "prime"};
  return set;
}

const std::set<std::string>& object_pronouns() {
  static const std::set<std::string> set = {"it", "me", "him", "her", "us", "them", "you"};
  return set;
}

bool is_adverb(const std::string& word) {
  static const std::set<std::string> others = {
      "family", "only", "early", "daily", "supply", "reply", "july", "italy", "friendly", "ugly"};
  const bool ly = word.size() > 4 && word.compare(word.size() - 2, 2, "ly") == 0;
  return adverbs().count(word) != 0 || (ly && !others.count(word));
}

// Whether a word looks like a plural noun rather than a verb or another word in s.
bool is_plural(const std::string& word) {
  static const std::set<std::string> irregular = {"people", "men", "women", "children"};
  static const std::set<std::string> others = {
      "makes",  "takes", "shows",    "needs",   "gives",    "gets",  "keeps", "sees",  "allows",
      "offers", "says",  "finds",    "means",   "requires", "was",   "has",   "does",  "always",
      "sports", "arts",  "business", "perhaps", "news",     "this",  "its",   "his",   "is",
      "as",     "us",    "yes",      "plus",    "thus",     "let's", "sales", "james", "less"};
  if (irregular.count(word)) return true;
  return word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's' &&
         word[word.size() - 2] != '\'' && !others.count(word);
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
  while (is_adverb(before(back))) ++back;
  const std::string& cue = before(back);
  const bool base_form = word().back() != 's';
  if (verb_cues().count(cue)) return base_form ? PartOfSpeech::kVerb : PartOfSpeech::kNoun;
  if (subject_pronouns().count(cue) || cue == "which") return PartOfSpeech::kVerb;
  if (cue == "that" && is_plural(before(back + 1)) && after() != "of")
    return PartOfSpeech::kVerb;  // "systems that use it"
  if (determiners().count(cue) || prepositions().count(cue)) return PartOfSpeech::kNoun;
  const bool modified_noun = determiners().count(before(2)) && !cue.empty() && cue != ",";
  const bool before_object = determiners().count(after()) != 0 || object_pronouns().count(after());
  if (starts_clause() && before_object) return PartOfSpeech::kVerb;  // "Record the show."
  if (adjectives().count(cue)) return PartOfSpeech::kNoun;           // "fresh produce"
  static const std::set<std::string> ends_verb_phrase = {"", ",", "with", "against", "to", "from"};
  if (base_form && is_plural(cue) && (before_object || ends_verb_phrase.count(after())))
    return PartOfSpeech::kVerb;                                     // "farmers produce it"
  if (modified_noun && !before_object) return PartOfSpeech::kNoun;  // "the new record"
  if (cue == "and" && before_object) return PartOfSpeech::kVerb;    // "… and record it"
  return PartOfSpeech::kUnknown;
}

bool WordContext::is_participle() const {
  size_t back = 1;
  while (is_adverb(before(back))) ++back;
  if (perfect_auxiliaries().count(before(back))) return true;
  // "Have you read …?"
  return subject_pronouns().count(before(back)) && perfect_auxiliaries().count(before(back + 1)) &&
         before(back + 1)[0] == 'h';
}

}  // namespace tts
