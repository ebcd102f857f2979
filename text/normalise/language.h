// What normalisation knows of a language: tables, and functions where grammar differs. Everything
// that is a language's own stands in its folder; the rules of rules/ ask this object and never
// which language it is. docs/languages.md says how to add one.
#pragma once
#include <unicode/unistr.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tts {

using Words = std::set<std::string>;
using WordTable = std::map<std::string, std::string>;

struct Abbreviation {
  std::string spoken;
  bool may_end_sentence = false;  // "etc." before a capital ends the sentence, "Dr." never does
  bool needs_number = false;      // "fig. 3"; "a fig." is a fruit
};

struct Unit {
  std::string one, many;
  char gender = 'n';  // of a noun that has one: m, f, n
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
  // Where it stands, for the predicates of rules/context.h. Null: nowhere.
  const icu::UnicodeString* text = nullptr;
  int32_t begin = 0, end = 0;
};

// The words that symbols are read as.
struct Vocabulary {
  std::string point, minus, plus, percent, per_mille, and_, or_, to, times, by, equals, degrees;
  std::string number, at, dot, slash, dash, underscore, colon, hash, hashtag, question_mark;
  std::string section, sections, copyright, about, approximately, plus_minus, divided_by;
  std::string less_than, greater_than, square, cubic, per, flag_of, backslash;
  std::string power, squared, cubed;      // 10^6, x², x³
  std::string out_of;                     // 9.5/10
  std::string score;                      // "3:2"; empty: nothing between the two
  std::string over;                       // "120/80", "1/f"
  std::string sign_of_about;              // "± 1650"; empty: plus_minus
  std::string page, version, zero_point;  // "p. 5", "v2.0", what ".5" begins with
  std::string degree, minutes, seconds;   // of an angle; the first for one alone
  std::string north, south, east, west;   // of a place on earth
  std::string quintillion;                // 10^18, behind a number
};

struct Rule;
enum class RuleGroup;

struct Language {
  std::string code;  // as BCP 47 and ICU name it, "en"; empty: no tables
  char decimal = '.', thousands = ',';
  bool space_thousands = false;  // 10 000, also where only one group follows
  Vocabulary words;
  WordTable character_names;            // of signs that are spelt: "!" → exclamation mark
  std::vector<std::string> months;      // 12
  std::map<std::string, int> month_of;  // lower case names and abbreviations → 1 … 12

  // Short forms. Keys with a dot behind each part. Of single letters they hold as written, or with
  // the first a capital ("z.B.", "i.A."), others in any case.
  std::map<std::string, Abbreviation> abbreviations;
  Words abbreviated_names;          // "Ed.": as written and before a capital these are names
  WordTable streets;                // "st" after a name: street
  Words street_followers;           // small letters: words that continue an address, "Main St. N"
  Words no_street_names;            // small letters: words before "St." and "Dr." that name none
  WordTable suffixes;               // of compounds, before a dot: "str" → straße
  WordTable bare_abbreviations;     // as written, without dots: "Mr"
  WordTable slashed_abbreviations;  // small letters: "w/o"
  WordTable weekdays;               // small letters: "mon" → Monday
  bool weekdays_capitalised = true;
  WordTable per_nouns;       // after a slash: "mo" → month
  Words alternatives;        // small letters: he/she, with "or" for the slash
  Words sentence_openers;    // small letters: more often begin a sentence than follow "U.S."
  std::string word_letters;  // letters that are words and no initials: English I

  std::map<std::string, Unit> units;           // as written: "km", "°C"
  Words powers;                                // units that are squared: m, ft
  std::map<std::string, Unit> durations;       // parts of "2h 15m": d, h, m, s
  std::map<std::string, Currency> currencies;  // symbols and codes: "$", "USD"
  std::vector<std::string> scales;             // words after amounts: million …
  std::map<std::string, Unit> scale_names;     // abbreviations and their words: "Mio."
  Words money_scales;                          // scales only behind money: "$30b"
  Words singular_after;                        // before a measure and a noun: "a 5 km run"
  Words unit_singular_after;                   // before a unit without number: "per km"

  Words spoken_acronyms;               // upper case, read as words: NASA
  Words spelled_acronyms;              // upper case, read by letters: USA
  Words capital_words;                 // upper case, ordinary words: NO, STOP
  Words onsets, codas;                 // consonants that words begin and end with; empty: not asked
  WordTable letter_ipa;                // names of the letters, upper case
  WordTable emoji;                     // own names, where ICU has none
  bool emoji_by_unicode_name = false;  // Unicode's names are in this language
  WordTable signs;                     // "≥" → greater than or equal to; "->", "!="

