#include "text/alignment.h"

#include "tests/test.h"
#include "text/espeak_library.h"
#include "text/symbols.h"

using namespace tts;

namespace {

std::vector<Phones> phones_of(const std::vector<std::string>& words) {
  std::vector<Phones> out;
  for (const std::string& word : words) out.push_back(symbols_from_ipa(word, "en-us"));
  return out;
}

// "1-1 2-1": words and groups of each run.
std::string runs(const std::vector<std::string>& words, const std::vector<std::string>& groups) {
  std::string out;
  for (const AlignedRun& run : align_groups(phones_of(words), phones_of(groups))) {
    out += (out.empty() ? "" : " ") + std::to_string(run.word_count) + "-" +
           std::to_string(run.group_count);
  }
  return out;
}

}  // namespace

TEST_CASE("words and groups one by one") {
  CHECK(runs({"ðə", "ˈɛnd"}, {"ðɪ", "ˈɛnd"}) == "1-1 1-1");
}

TEST_CASE("merged words") {
  CHECK(runs({"ˈɛnd", "ʌv", "ðə", "dˈeɪ"}, {"ˈɛnd", "ʌvðə", "dˈeɪ"}) == "1-1 2-1 1-1");
  CHECK(runs({"ˌaʊt", "ʌv", "ɐ"}, {"ˌaʊɾəvə"}) == "3-1");
}

TEST_CASE("split words") {
  CHECK(runs({"diː", "ˈeːmeɪl", "kɔmt"}, {"diː", "ˈeː", "mˈeɪl", "kɔmt"}) == "1-1 1-2 1-1");
}

TEST_CASE("a merge and a split in one clause, as many groups as words") {
  CHECK(runs({"ʌv", "ðə", "ˈiːmeɪl", "tˈiːm"}, {"ʌvðə", "ˈiː", "mˈeɪl", "tˈiːm"}) == "2-1 1-2 1-1");
}

TEST_CASE("dropped words") {
  CHECK(runs({"həlˈoʊ", "", "ðˈɛɹ"}, {"həlˈoʊ", "ðˈɛɹ"}) == "1-1 1-0 1-1");
  CHECK(runs({"həlˈoʊ"}, {}) == "1-0");
}

TEST_CASE("a merged group is cut where the words meet") {
  const auto words = phones_of({"ʌv", "ðə"});
  CHECK(split_group(words, symbols_from_ipa("əvðɪ", "en-us")) == std::vector<size_t>{0, 2});
}

TEST_CASE("language switches are taken out") {
  CHECK(without_language_switches("(en)_t_ˈiː_m_(de) ɡ_a") == "_t_ˈiː_m_ ɡ_a");
  CHECK(without_language_switches("a (b") == "a (b");
}
