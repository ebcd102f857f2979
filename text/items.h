// What normalisation hands on: words to speak, marks and pauses, each with its place in the clean
// text.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tts {

// A word as it is spoken; `ipa`, when given, says how. The word "," is a short rest.
struct SpokenWord {
  std::string text;
  std::string ipa;
  std::string respelling;  // what espeak-ng reads instead of the text, when not empty
};

enum class ItemKind { kWord, kMark, kPause, kParagraph };

struct Item {
  ItemKind kind = ItemKind::kWord;
  int32_t begin = 0, end = 0;      // units of the clean text
  std::vector<SpokenWord> spoken;  // kWord
  std::string mark;                // kMark: one of , . ? ! ; : … —
  double pause_s = 0;              // kPause
  bool space_after = false;        // white space or the text's end follows
  bool quote_after = false;        // a closing quote or bracket follows
  bool starts_lower = false;       // kWord: written with a small first letter
  bool starts_capital = false;     // kWord: written with a capital
  std::string decided_by;          // kWord: what chose `spoken`; empty: it is as written
  bool may_end_sentence = false;   // kWord: an abbreviation whose dot may also be a full stop
};

}  // namespace tts
