// --lines and --jsonl from outside.
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/test.h"

TEST_CASE("batch: --lines and --jsonl write a file per item and survive a bad one") {
  const TemporaryFolder folder;
  write_file(folder / "lines", "[[a]].\n\n[[b]].\r\n");
  CHECK(run_tts(kDummy + "--lines -i " + (folder / "lines") + " -o " + (folder / "out")).code == 0);
  CHECK(wav_samples(read_file(folder / "out/0001.wav")) > 2000);
  CHECK(wav_samples(read_file(folder / "out/0003.wav")) > 2000);
  write_file(folder / "jsonl", R"({"id": "good", "text": "[[a]].", "seed": 5, "speed": 0.5}
not json
{"id": "../evil", "text": "[[a]]."}
{"id": "empty", "text": ""}
{"id": "other", "text": "[[a]].", "voice": "nobody"}
{"output": "last.flac", "text": "[[b]]."}
)");
  const Outcome outcome =
      run_tts(kDummy + "--jsonl -i " + (folder / "jsonl") + " -o " + (folder / "json"));
  CHECK(outcome.code == 1);
  CHECK(outcome.out.empty());
  for (const char* part : {"line 2: is not JSON",
                           "line 3:",
                           "line 4: there is no text",
                           "line 5: unknown voice",
                           "2 of 6 done"}) {
    CHECK_MESSAGE(has(outcome.err, part), outcome.err);
  }
  CHECK(wav_samples(read_file(folder / "json/good.wav")) > 2000);
  CHECK(read_file(folder / "json/last.flac").substr(0, 4) == "fLaC");
  CHECK(!std::filesystem::exists(folder / "evil.wav"));
}

TEST_CASE("batch: a line's duration holds for that line, and one that cannot be fails alone") {
  const TemporaryFolder folder;
  write_file(folder / "jsonl", R"({"id": "fit", "text": "[[aaa]] [[iii]].", "duration": 0.75}
{"id": "short", "text": "[[aaa]] [[iii]].", "duration": 0.1}
{"id": "free", "text": "[[aaa]] [[iii]].", "durations": "varied", "duration_temperature": 1}
)");
  const Outcome outcome =
      run_tts(kDummy + "--jsonl -i " + (folder / "jsonl") + " -o " + (folder / "out"));
  CHECK(outcome.code == 1);
  CHECK_MESSAGE(has(outcome.err, "line 2: this text can be spoken in"), outcome.err);
  CHECK(has(outcome.err, "2 of 3 done"));
  CHECK(wav_samples(read_file(folder / "out/fit.wav")) == 18000);
}

TEST_CASE("batch: refuses duplicate names and missing folders before it starts") {
  const TemporaryFolder folder;
  const std::string same = "{\"id\": \"a\", \"text\": \"[[a]]\"}\n";
  write_file(folder / "jsonl", same + same);
  check_fails("--voice nobody --jsonl -i " + (folder / "jsonl") + " -o " + (folder / "out"),
              2,
              "line 1 and line 2");
  check_fails(kDummy + "--lines " + kHello, 2, "-o DIR");
  check_fails(kDummy + "--lines " + kHello + "-o " + (folder / "x.wav"), 2, "folder of many files");
  check_fails(kDummy + "--lines " + kHello + "-o " + (folder / "no/such"), 4, "no/such");
  check_fails(kDummy + "--lines " + kHello + "-o " + (folder / "jsonl"), 4, "is a file");
  check_fails("--voice nobody --lines " + kHello + "-o " + (folder / "out"), 3, "unknown voice");
  check_fails(kDummy + "--lines ' ' -o " + (folder / "out"), 4, "no lines");
}

TEST_CASE("batch: --format is one of those known, and --raw does not contradict it") {
  const TemporaryFolder folder;
  const std::string lines = kDummy + "--lines " + kHello + "-o " + (folder / "out") + " ";
  check_fails(
      lines + "--format xyz", 2, "--format is \"xyz\"; known: wav, flac, ogg, opus, mp3, raw");
  check_fails(lines + "--raw --format flac", 2, "--raw writes bare samples, but --format");
  CHECK(run_tts(lines + "--format FLAC").code == 0);
  CHECK(read_file(folder / "out/0001.FLAC").substr(0, 4) == "fLaC");
  CHECK(run_tts(lines + "--raw").code == 0);
  CHECK(std::filesystem::exists(folder / "out/0001.raw"));
}

