// What normalisation knows of a language: tables and a few functions where grammar differs.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tts {

struct Abbreviation {
  std::string spoken;
  bool may_end_sentence = false;  // "etc." before a capital ends the sentence, "Dr." never does
};

struct Unit {
  std::string one, many;
  char gender = 'n';  // of the German noun: m, f, n
};

struct Currency {
  std::string one, many;            // dollar, dollars
  std::string cent_one, cent_many;  // cent, cents; empty: there are none
  char gender = 'm';
};

// Words around the thing being read, for rules that need context.
struct Neighbours {
  std::string before;          // previous word in small letters; empty when punctuation comes first
  std::string before_written;  // the same as written
  std::string after;           // next word as written; empty when punctuation comes first
};

// The words that symbols are read as.
struct Vocabulary {
  std::string point, minus, plus, percent, per_mille, and_, to, times, by, equals, degrees, number;
  std::string at, dot, slash, dash, underscore, colon, hashtag, section, copyright, about,
      plus_minus;
  std::string divided_by, less_than, greater_than, square, cubic, per, flag_of;
  std::string power, out_of;            // 10^6, 9.5/10
  std::string score;                    // "3:2"
  std::string over;                     // "120/80"; empty: the slash's name
  std::string or_, backslash, squared;  // he/she, C:\Users, m/s²
};

struct Language {
  std::string family;  // "en"
  char decimal = '.', thousands = ',';
  Vocabulary words;
  std::vector<std::string> months;      // 12
  std::map<std::string, int> month_of;  // lower case names and abbreviations → 1 … 12
  std::map<std::string, Abbreviation> abbreviations;         // lower case, with dots: "e.g."
  std::map<std::string, std::string> streets;                // "st" after a name: street
  std::map<std::string, std::string> bare_abbreviations;     // as written, without dots: "Mr"
  std::map<std::string, std::string> slashed_abbreviations;  // small letters: "w/o"
  std::map<std::string, std::string> weekdays;               // small letters: "mon" → Monday
  std::map<std::string, std::string> per_nouns;              // after a slash: "mo" → month
  std::set<std::string> alternatives;             // small letters: he/she, with "or" for the slash
  std::map<std::string, Unit> units;              // as written: "km", "°C"
  std::map<std::string, Currency> currencies;     // symbols and codes: "$", "USD"
  std::vector<std::string> scales;                // words after amounts: million …
  std::set<std::string> spoken_acronyms;          // upper case, read as words: NASA
  std::set<std::string> spelled_acronyms;         // upper case, read by letters: USA
  std::set<std::string> capital_words;            // upper case, ordinary words: NO, STOP
  std::map<std::string, std::string> letter_ipa;  // names of the letters, upper case
  std::map<std::string, std::string> emoji;       // own names, where ICU has none
  std::set<std::string> year_cues;                // words before a year: in, since
  std::map<std::string, Unit> scale_names;        // abbreviations and their words: "Mio."
  std::set<std::string> ordinal_cues;             // words before "3.", when that is an ordinal
  std::set<std::string> ordinal_nouns;            // words after it, as written
  std::set<std::string> century_words;            // words after an ordinal Roman numeral
  std::set<std::string> monarchs;                 // names that are numbered, small letters
  bool day_first = true;                          // 3/4/2024 is the third of April
  std::set<std::string> roman_cues;               // words before a Roman numeral: chapter

  std::string (*year)(int64_t year) = nullptr;
  // `ordinal`: with the ending that the neighbours ask for.
  std::string (*ordinal)(int64_t n, const Neighbours&) = nullptr;
  std::string (*count)(const std::string& digits, char gender, const Neighbours&) = nullptr;
  // Parts that were not written are 0.
  std::string (*date)(int day, int month, int64_t year, const Neighbours&) = nullptr;
  // `half`: "am", "pm" or empty.
  std::string (*time)(int hour, int minute, int second, const std::string& half) = nullptr;
  // Of the noun that follows, where grammar asks for it: "ein halber Liter".
  std::string (*fraction)(int64_t above, int64_t below, const Neighbours&) = nullptr;
  // 2 1/2
  std::string (*mixed)(int64_t whole, int64_t above, int64_t below, const Neighbours&) = nullptr;
  std::string (*regnal)(int64_t n, const Neighbours&) = nullptr;  // Henry "the eighth"
};

// English, German, Dutch; any other language gets tables without words, and its digits go to
// espeak-ng as they are.
const Language& language_for(std::string_view code);

const Language& english();
const Language& german();
const Language& dutch();

}  // namespace tts
