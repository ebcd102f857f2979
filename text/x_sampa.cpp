#include "text/x_sampa.h"

#include <algorithm>
#include <unordered_map>

namespace tts {
namespace {

constexpr size_t kLongest = 4;  // bytes of a sign

// Letters that are their own IPA are left out.
const std::unordered_map<std::string_view, const char*>& signs() {
  static const std::unordered_map<std::string_view, const char*> table = {
      // Small letters.
      {"b_<", "ɓ"},
      {"d`", "ɖ"},
      {"d_<", "ɗ"},
      {"g", "ɡ"},
      {"g_<", "ɠ"},
      {"h\\", "ɦ"},
      {"j\\", "ʝ"},
      {"l`", "ɭ"},
      {"l\\", "ɺ"},
      {"n`", "ɳ"},
      {"p\\", "ɸ"},
      {"r`", "ɽ"},
      {"r\\", "ɹ"},
      {"r\\`", "ɻ"},
      {"s`", "ʂ"},
      {"s\\", "ɕ"},
      {"t`", "ʈ"},
      {"v\\", "ʋ"},
      {"x\\", "ɧ"},
      {"z`", "ʐ"},
      {"z\\", "ʑ"},
      // Capitals.
      {"A", "ɑ"},
      {"B", "β"},
      {"B\\", "ʙ"},
      {"C", "ç"},
      {"D", "ð"},
      {"E", "ɛ"},
      {"F", "ɱ"},
      {"G", "ɣ"},
      {"G\\", "ɢ"},
      {"G\\_<", "ʛ"},
      {"H", "ɥ"},
      {"H\\", "ʜ"},
      {"I", "ɪ"},
      {"I\\", "ᵻ"},
      {"J", "ɲ"},
      {"J\\", "ɟ"},
      {"J\\_<", "ʄ"},
      {"K", "ɬ"},
      {"K\\", "ɮ"},
      {"L", "ʎ"},
      {"L\\", "ʟ"},
      {"M", "ɯ"},
      {"M\\", "ɰ"},
      {"N", "ŋ"},
      {"N\\", "ɴ"},
      {"O", "ɔ"},
      {"O\\", "ʘ"},
      {"P", "ʋ"},
      {"Q", "ɒ"},
      {"R", "ʁ"},
      {"R\\", "ʀ"},
      {"S", "ʃ"},
      {"T", "θ"},
      {"U", "ʊ"},
      {"U\\", "ᵿ"},
      {"V", "ʌ"},
      {"W", "ʍ"},
      {"X", "χ"},
      {"X\\", "ħ"},
      {"Y", "ʏ"},
      {"Z", "ʒ"},
      // Digits and other signs.
      {"@", "ə"},
      {"@\\", "ɘ"},
      {"@`", "ɚ"},
      {"{", "æ"},
      {"}", "ʉ"},
      {"1", "ɨ"},
      {"2", "ø"},
      {"3", "ɜ"},
      {"3\\", "ɞ"},
      {"3`", "ɝ"},
      {"4", "ɾ"},
      {"5", "ɫ"},
      {"6", "ɐ"},
      {"7", "ɤ"},
      {"8", "ɵ"},
      {"9", "œ"},
      {"&", "ɶ"},
      {"?", "ʔ"},
      {"?\\", "ʕ"},
      {"<\\", "ʢ"},
      {">\\", "ʡ"},
      {"!\\", "ǃ"},
      {"|\\", "ǀ"},
      {"|\\|\\", "ǁ"},
      {"=\\", "ǂ"},
      // Stress, length, joints.
      {"\"", "ˈ"},
      {"%", "ˌ"},
      {":", "ː"},
      {":\\", "ˑ"},
      {".", "."},
      {"-", ""},
      {"-\\", "‿"},
      {"|", "|"},
      {"||", "‖"},
      {" ", " "},
      // Diacritics.
      {"'", "ʲ"},
      {"_j", "ʲ"},
      {"`", "˞"},
      {"~", "\u0303"},
      {"_~", "\u0303"},
      {"=", "\u0329"},
      {"_=", "\u0329"},
      {"_\"", "\u0308"},
      {"_+", "\u031F"},
      {"_-", "\u0320"},
      {"_0", "\u0325"},
      {"_>", "ʼ"},
      {"_?\\", "ˤ"},
      {"_^", "\u032F"},
      {"_}", "\u031A"},
      {"_A", "\u0318"},
      {"_a", "\u033A"},
      {"_c", "\u031C"},
      {"_d", "\u032A"},
      {"_e", "\u0334"},
      {"_G", "ˠ"},
      {"_h", "ʰ"},
      {"_k", "\u0330"},
      {"_l", "ˡ"},
      {"_m", "\u033B"},
      {"_N", "\u033C"},
      {"_n", "ⁿ"},
      {"_O", "\u0339"},
      {"_o", "\u031E"},
      {"_q", "\u0319"},
      {"_r", "\u031D"},
      {"_t", "\u0324"},
      {"_v", "\u032C"},
      {"_w", "ʷ"},
      {"_X", "\u0306"},
      {"_x", "\u033D"},
  };
  return table;
}

}  // namespace

std::optional<std::string> ipa_from_x_sampa(std::string_view x_sampa) {
  std::string out;
  for (size_t at = 0; at < x_sampa.size();) {
    size_t length = std::min(kLongest, x_sampa.size() - at);
    auto found = signs().end();
    for (; length > 0; --length) {
      found = signs().find(x_sampa.substr(at, length));
      if (found != signs().end()) break;
    }
    if (found != signs().end()) {
      out += found->second;
      at += length;
    } else if (x_sampa[at] >= 'a' && x_sampa[at] <= 'z') {
      out += x_sampa[at++];
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<std::string> ipa_of(std::string_view written, std::string_view alphabet) {
  if (alphabet == "ipa") return std::string(written);
  if (alphabet == "x-sampa") return ipa_from_x_sampa(written);
  return std::nullopt;
}

}  // namespace tts
