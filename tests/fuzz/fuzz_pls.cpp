// W3C pronunciation lexicons: every word of one that is taken has a pronunciation or an alias.
#include "tests/fuzz/fuzz.h"
#include "text/pls.h"
#include "text/symbols.h"
#include "text/unicode.h"
#include "text/xml_source.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

void check_word(const Lexicon& lexicon, const std::string& written) {
  const icu::UnicodeString word = clean_text(written).text.trim();
  if (word.isEmpty()) return;
  const std::string ipa = lexicon.find(to_utf8(word));
  const auto place = lexicon.match(word, 0, "");
  require(!ipa.empty() || place, "\"", written, "\" was taken and is not found");
  require(ipa.empty() || !symbols_from_ipa(ipa, "").empty(), "\"", written, "\" has no phones");
  if (!place) return;
  require(place->end == word.length(), "only a part of \"", written, "\" is found");
  const LexiconEntry& entry = *place->entry;
  require(entry.ipa.empty() != entry.alias.empty(), "neither IPA nor alias, or both");
}

}  // namespace

TTS_FUZZ_TARGET(pls, 4000, ErrorCode::kInput) {
  Lexicon lexicon;
  read_pls(bytes, "words.pls", lexicon);
  const XmlSource xml("words.pls", bytes, {"lexicon", "pls:", kMaxLexiconBytes});
  for (const auto& lexeme : xml.root().children()) {
    if (xml.name_of(lexeme) != "lexeme") continue;
    for (const auto& child : lexeme.children()) {
      if (xml.name_of(child) == "grapheme") check_word(lexicon, xml.text_of(child));
    }
  }
  for (const std::string& warning : lexicon.warnings())
    require(warning.compare(0, 9, "words.pls") == 0, "a warning without a place: ", warning);
}
