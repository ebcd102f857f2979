// A TSV file of pronunciations: what is taken is found again, with phones.
#include <unicode/uchar.h>

#include <map>
#include <sstream>

#include "tests/fuzz/fuzz.h"
#include "text/lexicon.h"
#include "text/symbols.h"
#include "text/unicode.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \r"), end = text.find_last_not_of(" \r");
  return begin == text.npos ? "" : text.substr(begin, end - begin + 1);
}

// Any white space between words is as good as any.
std::string one_spelling(const icu::UnicodeString& words) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < words.length(); ++i) {
    const bool space = u_isspace(words[i]);
    if (!space) out.append(words[i]);
    if (space && !out.endsWith(" ")) out.append(u' ');
  }
  return to_utf8(out);
}

// How the word or the words are said.
std::string taken(const Lexicon& lexicon, const std::string& words) {
  const icu::UnicodeString text = from_utf8(words);
  const auto place = lexicon.match(text, 0, "");
  return place && place->end == text.length() ? place->entry->ipa : lexicon.find(words);
}

// "GIF" stands for itself alone.
bool in_capitals(const std::string& word) {
  const icu::UnicodeString text = from_utf8(word);
  int32_t at = 0;
  while (at < text.length() && u_isupper(text.char32At(at))) at = text.moveIndex32(at, 1);
  return at == text.length() && text.countChar32() > 1;
}

}  // namespace

TTS_FUZZ_TARGET(lexicon, 4000, ErrorCode::kInput) {
  const Lexicon lexicon({write_scratch("words.tsv", bytes)});
  require(lexicon.find("").empty(), "a pronunciation of nothing");
  const size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != bytes.npos && bytes[first] == '<') return;           // PLS: fuzz_pls.cpp
  std::map<std::string, std::pair<std::string, std::string>> last;  // as written, IPA
  std::istringstream lines{std::string(bytes)};
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    if (++number == 1 && line.compare(0, 3, "\xEF\xBB\xBF") == 0) line.erase(0, 3);
    if (trimmed(line).empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t');
    require(tab != line.npos, "a line without tab was taken");
    const icu::UnicodeString word = clean_text(line.substr(0, tab)).text.trim();
    last[one_spelling(word)] = {to_utf8(word), trimmed(line.substr(tab + 1))};
  }
  for (const auto& [spelling, entry] : last) {
    const auto& [word, ipa] = entry;
    require(taken(lexicon, word) == ipa, "\"", word, "\" is not as its last line says");
    require(!symbols_from_ipa(ipa, "").empty(), "\"", word, "\" has no phones");
    require(in_capitals(word) || !taken(lexicon, lower_case(word)).empty(),
            "\"",
            word,
            "\" is not found in small letters");
  }
}
