// Which phone comes near one that a voice does not have: first the same phone less precisely
// written, then neighbours of the same manner of articulation.
#include "core/near_phones.h"

#include <map>

namespace tts {
namespace {

using Table = std::map<std::string, std::vector<std::string>>;

const Table& near_table() {
  static const Table table = {
      // plosives, affricates
      {"g", {"ɡ"}},
      {"ɡ", {"g", "k"}},
      {"q", {"k"}},
      {"c", {"k", "tʃ"}},
      {"ɟ", {"dʒ", "ɡ"}},
      {"ʈ", {"t"}},
      {"ɖ", {"d"}},
      {"ʔ", {"t"}},
      {"ɾ", {"d", "ɹ", "r"}},
      {"pf", {"f"}},
      {"ts", {"s"}},
      {"dz", {"z"}},
      {"tɕ", {"tʃ"}},
      {"dʑ", {"dʒ"}},
      {"ɕ", {"ʃ"}},
      {"ʑ", {"ʒ"}},
      {"tʃ", {"ʃ"}},
      {"dʒ", {"ʒ"}},
      // fricatives
      {"ʂ", {"ʃ"}},
      {"ʐ", {"ʒ"}},
      {"ç", {"ʃ", "h"}},
      {"x", {"χ", "k", "h"}},
      {"χ", {"x", "k", "h"}},
      {"ɣ", {"x", "ɡ", "g"}},
      {"ʁ", {"ɹ", "r", "x"}},
      {"ħ", {"h"}},
      {"ɦ", {"h"}},
      {"β", {"v", "b"}},
      {"ɸ", {"f"}},
      {"θ", {"s", "f"}},
      {"ð", {"z", "d"}},
      {"ʒ", {"ʃ"}},
      {"ʝ", {"j"}},
      {"ʍ", {"w"}},
      // sonorants
      {"r", {"ɹ", "ɾ", "ʁ"}},
      {"ɹ", {"r", "ʁ", "ɾ"}},
      {"ɻ", {"ɹ", "r"}},
      {"ʀ", {"ʁ", "ɹ", "r"}},
      {"ɫ", {"l"}},
      {"ɭ", {"l"}},
      {"ʎ", {"l", "j"}},
      {"ɬ", {"l"}},
      {"ɲ", {"n"}},
      {"ɳ", {"n"}},
      {"ɴ", {"ŋ"}},
      {"ɱ", {"m"}},
      {"ʋ", {"v", "w"}},
      {"ɥ", {"w", "j"}},
      {"ɰ", {"w"}},
      {"l̩", {"l"}},
      {"n̩", {"n"}},
      {"m̩", {"m"}},
      // vowels
      {"a", {"æ", "ɑ", "ɐ"}},
      {"ɑ", {"a", "ɒ", "ɔ"}},
      {"ɒ", {"ɑ", "ɔ"}},
      {"æ", {"ɛ", "a"}},
      {"ɐ", {"ə", "ʌ", "a"}},
      {"ʌ", {"ɐ", "ə", "a"}},
      {"ə", {"ɐ", "ʌ", "ɪ"}},
      {"ɘ", {"ə"}},
      {"ɵ", {"ə", "ʊ"}},
      {"ɜ", {"ɝ", "ə", "ɛ"}},
      {"ɝ", {"ɜ", "ɚ"}},
      {"ɚ", {"ə", "ɝ"}},
      {"ᵻ", {"ɪ", "ə"}},
      {"ɨ", {"ɪ", "i"}},
      {"ʉ", {"u", "ʊ"}},
      {"ɯ", {"u", "ʊ"}},
      {"e", {"ɛ", "eɪ", "ɪ"}},
      {"ɛ", {"e", "æ"}},
      {"i", {"ɪ"}},
      {"ɪ", {"i", "ᵻ"}},
      {"o", {"oʊ", "ɔ"}},
      {"ɔ", {"o", "ɑ", "ɒ"}},
      {"u", {"ʊ"}},
      {"ʊ", {"u"}},
      {"y", {"ʏ", "i", "u"}},
      {"ʏ", {"y", "ɪ", "ʊ"}},
      {"ø", {"œ", "ɜ", "ɝ", "ə"}},
      {"œ", {"ø", "ɜ", "ɝ", "ɛ"}},
      {"ɶ", {"œ", "a"}},
      {"ɤ", {"ʌ", "o"}},
      // diphthongs
      {"eɪ", {"e", "ɛ"}},
      {"ɛɪ", {"eɪ", "aɪ"}},
      {"aɪ", {"a", "ɑ"}},
      {"ɔɪ", {"ɔø", "ɔ"}},
      {"ɔø", {"ɔɪ"}},
      {"ɔʏ", {"ɔɪ", "ɔø"}},
      {"oʊ", {"əʊ", "o"}},
      {"əʊ", {"oʊ", "o"}},
      {"aʊ", {"a", "ɑ"}},
      {"œy", {"aʊ", "ɔɪ"}},
      {"ʌʊ", {"aʊ"}},
      {"ɪə", {"ɪ", "i"}},
      {"eə", {"ɛ"}},
      {"ɛə", {"ɛ"}},
      {"ʊə", {"ʊ"}},
      // marks
      {"…", {"."}},
      {"—", {","}},
      {":", {","}},
      {";", {","}},
      {"!", {"."}},
      {"?", {"."}},
  };
  return table;
}

// Without combining marks (U+0300 to U+036F) and modifier letters (U+02B0 to U+02FF): "ɑ̃" → "ɑ".
std::string without_marks(const std::string& phone) {
  std::string out;
  for (size_t i = 0; i < phone.size();) {
    const auto lead = static_cast<unsigned char>(phone[i]);
    const size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const auto next = i + 1 < phone.size() ? static_cast<unsigned char>(phone[i + 1]) : 0;
    const bool combining = (lead == 0xCC || lead == 0xCD) && !(lead == 0xCD && next >= 0xB0);
    const bool modifier = (lead == 0xCA && next >= 0xB0) || lead == 0xCB;
    if (!combining && !modifier) out += phone.substr(i, bytes);
    i += bytes;
  }
  return out;
}

}  // namespace

std::vector<std::string> near_phones(const std::string& phone) {
  std::vector<std::string> out;
  const std::string bare = without_marks(phone);
  if (bare != phone && !bare.empty()) out.push_back(bare);
  for (const auto& key : {phone, bare}) {
    const auto found = near_table().find(key);
    if (found != near_table().end())
      out.insert(out.end(), found->second.begin(), found->second.end());
  }
  return out;
}

}  // namespace tts
