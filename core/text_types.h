// What the text front end hands on: sentences of symbols with spans in the caller's bytes.
// No tensors here, so that text/ builds and is tested without LibTorch.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tts {

// Half-open range of bytes [begin, end) in the text as the caller gave it (UTF-8).
struct ByteSpan {
  size_t begin = 0;
  size_t end = 0;
};

// What markup asks of a stretch of speech, on top of what is asked of all of it.
struct SpeechStyle {
  double rate_ratio = 1;       // durations are divided by it
  double pitch_semitones = 0;  // added to F0
  double volume_db = 0;        // of the sound
};

// One phone, pause or punctuation mark. Stress, length and word end are attributes, never symbols
// of their own, or short words would have more symbols than frames.
struct Symbol {
  // IPA without stress and length marks ("aɪ", "t͡ʃ" merged), or one of kSilence …
  std::string phone;
  uint8_t stress = 0;      // 0 none, 1 secondary, 2 primary: carried by the vowel
  bool long_mark = false;  // "ː" followed the phone
  bool word_end = false;   // last phone of its word
  int word = -1;           // index into Sentence::words, -1 for pauses and punctuation
  double pause_s = -1;     // kPause only: the exact length asked for with [[pause 400ms]], else -1
  SpeechStyle style = {};
};

// Symbols that are no phones.
inline constexpr char kSilence[] = "_";       // first and last symbol of every sentence
inline constexpr char kWordBoundary[] = "|";  // between words; silence of zero or more frames
inline constexpr char kPause[] = "#";         // an exact pause from [[pause …]]
// Punctuation that is heard stands as itself: , . ? ! ; : … — (a word boundary and mark in one
// symbol)

struct Word {
  std::string written;      // the caller's bytes, text.substr(span)
  std::string spoken;       // after normalisation: "42" → "forty-two"
  ByteSpan span;            // may cover several written words when espeak-ng merged them
  size_t first_symbol = 0;  // into Sentence::symbols
  size_t symbol_count = 0;
  std::string decided_by;  // what chose the spoken form and, behind "; ", the phones
};

// A place in the text that a program wants to hear of.
struct Mark {
  std::string name;
  ByteSpan span;
  size_t word = 0;         // into Sentence::words
  bool behind_it = false;  // the place is the end of that word, not its start
};

struct Sentence {
  std::string spoken;    // the whole sentence after normalisation
  std::string language;  // BCP 47 as given to espeak-ng, e.g. "en-us", "de", "nl"
  ByteSpan span;
  std::vector<Symbol> symbols;  // starts and ends with kSilence
  std::vector<Word> words;
  std::vector<Mark> marks;
  double pause_after_s = 0;  // natural pause before the next sentence (longer at a paragraph's end)
};

struct TextWarning {
  std::string message;  // "skipped U+4E2D (Han) …: no phonemes in language en-us"
  ByteSpan span;
  bool of_whole_text = false;  // holds for all of it: said once, where it showed first
};

struct Document {
  std::vector<Sentence> sentences;
  std::vector<TextWarning> warnings;
};

// Symbol table of a voice: the index is the id. Attributes are one small number: see attribute_id.
inline constexpr int64_t kAttributeCount = 12;
inline int64_t attribute_id(const Symbol& s) {
  return s.stress + 3 * (s.long_mark ? 1 : 0) + 6 * (s.word_end ? 1 : 0);
}

}  // namespace tts
