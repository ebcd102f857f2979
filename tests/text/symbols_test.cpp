#include "text/symbols.h"

#include "tests/test.h"

using namespace tts;

namespace {

std::string shown(const std::string& ipa, const std::string& language, char separator = '\0') {
  std::string out;
  for (const Symbol& symbol : symbols_from_ipa(ipa, language, separator)) {
    out += (out.empty() ? "" : " ") + ipa_from_symbol(symbol);
  }
  return out;
}

}  // namespace

TEST_CASE("diphthongs and affricates are one phone") {
  CHECK(shown("tʃɔɪs", "en-us") == "tʃ ɔɪ s");
  CHECK(shown("dʒˈʌdʒ", "en-us") == "dʒ ˈʌ dʒ");
  CHECK(shown("pfeːɐtsˈɔøtʃ", "de") == "pf eː ɐ ts ˈɔø tʃ");
  CHECK(shown("hœyzən", "nl") == "h œy z ə n");
  CHECK(shown("kʌut", "nl") == "k ʌʊ t");
  CHECK(shown("kats", "en-us") == "k a t s");
}

TEST_CASE("r-coloured vowels") {
  CHECK(shown("kˈɑːɹ", "en-us") == "k ˈɑː ɹ");
  CHECK(shown("f_ˈaɪɚ", "en-us", '_') == "f ˈaɪ ɚ");
  CHECK(shown("bɛɾɚ", "en-us") == "b ɛ ɾ ɚ");
}

TEST_CASE("stress moves to the vowel of its syllable") {
  CHECK(shown("bɪˈɡæn", "en-us") == "b ɪ ɡ ˈæ n");
  CHECK(shown("ˈstɹɛŋθ", "en-us") == "s t ɹ ˈɛ ŋ θ");
  CHECK(shown("ˌɪntɚˈnæʃənəl", "en-us") == "ˌɪ n t ɚ n ˈæ ʃ ə n ə l");
}

TEST_CASE("oddities of notation") {
  CHECK(shown("t͡ʃ", "en-us") == "tʃ");
  CHECK(shown("a͡ɪ", "en-us") == "aɪ");
  CHECK(shown("ga:g", "en-us") == "ɡ aː ɡ");
  CHECK(shown("b_ˈɔ̃", "fr-fr", '_') == "b ˈɔ̃");
  CHECK(shown("kən.ˈtɛnt", "en-us") == "k ə n t ˈɛ n t");
  CHECK(shown("pʰɑˑt", "en-us") == "pʰ ɑ t");
  CHECK(shown("ɡɹˈiːnwᵻdʒ", "en-us") == "ɡ ɹ ˈiː n w ᵻ dʒ");
}

TEST_CASE("no phone passes for a pause, a silence or a mark") {
  CHECK(shown("a#b_c…d—e", "en-us") == "a b c d e");
  CHECK(symbols_from_ipa("#_…—", "en-us").empty());
}

TEST_CASE("separators decide doubtful pairs") {
  CHECK(shown("p_a_ˈi_s", "es", '_') == "p a ˈi s");
  CHECK(shown("f_eɔ", "xx", '_') == "f eɔ");
  CHECK(shown("n_ˈʌ_t_ʃ_ɛ_l", "en-us", '_') == "n ˈʌ t ʃ ɛ l");
}

TEST_CASE("nothing but marks has no phones") {
  CHECK(symbols_from_ipa("", "en-us").empty());
  CHECK(symbols_from_ipa("ˈː.", "en-us").empty());
}
