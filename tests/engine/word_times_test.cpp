// A written word's time is that of everything it is spoken as.
#include <fstream>

#include "engine/segments.h"
#include "tests/engine/helpers.h"

using namespace tts;

namespace {

// The spoken words' phones, so that no test needs espeak-ng.
SpeakOptions number_options(const TemporaryFolder& folder) {
  const std::string path = folder.path + "/numbers.tsv";
  std::ofstream(path) << "three\tθɹiː\ndollars\tdɑlɚz\nfifty\tfɪfti\nforty\tfɔɹti\ntwo\ttuː\n"
                         "point\tpɔɪnt\nfive\tfaɪv\nand\tænd\npaid\tpeɪd\nnow\tnaʊ\n"
                         "million\tmɪliən\nforty-two\tfɔɹtituː\n";
  SpeakOptions options = seeded();
  options.lexicons = {path};
  return options;
}

Heard hear_numbers(const std::string& text, InputKind kind = InputKind::kPlain) {
  const TemporaryFolder folder;
  return hear(Synthesizer(Voice::open("dummy"), number_options(folder)), text, kind);
}

SampleSpan phones_of(const Heard& heard, ByteSpan bytes) {
  SampleSpan out{INT64_MAX, 0};
  for (const Event& phone : heard.of(EventKind::kPhoneme)) {
    if (phone.bytes.begin != bytes.begin || phone.bytes.end != bytes.end) continue;
    out = {std::min(out.begin, phone.samples.begin), std::max(out.end, phone.samples.end)};
  }
  return out;
}

void check_words(const std::string& text, size_t count, InputKind kind = InputKind::kPlain) {
  const Heard heard = hear_numbers(text, kind);
  const auto words = heard.of(EventKind::kWord);
  CHECK_MESSAGE(words.size() == count, text);
  int64_t end = 0;
  for (const Event& word : words) {
    const SampleSpan phones = phones_of(heard, word.bytes);
    CHECK_MESSAGE(word.samples.begin == phones.begin, text, " ", word.text);
    CHECK_MESSAGE(word.samples.end == phones.end, text, " ", word.text);
    CHECK(word.samples.begin >= end);
    end = word.samples.end;
  }
}

}  // namespace

TEST_CASE("A word lasts from its first to its last phone, however many words it is spoken as") {
  check_words("paid $3.50 now.", 3);
  check_words("$3.50", 1);
  check_words("paid 3.5 now, 2.3 now.", 5);
  check_words("paid $2,000,000.50 now.", 3);
  check_words("42", 1);
}

TEST_CASE("A word that is spoken in several takes lasts until the end of the last") {
  std::string digits;
  while (digits.size() < 2 * kMaxSegmentSymbols / 3) digits += "25";
  check_words("paid " + digits + " now.", 3);
}

TEST_CASE("A mark behind a word of several spoken words stands at their end") {
  const Heard heard =
      hear_numbers("<speak>paid $3.50<mark name=\"m\"/> now</speak>", InputKind::kSsml);
  const auto words = heard.of(EventKind::kWord);
  REQUIRE(words.size() == 3);
  const auto marks = heard.of(EventKind::kMark);
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].samples.begin >= words[1].samples.end);
  CHECK(marks[0].samples.begin <= words[2].samples.begin);
}