  Words year_cues;                 // words before a year: in, since
  Words distant_cues;              // before years that would be counts elsewhere: "in 1066"
  Words label_cues;                // nouns that are numbered: "Chapter 01", "Artikel 1"
  Words digit_cues;                // before a number that is read by its digits: code, card
  Words call_cues;                 // before a telephone number: call, tel
  Words number_ends;               // small words that may follow such a number: "call 911 now"
  Words between_cues;              // "between 5 and 10"
  Words score_cues;                // about a match: "won 3-1"
  Words time_cues;                 // strong words before a time with a dot: "um 8.30"
  WordTable time_pairs;            // "von 8.30 bis 9.15 Uhr": the first word → the second
  std::string clock_words;         // regular expression: "(?:Uhr|h)"
  Words date_cues;                 // words before "3.4."
  Words version_cues;              // words before "3.2" that make it no date
  Words ordinal_cues;              // words before "3.", when that is an ordinal
  Words ordinal_nouns;             // words after it, as written
  Words century_words;             // words after an ordinal Roman numeral
  Words monarchs;                  // names that are numbered, small letters
  Words titles;                    // before such a name: king
  Words roman_cues;                // words before a Roman numeral: chapter
  std::string roman_ending;        // regular expression of what a Roman ordinal ends with: "th"
  bool roman_possessive = false;   // "Henry VIII's"
  bool day_first = true;           // 3/4/2024 is the third of April
  bool nouns_capitalised = false;  // a capital alone begins no sentence
  bool cents_named = false;        // "five dollars and fifty cents", not "fünf Euro fünfzig"
  Words conjunctions;              // a sentence that is too long may be cut before them

  // Its own rules of a group; they go before those of all languages.
  std::vector<Rule> (*own_rules)(RuleGroup) = nullptr;

  // ICU's spell-out where it is not what people say: 0 when it is, else the number's words.
  std::string (*cardinal)(int64_t n) = nullptr;
  std::string (*year)(int64_t year) = nullptr;
  std::string (*short_year)(int64_t two_digits) = nullptr;  // the end of 2001-02
  // `ordinal`: with the ending that the neighbours ask for.
  std::string (*ordinal)(int64_t n, const Neighbours&) = nullptr;
  std::string (*count)(const std::string& digits, char gender, const Neighbours&) = nullptr;
  // Whether a number that could be a year counts what follows: "1984 people".
  bool (*counts)(const Neighbours&) = nullptr;
  // Parts that were not written are 0.
  std::string (*date)(int day, int month, int64_t year, const Neighbours&) = nullptr;
  // The same, where the day is written first: "the fifth of March".
  std::string (*day_and_month)(int day, int month, int64_t year, const Neighbours&) = nullptr;
  // `half`: "am", "pm" or empty.
  std::string (*time)(int hour, int minute, int second, const std::string& half) = nullptr;
  // "1:02:33.5", with its seconds as written.
  std::string (*running_time)(int64_t hour, int64_t minute, const std::string& seconds) = nullptr;
  // Of the noun that follows, where grammar asks for it: "ein halber Liter".
  std::string (*fraction)(int64_t above, int64_t below, const Neighbours&) = nullptr;
  // "three quarters of a pound"; `words`: the fraction.
  std::string (*fraction_of)(const std::string& words, int64_t above, const Unit&) = nullptr;
  // 2 1/2
  std::string (*mixed)(int64_t whole, int64_t above, int64_t below, const Neighbours&) = nullptr;
  std::string (*regnal)(int64_t n, const Neighbours&) = nullptr;  // Henry "the eighth"
  // "square meters"; `prefix`: square or cubic.
  std::string (*power_name)(const std::string& prefix, const std::string& unit) = nullptr;
  // IPA of the word at `at` of a sentence (small letters, "," for marks) whose neighbours decide
  // how it is said; empty: they do not. `code`: "en-us". Null: the language has no such words here.
  std::string (*homograph)(const std::vector<std::string>& words,
                           size_t at,
                           const std::string& code,
                           bool capitalised) = nullptr;
  // IPA of a word with the s of the plural or the genitive. Null: there is none.
  std::string (*with_s)(const std::string& ipa) = nullptr;
  std::string (*plural_letter)(const std::string& letter, const std::string& ipa) = nullptr;  // CDs
  std::string (*plural_number)(const std::string& words) = nullptr;  // MP3s
};

// By the name that espeak-ng has for it, "en-us"; any other language gets tables without words, and
// its digits go to espeak-ng as they are.
const Language& language_for(std::string_view code);
// Its folder in text/normalise; empty for any other language.
std::string_view folder_of_language(std::string_view code);
// The languages that have tables: "de, en, …".
std::string languages_with_tables();

// Each in its folder.
const Language& english();
const Language& german();
const Language& dutch();

}  // namespace tts
