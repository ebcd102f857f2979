// The other commands from outside.
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/test.h"

TEST_CASE("help teaches, on stdout, for every command") {
  const Outcome help = run_tts("--help");
  CHECK(help.code == 0);
  for (const char* part : {"tts \"Good morning.\" -o morning.wav",
                           "--sample-rate",
                           "tts codec encode|decode",
                           "Exit codes"}) {
    CHECK(has(help.out, part));
  }
  for (const char* command : {"say",
                              "voices",
                              "voice",
                              "voice make",
                              "voice check",
                              "phonemize",
                              "codec",
                              "codec encode",
                              "codec decode",
                              "listen",
                              "edit",
                              "train",
                              "version"}) {
    const Outcome outcome = run_tts(std::string(command) + " --help");
    CHECK_MESSAGE(outcome.code == 0, command << outcome.err);
    CHECK(outcome.out.size() > 10);
  }
}

TEST_CASE("help: a command like the flag, and for the version") {
  CHECK(run_tts("help").out == run_tts("--help").out);
  CHECK(run_tts("help me").code == 2);
  CHECK(run_tts("help batch").out == run_tts("batch --help").out);
  CHECK(has(run_tts("version --help").out, "--help"));
  CHECK(!has(run_tts("version --help").out, "tts 0"));
}

TEST_CASE("help: ranges and defaults are those of the checks") {
  const Outcome help = run_tts("--help");
  for (const char* part : {"speaking rate, 0.5 to 2 (1)",
                           "semitones up or down, -12 to 12 (0)",
                           "vocal effort, -12 to 12 (0)",
                           "sound, 0 to 10 (1)",
                           "slower, 1 to 1000 (the generator's)",
                           "livelier, 0 to 2 (0.7)",
                           "twice as fast, 0 to 20 (1.5)",
                           "sound, 0 to 18446744073709551615 (random)",
                           "output, 8000 to 192000 (the voice's)",
                           "CPU, 0 to 1024 (0)",
                           "1 / speed, 0.5 to 2 (1)",
                           "wav, flac, ogg, opus, mp3, raw (wav)"}) {
    CHECK_MESSAGE(has(help.out, part), part);
  }
  CHECK(has(run_tts("codec encode --help").out, "CPU, 0 to 1024 (0)"));
}

TEST_CASE("version: tts and LibTorch") {
  for (const char* arguments : {"--version", "version", "-V"}) {
    const Outcome outcome = run_tts(arguments);
    CHECK(outcome.code == 0);
    CHECK(outcome.out.compare(0, 4, "tts ") == 0);
  }
}

TEST_CASE("voices: listed as text and JSON, a broken one is shown") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "broken");
  write_file(folder / "broken/voice.json", "{}");
  const std::string path = "TTS_VOICE_PATH=" + folder.path;
  const Outcome text = run_tts("voices", path);
  CHECK(text.code == 0);
  CHECK(has(text.out, "dummy"));
  CHECK(has(text.out, "broken          cannot be used: "));
  for (const char* arguments : {"voices --json", "--list_models --json"}) {
    const auto json = nlohmann::json::parse(run_tts(arguments, path).out);
    CHECK(json[0]["name"] == "broken");
    CHECK(json.back()["generators"] == nlohmann::json({"tone", "vibrato"}));
    CHECK(json.back()["durations"] == nlohmann::json({"even", "varied"}));
    CHECK(json.back()["default_duration"] == "even");
  }
  CHECK(run_tts("voices sing").code == 2);
}

TEST_CASE("phonemize: words, bytes, phonemes; as JSON too") {
  const Outcome text = run_tts("phonemize '[[həlˈoʊ]] [[wˈɜːld]].'");
  CHECK(text.code == 0);
  CHECK(has(text.out, "həl"));
  const auto json = nlohmann::json::parse(run_tts("phonemize --json '[[həlˈoʊ]]'").out);
  CHECK(json["sentences"].size() == 1);
  CHECK(nlohmann::json::parse(run_tts("phonemize --json", "printf '[[a]]\\377' |").out)["sentences"]
            .size() == 1);
  CHECK(run_tts("phonemize --lexicon /nonexistent a").code == 4);
  for (const char* blank : {"''", "' \n'", ""}) {
    const Outcome spoken = run_tts(std::string("--voice dummy ") + blank);
    const Outcome read = run_tts(std::string("phonemize ") + blank);
    CHECK(spoken.code == 4);
    CHECK(read.code == spoken.code);
    CHECK(read.err == spoken.err);
    CHECK(read.out.empty());
  }
}