TEST_CASE("batch: keys of --jsonl") {
  const TemporaryFolder folder;
  write_file(folder / "in", R"({"text": "[[a]].", "lang": "en-us"}
{"text": "[[a]].", "sped": 2}
{"text": "[[a]].", "loudness": 2}
{"text": "[[a]].", "sample_rate": 48000, "language": "en-us"}
{"text": "[[a]].", "sample-rate": 48000}
{"text": "[[a]].", "output": "a.wav", "id": "b"}
{"text": "[[a]].", "speed": 9}
{"text": "[[a]].", "speed": [1]}
{"id": "c"}
)");
  const Outcome outcome =
      run_tts(kDummy + "--jsonl -i " + (folder / "in") + " -o " + (folder / "out"));
  CHECK(outcome.code == 1);
  for (const char* part :
       {"line 1: unknown key \"lang\"; did you mean \"language\"? known: id, output, text, voice, "
        "language, speed, duration, pitch, energy, volume, generator, durations, "
        "duration-temperature, steps, temperature, guidance, solver, sway, snap, level-steps, "
        "fine-temperature, choice-temperature, guidance-end, top-k, top-p, repetition-window, "
        "repetition-share, rescore, pointer, pointer-temperature, first-seconds, first-clause, "
        "check, retries, seed, "
        "sample-rate, lexicon, prompt-wav, "
        "prompt-text\n",
        "line 2: unknown key \"sped\"; did you mean \"speed\"?",
        "line 3: unknown key \"loudness\"; known: id, ",
        "line 7: speed is \"9\"; it must be a number from 0.5 to 2",
        "line 8: \"speed\" is [1]; it must be a string or a number",
        "line 9: \"text\" is missing",
        "3 of 9 done"}) {
    CHECK_MESSAGE(has(outcome.err, part), outcome.err);
  }
  CHECK(read_file(folder / "out/0004.wav") == read_file(folder / "out/0005.wav"));
  CHECK(std::filesystem::exists(folder / "out/a.wav"));
  CHECK(!std::filesystem::exists(folder / "out/b.wav"));
}

TEST_CASE("batch: the same files and the same report with any number of threads") {
  const TemporaryFolder folder;
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    std::string text;  // some longer than others, some that fail, some with a warning
    for (int word = 0; word < 1 + (19 - i) * 7; ++word) text += "[[aaa]] [[b]]. ";
    if (i % 7 == 3) text = " ";
    if (i % 5 == 1) text += "[[ʘ]]";
    requests += nlohmann::json{{"id", i}, {"text", text}}.dump() + "\n";
  }
  write_file(folder / "in", requests);
  std::string report;
  for (const char* threads : {"1", "2", "8", "64"}) {
    const Outcome outcome =
        run_tts("--voice dummy --generator vibrato --seed 1 --jsonl -i " + (folder / "in") +
                " -o " + (folder / threads) + " --threads " + threads);
    CHECK(outcome.code == 1);
    if (report.empty()) report = outcome.err;
    CHECK(outcome.err == report);
    for (int i = 0; i < 20; ++i) {
      const std::string name = "/" + std::to_string(i) + ".wav";
      CHECK(std::filesystem::exists(folder / threads + name) == (i % 7 != 3));
      CHECK(read_file(folder / threads + name) == read_file(folder / "1" + name));
    }
  }
  CHECK(report.find("line 4: there is no text") < report.find("line 7: warning"));
  CHECK(report.find("line 7: warning") < report.find("line 11: there is no text"));
  CHECK(has(report, "17 of 20 done"));
}

TEST_CASE("batch: Ctrl-C leaves 130 and whole files alone") {
  const TemporaryFolder folder;
  std::string lines;
  for (int line = 0; line < 40; ++line) {
    for (int i = 0; i < 500 * (line + 1); ++i) lines += "[[aaa]] [[bbb]]. ";
    lines += "\n";
  }
  write_file(folder / "in", lines);
  const std::string command = TTS_BINARY_DIR "/tts " + kDummy + "--threads 2 --lines -i " +
                              (folder / "in") + " -o " + (folder / "out") +
                              " 2> /dev/null & p=$!; for i in $(seq 600); do test -e " +
                              (folder / "out/0002.wav") +
                              " && break; sleep 0.1; done; kill -INT $p; wait $p; test $? -eq 130";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 0);
  for (const auto& entry : std::filesystem::directory_iterator(folder / "out")) {
    CHECK(entry.path().extension() == ".wav");
    CHECK(wav_samples(read_file(entry.path())) > 2000);
  }
  CHECK(!std::filesystem::exists(folder / "out/0040.wav"));
}
