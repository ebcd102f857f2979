// Lexicons as they are written: TSV here, PLS in pls.cpp.
#include <fstream>
#include <iterator>

#include "core/classic_stream.h"
#include "core/error.h"
#include "text/lexicon.h"
#include "text/pls.h"
#include "text/symbols.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \r");
  const size_t end = text.find_last_not_of(" \r");
  return begin == text.npos ? "" : text.substr(begin, end - begin + 1);
}

}  // namespace

bool is_lexicon_text(std::string_view name_or_text) {
  const size_t first = name_or_text.find_first_not_of(' ');
  return (first != name_or_text.npos && name_or_text[first] == '<') ||
         name_or_text.find_first_of("\t\r\n") != name_or_text.npos;
}

Lexicon::Lexicon(const std::vector<std::string>& files_and_texts) {
  for (const std::string& given : files_and_texts) {
    if (is_lexicon_text(given)) {
      read(given, "lexicon");
    } else {
      read_file(given);
    }
  }
}

void Lexicon::add_ipa(const std::string& word, const std::string& ipa, const std::string& where) {
  LexiconEntry entry{trimmed(word), trimmed(ipa), "", ""};
  if (!clean_text(word).warnings.empty() || !clean_text(ipa).warnings.empty())
    fail(ErrorCode::kInput, where, "is not UTF-8 text");
  if (clean_text(word).text.trim().isEmpty()) fail(ErrorCode::kInput, where, "the word is empty");
  if (symbols_from_ipa(entry.ipa, "").empty())
    fail(ErrorCode::kInput, where, "no phones in \"", entry.ipa, "\"");
  add(std::move(entry));
}

void Lexicon::read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail(ErrorCode::kInput, path, ": the lexicon cannot be opened");
  std::string text;
  char piece[1 << 16];
  while (in.read(piece, sizeof(piece)) || in.gcount() > 0) {
    text.append(piece, static_cast<size_t>(in.gcount()));
    if (text.size() > kMaxLexiconBytes)
      fail(ErrorCode::kInput, path, ": a lexicon of more than ", kMaxLexiconBytes, " bytes");
  }
  read(text, path);
}

void Lexicon::read(std::string_view text, const std::string& name) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
    text.remove_prefix(kByteOrderMark.size());
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != text.npos && text[first] == '<') return read_pls(text, name, *this);
  ClassicInput lines{std::string(text)};
  std::string line;
  for (size_t number = 1; std::getline(lines, line); ++number) {
    if (trimmed(line).empty() || line[0] == '#') continue;
    const std::string where = name + ":" + std::to_string(number) + ": ";
    const size_t tab = line.find('\t');
    if (tab == line.npos) fail(ErrorCode::kInput, where, "expected word<TAB>ipa, found no tab");
    if (line.find('\t', tab + 1) != line.npos)
      fail(ErrorCode::kInput, where, "more than one tab; expected word<TAB>ipa");
    add_ipa(line.substr(0, tab), line.substr(tab + 1), where);
  }
}

}  // namespace tts
