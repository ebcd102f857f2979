// `tts train prepare` on folders as people have them.
#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

// Two recordings, one named in capitals, and what metadata.csv says of them.
struct Recordings {
  explicit Recordings(const std::string& metadata) {
    std::filesystem::create_directories(folder / "wavs");
    for (const char* name : {"1.wav", "2.WAV"}) {
      REQUIRE(run_tts("--voice dummy '[[həlˈoʊ]] [[wˈɜːld]].' -o " + (folder / "a.wav")).code == 0);
      std::filesystem::rename(folder / "a.wav", folder / ("wavs/" + std::string(name)));
    }
    write_file(folder / "metadata.csv", metadata);
  }

  Outcome prepare(const std::string& more = "--speaker me") const {
    return run_tts("train prepare " + (folder / "") + " --audio-only --out " + (folder / "shards") +
                   " " + more);
  }

  TemporaryFolder folder;
};

}  // namespace

TEST_CASE(
    "tts train prepare: a column of speakers makes speakers, an extension is no part of an id") {
  const Recordings recordings(
      "\xEF\xBB\xBFid|speaker|text\r\nwavs/1.wav | anna | Hello there.\r\n2|bert|Good "
      "morning.\r\n");
  const Outcome outcome = recordings.prepare();
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  CHECK(has(outcome.err, "column 1 is the recording, column 3 its text, column 2 who speaks"));
  CHECK(has(outcome.err, "speaker anna: 1 recordings"));
  CHECK(has(outcome.err, "speaker bert: 1 recordings"));
  CHECK(has(outcome.err, "2 recordings"));
}

TEST_CASE(
    "tts train prepare: what cannot be used is named, and nothing outside the folder is read") {
  const Recordings recordings("1|Hello there.\n../wavs/1|Out of it.\n3|Not there.\n1.wav|Again.\n");
  const Outcome outcome = recordings.prepare();
  CHECK(outcome.code == 1);
  CHECK(has(outcome.err, ":2: \"../wavs/1\" is no name of a file in the folder"));
  CHECK(has(outcome.err, "wavs/3: no .opus, .flac"));
  CHECK(has(outcome.err, ":4: \"1\" was there in line 1 already"));
  const Outcome latin = Recordings("1|Caf\xE9.\n2|Tea.\n").prepare();
  CHECK(latin.code == 4);
  CHECK(has(latin.err, "metadata.csv:1: is not UTF-8 text (`iconv"));
  const Outcome same = Recordings("1|x\n2|x\n").prepare();
  CHECK(same.code == 4);
  CHECK(has(same.err, "all 2 texts are \"x\""));
}
