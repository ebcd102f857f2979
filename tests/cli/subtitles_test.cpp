// Subtitles as they are in the wild: the film is made.
#include <algorithm>
#include <cstring>

#include "tests/cli/batch_helpers.h"
#include "tests/test.h"

namespace {

// 16-bit samples of a canonical WAV.
std::vector<int16_t> samples_of(const std::string& path) {
  const std::string bytes = read_file(path);
  REQUIRE(wav_samples(bytes) > 0);
  std::vector<int16_t> samples(static_cast<size_t>(wav_samples(bytes)));
  std::memcpy(samples.data(), bytes.data() + 44, samples.size() * 2);
  return samples;
}

// Where something is heard, in tenths of a second.
std::vector<bool> heard_in(const std::vector<int16_t>& samples) {
  std::vector<bool> out(samples.size() / 2400);
  for (size_t i = 0; i < out.size() * 2400; ++i)
    if (samples[i] != 0) out[i / 2400] = true;
  return out;
}

bool heard(const std::vector<bool>& tenths, size_t begin, size_t end) {
  return std::any_of(tenths.begin() + static_cast<long>(begin),
                     tenths.begin() + static_cast<long>(std::min(end, tenths.size())),
                     [](bool sound) { return sound; });
}

// One film; → what is heard of it, and the messages.
std::vector<bool> film(const std::string& content, std::string& err, const char* name = "a.srt") {
  const TemporaryFolder folder;
  write_file(folder / name, content);
  const Outcome outcome = run_tts(kBatch + (folder / name) + " -o " + (folder / "out"));
  err = outcome.err;
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  return heard_in(samples_of(folder / "out/a.wav"));
}

const std::string kSaid = "[[həlˈoʊ]] [[wˈɜːld]].\n\n";

}  // namespace

TEST_CASE("tts batch: times without milliseconds or with short fields are times") {
  std::string err;
  const auto tenths =
      film("1\n00:00:01 --> 00:00:03\n" + kSaid + "2\n0:00:04,5 --> 00:00:7,00\n" + kSaid, err);
  CHECK(!has(err, "warning"));
  CHECK(!heard(tenths, 0, 10));
  CHECK(heard(tenths, 10, 12));
  CHECK(!heard(tenths, 30, 45));
  CHECK(heard(tenths, 45, 47));
  CHECK(tenths.size() == 70);
}

TEST_CASE("tts batch: a bad cue is mended or left out, named, and the film is made") {
  std::string err;
  auto tenths =
      film("1\n00:00:01,000 --> 00:00:01,000\n" + kSaid + "2\n00:00:05,000 --> 00:00:03,000\n" +
               kSaid + "3\n00:00:0x,000 --> 00:00:09,000\n" + kSaid +
               "4\n00:00:10,000 --> 00:00:12,000\n" + kSaid,
           err);
  CHECK(has(err, "cue 1 (line 2): has no length"));
  CHECK(has(err, "cue 2 (line 6): ends before it begins"));
  CHECK(has(err, "cue 3 (line 10): left out: line 10: \"00:00:0x,000"));
  CHECK(has(err, "1 of 1 done"));
  CHECK(heard(tenths, 10, 12));
  CHECK(heard(tenths, 50, 52));
  CHECK(!heard(tenths, 70, 100));
  CHECK(heard(tenths, 100, 102));

  tenths = film("2\n00:00:05,000 --> 00:00:07,000\n[[b]].\n\n1\n00:00:01,000 --> 00:00:03,000\n" +
                    kSaid + "3\n00:00:05,000 --> 00:00:08,000\n[[k]].\n\n",
                err);
  CHECK(has(err, "cue 2 (line 6): begins before cue 1 (line 2); sorted by time"));
  CHECK(has(err, "cue 3 (line 10): begins with cue 1 (line 2); they are spoken as one"));
  CHECK(heard(tenths, 10, 12));
  CHECK(heard(tenths, 50, 52));
  CHECK(tenths.size() == 80);

  tenths = film("1\n00:00:01,000 --> 00:00:04,000\n[[a]].\n\n[[iii]].\n2\n" +
                    std::string("00:00:05,000 --> 00:00:07,000\n") + kSaid,
                err);
  CHECK(has(err, "cue 1 (line 2): has a blank line within its text"));
  CHECK(!has(err, "cue 2"));
}

TEST_CASE("tts batch: a cue with too little time pushes the next one back, not out") {
  std::string err;
  const std::string cues = "1\n00:00:01,000 --> 00:00:01,200\n" + kSaid +
                           "2\n00:00:01,200 --> 00:00:04,000\n" + kSaid +
                           "3\n00:00:05,000 --> 00:00:08,000\n...\n";
  const auto tenths = film(cues, err);
  CHECK(has(err, "cue 1 (line 2): has too little time"));
  CHECK(has(err, "cue 2 (line 6): begins 0."));
  CHECK(!has(err, "cue 2 (line 6): has too little time"));
  CHECK(has(err, "cue 3 (line 10): left out"));
  CHECK(heard(tenths, 10, 12));
  CHECK(tenths.size() == 80);
}

TEST_CASE("tts batch: captions that roll up a screen are said once") {
  std::string err;
  const auto tenths = film(
      "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n[[aaa]].\n\n"
      "00:00:02.000 --> 00:00:02.010\n[[aaa]].\n\n"
      "00:00:02.010 --> 00:00:06.000\n[[aaa]].\n[[iii]].\n\n"
      "00:00:08.000 --> 00:00:09.000\n[[iii]].\n",
      err,
      "a.vtt");
  CHECK(has(err, "lines that were on the screen already are said once: 2"));
  const auto once = film(
      "WEBVTT\n\n00:00:01.000 --> 00:00:02.010\n[[aaa]].\n\n"
      "00:00:02.010 --> 00:00:06.000\n[[iii]].\n\n"
      "00:00:08.000 --> 00:00:09.000\n[[iii]].\n",
      err,
      "a.vtt");
  CHECK(!has(err, "on the screen"));
  CHECK(tenths == once);
}
