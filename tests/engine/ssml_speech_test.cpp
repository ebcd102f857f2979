// SSML as it is heard, by the dummy voice, whose durations are known.
#include <cmath>
#include <fstream>

#include "engine/synthesizer.h"
#include "tests/engine/helpers.h"
#include "tests/test.h"

using namespace tts;

namespace {

Heard hear_ssml(const std::string& inside, SpeakOptions options = seeded()) {
  return hear(Synthesizer(Voice::open("dummy"), options),
              "<speak>" + inside + "</speak>",
              InputKind::kSsml);
}

double loudness(const Heard& heard, const SampleSpan& span) {
  double sum = 0;
  const int64_t quarter = (span.end - span.begin) / 4;
  for (int64_t i = span.begin + quarter; i < span.end - quarter; ++i)
    sum += heard.audio[static_cast<size_t>(i)] * heard.audio[static_cast<size_t>(i)];
  return std::sqrt(sum);
}

const std::string kA = "<phoneme ph='həlˈoʊ'>hello</phoneme>";

}  // namespace

TEST_CASE("SSML: unmarked text sounds as plain text does") {
  CHECK(hear_ssml("[[həlˈoʊ]], [[wˈɜːld]]. [[həlˈoʊ]]?").audio ==
        hear_dummy("[[həlˈoʊ]], [[wˈɜːld]]. [[həlˈoʊ]]?").audio);
  CHECK(hear_ssml(kA).audio == hear_dummy("[[həlˈoʊ]]").audio);
}

TEST_CASE("SSML: a break is exact to the sample") {
  const auto words = hear_ssml(kA + "<break time='437ms'/>" + kA).of(EventKind::kWord);
  REQUIRE(words.size() == 2);
  CHECK(words[1].samples.begin - words[0].samples.end == 10488);
}

TEST_CASE("SSML: rate, of one word alone") {
  const Heard plain = hear_ssml(kA + " " + kA),
              slow = hear_ssml(kA + " <prosody rate='0.5'>" + kA + "</prosody>");
  const auto length = [](const Heard& heard, size_t i) {
    const auto span = heard.of(EventKind::kWord).at(i).samples;
    return span.end - span.begin;
  };
  CHECK(length(slow, 0) == length(plain, 0));
  CHECK(length(slow, 1) == 2 * length(plain, 1));
}

TEST_CASE("SSML: volume, of one word alone, without a step") {
  const Heard plain = hear_ssml(kA + " " + kA),
              soft = hear_ssml(kA + " <prosody volume='-12dB'>" + kA + "</prosody>");
  REQUIRE(plain.audio.size() == soft.audio.size());
  const auto words = plain.of(EventKind::kWord);
  CHECK(loudness(soft, words[0].samples) ==
        doctest::Approx(loudness(plain, words[0].samples)).epsilon(0.02));
  CHECK(loudness(soft, words[1].samples) ==
        doctest::Approx(loudness(plain, words[1].samples) / 3.981).epsilon(0.02));
}

TEST_CASE("SSML: pitch reaches what generators follow") {
  const Heard plain = hear_ssml(kA), high = hear_ssml("<prosody pitch='+4st'>" + kA + "</prosody>");
  SpeakOptions options = seeded();
  options.pitch_semitones = 4;
  CHECK(high.audio != plain.audio);
  const Heard all_high = hear_dummy("[[həlˈoʊ]]", options);
  REQUIRE(high.audio.size() == all_high.audio.size());
  for (size_t i = 0; i < high.audio.size(); ++i)
    REQUIRE(std::abs(high.audio[i] - all_high.audio[i]) < 1e-3);
}

TEST_CASE("SSML: marks say when their place is heard") {
  const Heard heard =
      hear_ssml("<mark name='start'/>" + kA + "<mark name='before'/><break time='300ms'/>" +
                "<mark name='after'/>" + kA + ".<mark name='end'/>");
  const auto words = heard.of(EventKind::kWord), marks = heard.of(EventKind::kMark);
  REQUIRE(marks.size() == 4);
  CHECK(marks[0].text == "start");
  CHECK(marks[0].samples.begin == words[0].samples.begin);
  CHECK(marks[1].text == "before");
  CHECK(marks[1].samples.begin == words[0].samples.end);
  CHECK(marks[2].text == "after");
  CHECK(marks[2].samples.begin == words[1].samples.begin);
  CHECK(marks[3].text == "end");
  CHECK(marks[3].samples.begin == words[1].samples.end);
  // Without a word there is a place all the same.
  CHECK(hear_ssml("<mark name='alone'/><break/>").of(EventKind::kMark).size() == 1);
  // A mark before the first word of the next paragraph waits for it.
  const Heard two = hear_ssml("<mark name='m'/><p>" + kA + "</p>");
  CHECK(two.of(EventKind::kMark).at(0).samples.begin ==
        two.of(EventKind::kWord).at(0).samples.begin);
}

TEST_CASE("SSML: fits a time, and spans are the caller's bytes") {
  SpeakOptions options = seeded();
  options.duration_s = 1.5;
  const std::string inside = "<s>" + kA + "</s><prosody rate='slow'>" + kA + "</prosody>";
  const Heard heard = hear_ssml(inside, options);
  CHECK(heard.audio.size() == 36000);
  const std::string xml = "<speak>" + inside + "</speak>";
  for (const auto& word : heard.of(EventKind::kWord))
    CHECK(xml.substr(word.bytes.begin, word.bytes.end - word.bytes.begin) == "hello");
}

TEST_CASE("SSML: entries of a lexicon hold, and what it did not follow is a warning") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/names.pls";
  std::ofstream(path) << "<lexicon alphabet='ipa'><lexeme role='a'><grapheme>hello</grapheme>"
                         "<phoneme>həlˈoʊ</phoneme></lexeme></lexicon>";
  SpeakOptions options = seeded();
  options.lexicons = {path};
  const Heard heard = hear_ssml("Hello.", options);
  CHECK(heard.audio == hear_ssml("[[həlˈoʊ]].").audio);
  CHECK(contains_text(heard.of(EventKind::kWarning).at(0).text, "names.pls, line 1"));
  // A program's own entries win over those of files.
  auto own = std::make_shared<Lexicon>();
  own->add_ipa("hello", "wˈɜːld", "");
  options.lexicon = own;
  CHECK(hear_ssml("Hello.", options).audio == hear_ssml("[[wˈɜːld]].").audio);
}

TEST_CASE("SSML: an unknown language is a warning, nothing at all an error") {
  const Heard heard = hear_ssml("<lang xml:lang='xx-zz'>" + kA + "</lang>");
  CHECK(heard.of(EventKind::kWord).size() == 1);
  CHECK(!heard.of(EventKind::kWarning).empty());
  CHECK_THROWS_AS(hear_ssml(""), Error);
}
