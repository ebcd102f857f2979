#include "text/front_end.h"

#include "tests/test.h"
#include "text/format.h"

using namespace tts;

TEST_CASE("a sentence becomes symbols") {
  const FrontEnd front_end({});
  const Document document =
      front_end.process("The old clock struck ten, and the guests began to leave.");
  REQUIRE(document.sentences.size() == 1);
  CHECK(phonemes_of(document.sentences[0]) ==
        "ðɪ | ˈoʊld | klˈɑːk | stɹˈʌk | tˈɛn , ænd | ðə | ɡˈɛsts | bɪɡˈæn | tə | lˈiːv .");
}
