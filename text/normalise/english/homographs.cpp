#include "text/normalise/english/homographs.h"

#include <unordered_map>

#include "core/ends_with.h"
#include "text/normalise/english/grammar_cues.h"
#include "text/normalise/english/homograph_cases.h"

namespace tts {
namespace {

struct NounVerb {
  const char* noun;  // or adjective
  const char* verb;
};

// The stem's two pronunciations, in espeak-ng's General American IPA.
const std::unordered_map<std::string, NounVerb>& noun_verb_pairs() {
  static const std::unordered_map<std::string, NounVerb> table = {
      {"record", {"ɹˈɛkɚd", "ɹᵻkˈoːɹd"}},
      {"object", {"ˈɑːbdʒɛkt", "əbdʒˈɛkt"}},
      {"present", {"pɹˈɛzənt", "pɹɪzˈɛnt"}},
      {"permit", {"pˈɜːmɪt", "pɚmˈɪt"}},
      {"conduct", {"kˈɑːndʌkt", "kəndˈʌkt"}},
      {"contract", {"kˈɑːntɹækt", "kəntɹˈækt"}},
      {"contrast", {"kˈɑːntɹæst", "kəntɹˈæst"}},
      {"desert", {"dˈɛzɚt", "dᵻzˈɜːt"}},
      {"increase", {"ˈɪŋkɹiːs", "ɪŋkɹˈiːs"}},
      {"decrease", {"dˈiːkɹiːs", "dᵻkɹˈiːs"}},
      {"import", {"ˈɪmpoːɹt", "ɪmpˈoːɹt"}},
      {"export", {"ˈɛkspoːɹt", "ɛkspˈoːɹt"}},
      {"insult", {"ˈɪnsʌlt", "ɪnsˈʌlt"}},
      {"produce", {"pɹˈoʊduːs", "pɹədˈuːs"}},
      {"progress", {"pɹˈɑːɡɹɛs", "pɹəɡɹˈɛs"}},
      {"project", {"pɹˈɑːdʒɛkt", "pɹədʒˈɛkt"}},
      {"protest", {"pɹˈoʊtɛst", "pɹətˈɛst"}},
      {"rebel", {"ɹˈɛbəl", "ɹᵻbˈɛl"}},
      {"refuse", {"ɹˈɛfjuːs", "ɹᵻfjˈuːz"}},
      {"subject", {"sˈʌbdʒɛkt", "səbdʒˈɛkt"}},
      {"suspect", {"sˈʌspɛkt", "səspˈɛkt"}},
      {"conflict", {"kˈɑːnflɪkt", "kənflˈɪkt"}},
      {"convict", {"kˈɑːnvɪkt", "kənvˈɪkt"}},
      {"extract", {"ˈɛkstɹækt", "ɛkstɹˈækt"}},
      {"contest", {"kˈɑːntɛst", "kəntˈɛst"}},
      {"digest", {"dˈaɪdʒɛst", "daɪdʒˈɛst"}},
      {"attribute", {"ˈætɹɪbjˌuːt", "ɐtɹˈɪbjuːt"}},
      {"use", {"jˈuːs", "jˈuːz"}},
      {"abuse", {"ɐbjˈuːs", "ɐbjˈuːz"}},
      {"house", {"hˈaʊs", "hˈaʊz"}},
      {"excuse", {"ɛkskjˈuːs", "ɛkskjˈuːz"}},
      {"estimate", {"ˈɛstᵻmət", "ˈɛstᵻmˌeɪt"}},
      {"graduate", {"ɡɹˈædʒuːət", "ɡɹˈædʒuːˌeɪt"}},
      {"delegate", {"dˈɛlɪɡət", "dˈɛlɪɡˌeɪt"}},
      {"duplicate", {"dˈuːplᵻkət", "dˈuːplᵻkˌeɪt"}},
      {"separate", {"sˈɛpɹət", "sˈɛpɚɹˌeɪt"}},
      {"moderate", {"mˈɑːdɚɹət", "mˈɑːdɚɹˌeɪt"}},
      {"alternate", {"ˈɔːltɚnət", "ˈɔːltɚnˌeɪt"}},
      {"advocate", {"ˈædvəkət", "ˈædvəkˌeɪt"}},
      {"upset", {"ˈʌpsɛt", "ʌpsˈɛt"}},
      {"wind", {"wˈɪnd", "wˈaɪnd"}},
      {"survey", {"sˈɜːveɪ", "sɚvˈeɪ"}},
      {"transfer", {"tɹˈænsfɜː", "tɹænsfˈɜː"}},
      {"transport", {"tɹˈænspoːɹt", "tɹænspˈoːɹt"}},
      {"associate", {"ɐsˈoʊsɪət", "ɐsˈoʊsɪˌeɪt"}},
      {"affiliate", {"ɐfˈɪlɪət", "ɐfˈɪlɪˌeɪt"}},
      {"deliberate", {"dᵻlˈɪbɚɹət", "dᵻlˈɪbɚɹˌeɪt"}},
      {"elaborate", {"ᵻlˈæbɚɹət", "ᵻlˈæbɚɹˌeɪt"}},
      {"appropriate", {"ɐpɹˈoʊpɹɪət", "ɐpɹˈoʊpɹɪˌeɪt"}},
      {"approximate", {"ɐpɹˈɑːksɪmət", "ɐpɹˈɑːksɪmˌeɪt"}},
      {"initiate", {"ɪnˈɪʃɪət", "ɪnˈɪʃɪˌeɪt"}},
      {"aggregate", {"ˈæɡɹɪɡət", "ˈæɡɹɪɡˌeɪt"}},
      {"sow", {"sˈaʊ", "sˈoʊ"}},
      {"reject", {"ɹˈiːdʒɛkt", "ɹᵻdʒˈɛkt"}},
      {"convert", {"kˈɑːnvɜːt", "kənvˈɜːt"}},
      {"refund", {"ɹˈiːfʌnd", "ɹᵻfˈʌnd"}},
      {"upgrade", {"ˈʌpɡɹeɪd", "ʌpɡɹˈeɪd"}},
      {"misuse", {"mɪsjˈuːs", "mɪsjˈuːz"}},
      {"escort", {"ˈɛskɔːɹt", "ɛskˈɔːɹt"}},
      {"torment", {"tˈoːɹmɛnt", "toːɹmˈɛnt"}},
  };
  return table;
}

bool is_pair(const std::string& word) {
  return noun_verb_pairs().count(word) != 0;
}

std::string noun_or_verb(const WordContext& context) {
  const std::string& word = context.word();
  const bool possessive = ends_with(word, "'s") && is_pair(word.substr(0, word.size() - 2));
  const bool has_s = !is_pair(word) && ends_with(word, "s") && word.size() > 2;
  const std::string stem = word.substr(0, word.size() - (possessive ? 2 : has_s ? 1 : 0));
  const auto found = noun_verb_pairs().find(stem);
  if (found == noun_verb_pairs().end()) return "";
  if (possessive) return english_with_s(found->second.noun);
  if (word == "houses") return "hˈaʊzᵻz";
  const PartOfSpeech part = context.part_of_speech();
  if (part == PartOfSpeech::kUnknown) return "";
  const std::string ipa = part == PartOfSpeech::kNoun ? found->second.noun : found->second.verb;
  return has_s ? english_with_s(ipa) : ipa;
}

}  // namespace

std::string english_with_s(const std::string& ipa) {
  for (const char* hiss : {"s", "z", "ʃ", "ʒ"}) {
    if (ends_with(ipa, hiss)) return ipa + "ᵻz";
  }
  for (const char* hard : {"t", "k", "p", "f"}) {
    if (ends_with(ipa, hard)) return ipa + "s";
  }
  return ipa + "z";
}

std::string homograph_ipa(const std::vector<std::string>& words,
                          size_t at,
                          const std::string& language,
                          bool capitalised) {
  if (language != "en-us") return "";
  const WordContext context(words, at, capitalised);
  const std::string special = special_homograph(context);
  return special.empty() ? noun_or_verb(context) : special;
}

}  // namespace tts
