#include "text/normalise/english/homographs.h"

#include <sstream>

#include "tests/test.h"

using namespace tts;

namespace {

// IPA of the word in *stars*, which alone may have a capital; marks stand apart.
std::string ipa(const std::string& sentence) {
  std::istringstream in(sentence);
  std::vector<std::string> words;
  size_t at = 0;
  for (std::string word; in >> word;) {
    if (word[0] == '*') {
      at = words.size();
      word = word.substr(1, word.size() - 2);
    }
    words.push_back(word);
  }
  const bool capitalised = words[at][0] >= 'A' && words[at][0] <= 'Z';
  if (capitalised) words[at][0] += 'a' - 'A';
  return homograph_ipa(words, at, "en-us", capitalised);
}

}  // namespace

TEST_CASE("read") {
  CHECK(ipa("i will *read* it") == "ɹˈiːd");
  CHECK(ipa("*read* this") == "ɹˈiːd");
  CHECK(ipa("i have *read* it") == "ɹˈɛd");
  CHECK(ipa("it was *read* aloud") == "ɹˈɛd");
  CHECK(ipa("she *read* it") == "ɹˈɛd");
  CHECK(ipa("did she *read* it") == "ɹˈiːd");
  CHECK(ipa("i *read* it yesterday") == "ɹˈɛd");
  CHECK(ipa("we *read* every day") == "ɹˈiːd");
  CHECK(ipa("have you *read* it") == "ɹˈɛd");
}

TEST_CASE("live, lead, close, tear") {
  CHECK(ipa("we *live* here") == "lˈɪv");
  CHECK(ipa("the *live* show") == "lˈaɪv");
  CHECK(ipa("they performed *live*") == "lˈaɪv");
  CHECK(ipa("a *lead* pipe") == "lˈɛd");
  CHECK(ipa("they *lead* us") == "lˈiːd");
  CHECK(ipa("full of *lead*") == "lˈɛd");
  CHECK(ipa("to *close* it") == "klˈoʊz");
  CHECK(ipa("very *close*") == "klˈoʊs");
  CHECK(ipa("a *close* friend") == "klˈoʊs");
  CHECK(ipa("the *close* of day") == "klˈoʊz");
  CHECK(ipa("a *tear* fell") == "tˈɪɹ");
  CHECK(ipa("to *tear* it") == "tˈɛɹ");
  CHECK(ipa("wear and *tear*") == "tˈɛɹ");
}

TEST_CASE("nouns and verbs") {
  CHECK(ipa("to *record* it") == "ɹᵻkˈoːɹd");
  CHECK(ipa("the new *record*") == "ɹˈɛkɚd");
  CHECK(ipa("*record* the show") == "ɹᵻkˈoːɹd");
  CHECK(ipa("he *records* it") == "ɹᵻkˈoːɹdz");
  CHECK(ipa("three *objects*") == "ˈɑːbdʒɛkts");
  CHECK(ipa("she *objects*") == "əbdʒˈɛkts");
  CHECK(ipa("of no *use*") == "jˈuːs");
  CHECK(ipa("we *use* it") == "jˈuːz");
  CHECK(ipa("the *uses* of it") == "jˈuːsᵻz");
  CHECK(ipa("they *wind* it") == "wˈaɪnd");
  CHECK(ipa("in the *wind*") == "wˈɪnd");
}

TEST_CASE("words whose capital matters") {
  CHECK(ipa("he lives in *Reading*") == "ɹˈɛdɪŋ");
  CHECK(ipa("the *Reading* festival") == "ɹˈɛdɪŋ");
  CHECK(ipa("he is good in *reading*").empty());
  CHECK(ipa("*Reading* is fun").empty());
  CHECK(ipa("*Polish* the silver") == "pˈɑːlɪʃ");
  CHECK(ipa("the *Polish* army").empty());
}

TEST_CASE("nouns, verbs and adjectives by their neighbours") {
  CHECK(ipa("he is an *invalid* ,") == "ˈɪnvəlɪd");
  CHECK(ipa("an *invalid* argument") == "ɪnvˈælɪd");
  CHECK(ipa("fresh *produce* is good") == "pɹˈoʊduːs");
  CHECK(ipa("farmers *produce* it") == "pɹədˈuːs");
  CHECK(ipa("systems that *use* it") == "jˈuːz");
  CHECK(ipa("the *use* of it") == "jˈuːs");
  CHECK(ipa("to further *increase* it") == "ɪŋkɹˈiːs");
  CHECK(ipa("prices *increase*") == "ɪŋkɹˈiːs");
  CHECK(ipa("he makes *progress*") != "pɹəɡɹˈɛs");
  CHECK(ipa("he objects to *objects*") == "ˈɑːbdʒɛkts");
  CHECK(ipa("the *contract's* terms") == "kˈɑːntɹækts");
  CHECK(ipa("the *houses*") == "hˈaʊzᵻz");
  CHECK(ipa("my *associate*") == "ɐsˈoʊsɪət");
  CHECK(ipa("they will *associate*") == "ɐsˈoʊsɪˌeɪt");
  CHECK(ipa("oak *lives* in town") == "lˈɪvz");
  CHECK(ipa("it cost *lives* in war") == "lˈaɪvz");
  CHECK(ipa("the road *winds* through hills") == "wˈaɪndz");
  CHECK(ipa("the *sow* slept") == "sˈaʊ");
  CHECK(ipa("a *row* over money") == "ɹˈaʊ");
  CHECK(ipa("a *row* of seats").empty());
  CHECK(ipa("his just *deserts*") == "dᵻzˈɜːts");
}

TEST_CASE("other words and other languages are left alone") {
  CHECK(ipa("the *house-boat*").empty());
  CHECK(homograph_ipa({"we", "read"}, 1, "en-gb").empty());
}
