#include "text/x_sampa.h"

#include "tests/test.h"

using namespace tts;

TEST_CASE("X-SAMPA: the longest sign is taken") {
  const auto ipa = [](const char* text) { return ipa_from_x_sampa(text).value_or("?"); };
  CHECK(ipa("r\\Ed") == "ɹɛd");
  CHECK(ipa("r\\`r`r") == "ɻɽr");
  CHECK(ipa("\"2:.%3`") == "ˈøː.ˌɝ");
  CHECK(ipa("J\\_<J\\J") == "ʄɟɲ");
  CHECK(ipa("n_0l=a~") == "n\u0325l\u0329a\u0303");
  CHECK(ipa("t-s a_^") == "ts a\u032F");
  CHECK(ipa("E$") == "?");
  CHECK(ipa("é") == "?");
  CHECK(ipa("") == "");
  CHECK(ipa_of("a", "ipa") == std::string("a"));
  CHECK(!ipa_of("a", "arpabet"));
}