TEST_CASE("phonemize --lines: a text per line, and as many lines of JSON") {
  const std::string feed = "printf '[[a]]\\n\\n[[b]]. [[a]]\\n[[aɪ]]' |";
  const Outcome outcome = run_tts("phonemize --lines --json", feed);
  CHECK(outcome.code == 0);
  std::vector<size_t> sentences;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);)
    sentences.push_back(nlohmann::json::parse(line)["sentences"].size());
  CHECK(sentences == std::vector<size_t>{1, 0, 2, 1});
  const Outcome table = run_tts("phonemize --lines", feed);
  CHECK(table.out == run_tts("phonemize", "printf '[[a]]' |").out +
                         run_tts("phonemize", "printf '[[b]]. [[a]]' |").out +
                         run_tts("phonemize", "printf '[[aɪ]]' |").out);
  CHECK(run_tts("phonemize --lines", "printf '\\n \\n' |").code == 4);
}

TEST_CASE("codec: there and back, and everything that can be wrong with the files") {
  const TemporaryFolder folder;
  REQUIRE(std::system((TTS_BINARY_DIR "/make_tiny_voice " + folder.path).c_str()) == 0);
  const std::string codec = " --codec " + (folder / "codec");
  const std::string wav = folder / "a.wav", tok = folder / "a.tok", back = folder / "b.wav";
  REQUIRE(run_tts("--voice dummy --seed 1 '[[aaa]] [[iii]]' -o " + wav).code == 0);
  CHECK(run_tts("codec encode " + wav + " -o " + tok + codec + " --codebooks 2").code == 0);
  const Outcome decoded = run_tts("codec decode " + tok + " -o " + back + codec);
  CHECK_MESSAGE(decoded.code == 0, decoded.err);
  CHECK(wav_samples(read_file(back)) == wav_samples(read_file(wav)));

  const auto fails = [&](const std::string& arguments, int code, const std::string& message) {
    const Outcome outcome = run_tts("codec " + arguments + codec);
    CHECK_MESSAGE(outcome.code == code, arguments << ": " << outcome.err);
    CHECK_MESSAGE(has(outcome.err, message), outcome.err);
  };
  const std::string out = " -o " + (folder / "none");
  write_file(folder / "zero.wav", "");
  write_file(folder / "text.wav",
             "this is no sound at all, but it is long enough for a header of one");
  fails("encode " + (folder / "zero.wav") + out, 4, "zero.wav");
  fails("encode " + (folder / "text.wav") + out, 4, "text.wav");
  fails("encode /nonexistent.wav" + out, 4, "/nonexistent.wav");
  fails("encode " + folder.path + out, 4, folder.path);
  fails("encode " + wav + " -o /nonexistent/a.tok", 4, "/nonexistent");
  fails("encode " + wav + " -o /dev/full", 4, "/dev/full");
  fails("encode " + wav + out + " --codebooks 9", 2, "1 to 3");
  fails("encode " + wav + " -o " + wav, 2, "is the input");
  fails("encode", 2, "tts codec encode IN -o OUT");
  fails("decode " + wav + " -o " + back, 4, "is not a token file");
  fails("decode /nonexistent.tok -o " + back, 4, "cannot be opened");
  fails("transcode", 2, "known: encode, decode");
  check_fails("codec", 2, "say what to do; known: encode, decode");
  std::string damaged = read_file(tok);
  damaged[70] = static_cast<char>(damaged[70] ^ 1);
  write_file(folder / "damaged.tok", damaged);
  fails("decode " + (folder / "damaged.tok") + " -o " + back, 4, "checksum");
  std::string foreign = read_file(tok);
  CHECK(run_tts("codec decode " + tok + " -o " + back + " --codec /nonexistent").code == 3);
  CHECK(!std::filesystem::exists(folder / "none"));
}

