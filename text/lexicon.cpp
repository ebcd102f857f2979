#include "text/lexicon.h"

#include <fstream>

#include "core/error.h"
#include "text/symbols.h"
#include "text/unicode.h"

namespace tts {
namespace {

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \r");
  const size_t end = text.find_last_not_of(" \r");
  return begin == text.npos ? "" : text.substr(begin, end - begin + 1);
}

}  // namespace

Lexicon::Lexicon(const std::vector<std::string>& files) {
  for (const std::string& file : files) read(file);
}

void Lexicon::add(const std::string& word, const std::string& ipa) {
  const std::string composed = to_utf8(clean_text(word).text);
  exact_[composed] = ipa;
  folded_[lower_case(composed)] = ipa;
}

std::string Lexicon::find(const std::string& word) const {
  if (folded_.empty()) return "";
  const auto exact = exact_.find(word);
  if (exact != exact_.end()) return exact->second;
  const auto folded = folded_.find(lower_case(word));
  return folded == folded_.end() ? "" : folded->second;
}

void Lexicon::read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail(ErrorCode::kInput, file, ": the lexicon cannot be opened");
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.compare(0, 3, "\xEF\xBB\xBF") == 0) line.erase(0, 3);
    if (trimmed(line).empty() || line[0] == '#') continue;
    const std::string where = file + ":" + std::to_string(number) + ": ";
    const CleanText clean = clean_text(line);
    if (!clean.warnings.empty()) fail(ErrorCode::kInput, where, "the line is not UTF-8 text");
    const size_t tab = line.find('\t');
    if (tab == line.npos) fail(ErrorCode::kInput, where, "expected word<TAB>ipa, found no tab");
    const std::string word = trimmed(line.substr(0, tab)), ipa = trimmed(line.substr(tab + 1));
    if (word.empty()) fail(ErrorCode::kInput, where, "the word before the tab is empty");
    if (ipa.find('\t') != ipa.npos)
      fail(ErrorCode::kInput, where, "more than one tab; expected word<TAB>ipa");
    if (symbols_from_ipa(ipa, "").empty())
      fail(ErrorCode::kInput, where, "no phones after the tab");
    add(word, ipa);
  }
}

}  // namespace tts