TEST_CASE("the random voice speaks through the program, with the generators' own options") {
  const TemporaryFolder folder;
  REQUIRE(std::system((TTS_BINARY_DIR "/make_tiny_voice " + folder.path).c_str()) == 0);
  const std::string voice =
      "--voice " + (folder / "tiny") + " --seed 3 --threads 1 '[[həlˈoʊ]] [[wˈɜːld]].' ";
  const Outcome flow = run_tts(
      voice + "--generator flow --steps 3 --temperature 0.5 --guidance 1.5 --solver midpoint");
  CHECK_MESSAGE(flow.code == 0, flow.err);
  CHECK(wav_samples(flow.out) >= 480);  // a frame at least: its durations are random
  const Outcome refused = run_tts(voice + "--generator parallel --steps 3");
  CHECK(refused.code == 2);
  CHECK(has(refused.err,
            "generator \"parallel\" has no option steps; generators that have it: flow"));
  write_file(folder / "tiny/generator-flow.safetensors", "x");
  const Outcome broken = run_tts(voice);
  CHECK(broken.code == 3);
  CHECK(has(broken.err, "generator-flow.safetensors"));
  CHECK(broken.out.empty());
}

TEST_CASE("train: options that are given twice, and words that nothing takes") {
  check_fails(
      "train pack a b --type int8 --type half", 2, "--type is given twice: \"int8\" and \"half\"");
  check_fails("train pack a b c", 2, "unexpected \"c\"");
}

TEST_CASE("train: semantic tokens are asked for where they are needed, and there alone") {
  const std::string acoustic = "train acoustic --data x --out y --alignments z --codec c ";
  check_fails(acoustic + "--type two_stage", 2, "--type two_stage needs --semantic");
  check_fails(acoustic + "--semantic s", 2, "--semantic is of the generator two_stage");
  check_fails(acoustic + "--type two_stage --semantic /nowhere", 3, "/nowhere/semantic.json");
  check_fails("train semantic --out y", 2, "--data is missing");
  check_fails("train semantic --data x --out y --entries 1", 2, "it must be 2 to 65536");
  check_fails(
      "train semantic --data x --out y --recogniser r --minutes 3", 2, "nothing is trained");
}

TEST_CASE("train: an installed program finds its lists of held-back recordings") {
  const TemporaryFolder folder;
  REQUIRE(std::system(("cmake --install " TTS_BINARY_DIR " --component voices --prefix " +
                       folder.path + " > " + (folder / "log"))
                          .c_str()) == 0);
  std::filesystem::create_directory(folder / "bin");
  std::filesystem::copy_file(TTS_BINARY_DIR "/tts", folder / "bin/tts");
  const std::string train = "cd " + folder.path +
                            " && bin/tts train voice none.shard --out me --minutes 1 2> err; "
                            "test $? -eq 4";
  CHECK(WEXITSTATUS(std::system(train.c_str())) == 0);
  const std::string message = read_file(folder / "err");
  CHECK_MESSAGE(has(message, "none.shard"), message);
  CHECK(!has(message, "held-back"));
}

TEST_CASE("edit: what is missing, unknown or meant twice is said before anything is loaded") {
  const std::string text = "edit in.wav --text 'The cat saw the other cat.' ";
  check_fails("edit --text a --delete a -o out.wav", 2, "give one recording");
  check_fails("edit in.wav --delete a -o out.wav", 2, "--text is missing");
  check_fails(text + "--delete cat", 2, "--output is missing");
  check_fails(text + "-o out.wav", 2, "give one of --replace, --insert-after and --delete, not 0");
  check_fails(text + "-o out.wav --delete saw --replace saw=sees", 2, "not 2");
  check_fails(text + "-o out.wav --replace cat", 2, "it must be \"words=new words\"");
  check_fails(text + "-o out.wav --delete cut", 2, "the nearest it has: \"cat\"");
  check_fails(text + "-o out.wav --delete cat", 2, "--occurrence 1 to 2");
  check_fails(text + "-o out.wav --delete saw --speed 2", 2, "--speed");
  check_fails(text + "-o out.wav --delete saw", 4, "in.wav");
}

TEST_CASE("listen: a recording and a recogniser are needed") {
  check_fails("listen", 2, "give a recording");
  check_fails("listen in.wav --ear /nowhere", 3, "/nowhere/recogniser.json");
}
