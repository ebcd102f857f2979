// `tts say` from outside: what users type, what they get, and every way to get it wrong.
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/test.h"

TEST_CASE("say: words, -t, -i and stdin give the same file") {
  const TemporaryFolder folder;
  write_file(folder / "in.txt", "[[həlˈoʊ]] [[wˈɜːld]].");
  CHECK(run_tts(kDummy + kHello + "-o " + (folder / "a.wav")).code == 0);
  CHECK(run_tts("say " + kDummy + "-t " + kHello + "--output=" + (folder / "b.wav")).code == 0);
  CHECK(run_tts(kDummy + "-i " + (folder / "in.txt") + " --out_path " + (folder / "c.wav")).code ==
        0);
  CHECK(run_tts(kDummy + "-o" + (folder / "d.wav"), "cat " + (folder / "in.txt") + " |").code == 0);
  const std::string wave = read_file(folder / "a.wav");
  CHECK(wav_samples(wave) > 10000);
  for (const char* name : {"b.wav", "c.wav", "d.wav"}) CHECK(read_file(folder / name) == wave);
  CHECK(folder.files() == 5);
}

TEST_CASE("say: a pipe gets a WAV, --raw bare samples, both the file's") {
  const TemporaryFolder folder;
  REQUIRE(run_tts(kDummy + kHello + "-o " + (folder / "a.wav")).code == 0);
  const std::string samples = read_file(folder / "a.wav").substr(44);
  for (const char* output : {"", "-o -", "--pipe_out"}) {
    const Outcome piped = run_tts(kDummy + kHello + output);
    CHECK(piped.code == 0);
    CHECK(piped.out.substr(0, 4) == "RIFF");
    CHECK(piped.out.substr(44) == samples);
  }
  CHECK(run_tts(kDummy + kHello + "--raw").out == samples);
  CHECK(run_tts(kDummy + kHello + "--raw -o " + (folder / "a.s16")).code == 0);
  CHECK(read_file(folder / "a.s16") == samples);
}

TEST_CASE("say: SSML") {
  const TemporaryFolder folder;
  write_file(folder / "in.ssml", "<speak>[[həlˈoʊ]] [[wˈɜːld]].</speak>");
  REQUIRE(run_tts(kDummy + kHello + "-o " + (folder / "a.wav")).code == 0);
  CHECK(run_tts(kDummy + "--ssml -i " + (folder / "in.ssml") + " -o " + (folder / "b.wav")).code ==
        0);
  CHECK(read_file(folder / "a.wav") == read_file(folder / "b.wav"));
  write_file(folder / "in.ssml", "<speak>\n<p></speak>");
  const Outcome bad =
      run_tts(kDummy + "--ssml -i " + (folder / "in.ssml") + " -o " + (folder / "c.wav"));
  CHECK(bad.code == 4);
  CHECK(has(bad.err, "SSML, line 2"));
  CHECK(folder.files() == 3);
  CHECK(run_tts(kDummy + "--ssml --ipa a").code == 2);
  const std::string page =
      "<?xml version='1.0'?><speak><!-- > --><p>[[aaa]] <mark name='x'/>&amp; "
      "[[iii]]<![CDATA[.]]></p>"
      "</speak>";
  write_file(folder / "in.ssml", page);
  const std::string with_times = kDummy + "-i " + (folder / "in.ssml") + " -o " +
                                 (folder / "d.wav") + " --timings " + (folder / "d.srt");
  CHECK(!has(run_tts(with_times + " --ssml").err, "warning"));
  CHECK(has(read_file(folder / "d.srt"), "\naaa & iii."));
  CHECK(has(run_tts(with_times).err, "looks like SSML"));
}

TEST_CASE("say: every format by its extension") {
  const TemporaryFolder folder;
  for (const char* name : {"a.flac", "a.ogg", "a.opus", "a.mp3", "A.WAV"}) {
    const Outcome outcome = run_tts(kDummy + kHello + "-o " + (folder / name));
    CHECK_MESSAGE(outcome.code == 0, name << ": " << outcome.err);
    CHECK(read_file(folder / name).size() > 500);
  }
  check_fails(kDummy + kHello + "-o " + (folder / "a.aiff"), 2, "flac");
  check_fails(kDummy + kHello + "-o " + (folder / "noextension"), 2, "wav");
}

TEST_CASE("say: the seed is printed, and repeats the sound") {
  const Outcome first = run_tts("--voice dummy --generator vibrato " + kHello);
  const size_t at = first.err.find("seed ");
  REQUIRE(at != std::string::npos);
  const std::string seed = std::to_string(std::stoull(first.err.substr(at + 5)));
  CHECK(run_tts("--voice dummy --generator vibrato --seed " + seed + " " + kHello).out ==
        first.out);
  CHECK(run_tts("--voice dummy --generator vibrato --seed 1" + seed + " " + kHello).out !=
        first.out);
}

TEST_CASE("say: speed, pitch, rate and volume act") {
  const long plain = wav_samples(run_tts(kDummy + kHello).out);
  CHECK(wav_samples(run_tts(kDummy + "--speed 2 " + kHello).out) < plain * 0.7);
  CHECK(wav_samples(run_tts(kDummy + "--length_scale 2 " + kHello).out) > plain * 1.6);
  CHECK(std::abs(wav_samples(run_tts(kDummy + "--sample-rate 48000 " + kHello).out) - 2 * plain) <=
        1);
  CHECK(run_tts(kDummy + "--pitch -3 " + kHello).out != run_tts(kDummy + kHello).out);
  CHECK(run_tts(kDummy + "--volume 0 --raw " + kHello).out.find_first_not_of('\0') ==
        std::string::npos);
}

TEST_CASE("say: timings slice the user's bytes and add up") {
  const TemporaryFolder folder;
  const std::string text = "[[həlˈoʊ]], [[wˈɜːld]].\n\n[[ðɪs]] [[ɪz]] [[ɪt]].";
  write_file(folder / "in.txt", text);
  const std::string base =
      kDummy + "-i " + (folder / "in.txt") + " -o " + (folder / "a.wav") + " --timings ";
  REQUIRE(run_tts(base + (folder / "a.json")).code == 0);
  const auto json = nlohmann::json::parse(read_file(folder / "a.json"));
  CHECK(json["duration_s"].get<double>() ==
        doctest::Approx(wav_samples(read_file(folder / "a.wav")) / 24000.0));
  CHECK(json["sentences"].size() == 2);
  REQUIRE(json["words"].size() == 5);
  CHECK(json["phonemes"].size() > 12);
  double last = 0;
  for (const auto& phoneme : json["phonemes"]) {
    CHECK(phoneme["start_s"].get<double>() >= last);
    last = phoneme["end_s"].get<double>();
    CHECK(!phoneme["phone"].get<std::string>().empty());
  }
  CHECK(last <= json["duration_s"].get<double>());
  const auto& word = json["words"][1];
  CHECK(text.substr(word["begin"], word["end"].get<size_t>() - word["begin"].get<size_t>()) ==
        "[[wˈɜːld]]");
  REQUIRE(run_tts(base + (folder / "a.srt")).code == 0);
  CHECK(has(read_file(folder / "a.srt"), "1\n00:00:00,"));
  CHECK(has(read_file(folder / "a.srt"), "ðɪs ɪz ɪt."));
  REQUIRE(run_tts(base + (folder / "a.vtt")).code == 0);
  CHECK(has(read_file(folder / "a.vtt"), "WEBVTT\n\n00:00:00."));
  check_fails(base + (folder / "a.txt"), 2, ".json, .srt, .vtt");
  write_file(folder / "utf16", std::string("H\0i\0!\0", 6));
  check_fails(kDummy + "-i " + (folder / "utf16") + " -o " + (folder / "u.wav"), 4, "is not UTF-8");
  REQUIRE(run_tts(kDummy + "--ssml '<speak>[[aaa]] <mark name=\"here\"/>[[iii]].</speak>' -o " +
                  (folder / "m.wav") + " --timings " + (folder / "m.json"))
              .code == 0);
  const auto marks = nlohmann::json::parse(read_file(folder / "m.json"))["marks"];
  REQUIRE(marks.size() == 1);
  CHECK(marks[0]["mark"] == "here");
  CHECK(marks[0]["start_s"].get<double>() > 0);
  const std::string marked =
      kDummy + "'[[aaa]] [[pause 200ms]] --> [[iii]].' -o " + (folder / "b.wav");
  REQUIRE(run_tts(marked + " --timings " + (folder / "b.srt")).code == 0);
  CHECK(has(read_file(folder / "b.srt"), "\naaa → iii"));
}

TEST_CASE("say: unknown flags, voices, generators and values name the known ones") {
  const TemporaryFolder folder;
  check_fails("--voise dummy " + kHello, 2, "unknown flag --voise; did you mean --voice?");
  check_fails("-f x " + kHello, 2, "unknown flag -f");
  check_fails(kDummy + "--ref-text Hello. " + kHello, 2, "prompt-text is given without prompt-wav");
  check_fails(kDummy + "--duration 3 " + kHello, 2, "this text can be spoken in 0.50 to 1.34 s");
  check_fails(kDummy + "--ssml " + kHello, 4, "beside the one element <speak>");
  check_fails("--voice nobody " + kHello, 3, "unknown voice \"nobody\"; known: ");
  check_fails("--voice /nonexistent " + kHello, 3, "unknown voice");
  check_fails(kDummy + "--generator masked " + kHello, 2, "it has: tone, vibrato");
  check_fails(kDummy + "--temperature 0.5 " + kHello, 2, "generators that have it: vibrato");
  check_fails(
      kDummy + "--durations x " + kHello, 2, "has no durations \"x\"; it has: even, varied");
  check_fails(kDummy + "--duration 60 -o " + (folder / "long.wav") + " " + kHello,
              2,
              "this text can be spoken in");
  check_fails(kDummy + "--duration 1 --speed 1.1 " + kHello, 2, "not both");
  check_fails(kDummy + "--markdown --html " + kHello, 2, "--markdown or --html, not both");
  check_fails(kDummy + "--steps 5 " + kHello, 2, "no generator of voice \"dummy\" has it");
  check_fails(kDummy + "--speed 9 " + kHello, 2, "0.5 to 2");
  check_fails(kDummy + kHello + "-o /nonexistent/a", 2, "a: has no extension that says the format");
  check_fails(kDummy + "--speed", 2, "needs a value");
  check_fails(kDummy + "--raw=1 " + kHello, 2, "takes no value");
  check_fails(kDummy + "--threads x " + kHello, 2, "--threads");
  check_fails(kDummy + "--device abacus " + kHello, 2, "known: cpu, cuda");
  check_fails(kDummy + "-t a b", 2, "give the text once");
  check_fails(kDummy + "--length-scale 2x " + kHello, 2, "--length-scale is \"2x\"");
  check_fails(kDummy + "--length-scale 3 " + kHello, 2, "from 0.5 to 2");
}

TEST_CASE("say: an option with one value is not given twice") {
  check_fails(
      kDummy + "--speed 1 --speed 2 " + kHello, 2, "--speed is given twice: \"1\" and \"2\"");
  check_fails(kDummy + "-o a.wav --out_path=b.wav " + kHello,
              2,
              "--output is given twice: \"a.wav\" and \"b.wav\"");
  check_fails(kDummy + "-o a.wav --pipe-out " + kHello, 2, "--output or --pipe-out");
  check_fails(kDummy + "--lexicon /none/a --lexicon /none/b " + kHello, 4, "/none/a");
}

TEST_CASE("say: a pause that is cut is a warning") {
  const Outcome outcome = run_tts(kDummy + "--raw '[[a]] [[pause 100000s]] [[b]]'");
  CHECK(outcome.code == 0);
  CHECK(has(outcome.err, "pause cut to 60 s, the longest"));
  CHECK(outcome.out.size() > 60 * 48000);
  CHECK(!has(run_tts(kDummy + "--raw '[[a]] [[pause 60s]] [[b]]'").err, "cut"));
}

TEST_CASE("say: text after -- may begin with a dash") {
  CHECK(run_tts(kDummy + "--raw -- " + kHello + "-x").code == 0);
  check_fails(kDummy + "-x", 2, "put -- before it");
}

TEST_CASE("say: bad text") {
  const TemporaryFolder folder;
  check_fails(kDummy + "''", 4, "there is no text to speak");
  check_fails(kDummy, 4, "there is no text to speak");
  check_fails(kDummy + "-i /nonexistent.txt", 4, "/nonexistent.txt: cannot be opened");
  check_fails(kDummy + "-i " + folder.path, 4, "is a folder");
  using namespace std::string_literals;
  for (const auto& text :
       {"\xF0\x9F\x98\x80"s, "\xFF\xFE\x80[[a]]\xC0"s, "[[a]]\0[[b]]"s, "[[pause 1s]]"s}) {
    write_file(folder / "in.txt", text);
    const Outcome outcome = run_tts(kDummy + "-i " + (folder / "in.txt"));
    CHECK_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(wav_samples(outcome.out) >= 4000);
  }
  for (const auto& text : {"..."s, "\0"s, "\xE4\xBD\xA0"s}) {
    write_file(folder / "in.txt", text);
    const std::string run = kDummy + "-i " + (folder / "in.txt") + " -o " + (folder / "out.wav");
    check_fails(run, 4, "nothing in the text can be spoken");
  }
  CHECK(folder.files() == 1);
  check_fails(kDummy + "a -o ''", 2, "--output is empty");
}

TEST_CASE("say: a text of 1 MB streams out") {
  const TemporaryFolder folder;
  std::string text;
  while (text.size() < 1000000)
    text += "[[a]] [[b]] [[a]] [[b]] [[a]] [[b]] [[a]] [[b]], [[a]] [[b]].\n";
  write_file(folder / "in.txt", text.substr(0, 1000000));
  const Outcome outcome = run_tts(kDummy + "--raw -i " + (folder / "in.txt") + " -o /dev/null");
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
}

TEST_CASE("say: outputs that cannot be written leave nothing behind") {
  const TemporaryFolder folder;
  check_fails(kDummy + kHello + "-o /nonexistent/a.wav", 4, "/nonexistent");
  check_fails(kDummy + kHello + "-o " + folder.path + "/no/a.wav", 4, "no");
  check_fails(kDummy + kHello + "--raw -o /dev/full", 4, "/dev/full");
  CHECK(run_tts(kDummy + kHello + "--timings /nonexistent/a.json -o " + (folder / "a.wav")).code ==
        4);
  CHECK(folder.files() == 0);
  const int full = std::system(
      (TTS_BINARY_DIR "/tts " + kDummy + kHello + "-o - > /dev/full 2> /dev/null").c_str());
  CHECK(WEXITSTATUS(full) == 4);
}

TEST_CASE("say: Ctrl-C leaves 130 and no half file") {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "[[aaa]] [[bbb]]. ";
  write_file(folder / "in.txt", text);
  // The signal comes twice at once, as from a terminal and from a parent that passes it on.
  const std::string command =
      TTS_BINARY_DIR "/tts " + kDummy + "-i " + (folder / "in.txt") + " -o " + (folder / "a.flac") +
      " 2> /dev/null & p=$!; for i in $(seq 600); do test $(ls -A " + folder.path +
      " | wc -l) -ge 2 && break; sleep 0.1; done; "
      "kill -INT $p; kill -INT $p; wait $p; test $? -eq 130";
  const int status = std::system(command.c_str());
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(folder.files() == 1);
}

TEST_CASE("say: a broken voice is exit 3 and names file and key") {
  const TemporaryFolder folder;
  const auto with = [&](const std::string& json, const std::string& message) {
    write_file(folder / "voice.json", json);
    check_fails("--voice " + folder.path + " " + kHello, 3, message);
  };
  with("{", "voice.json: is not valid JSON");
  with("{\"architectures\": [\"X\"]}", "voice.json: \"format\" is missing");
  with("{\"format\": 1, \"name\": \"x\", \"type\": \"dumy\"}", "type is \"dumy\"; known: dummy");
}

TEST_CASE("say: a file given as text is noticed") {
  const TemporaryFolder folder;
  const std::string file = folder / "lines.txt";
  write_file(file, "[[a]].\n");
  check_fails(kDummy + "--lines " + file + " -o " + (folder / "out"), 2, "give it with -i");
  check_fails(kDummy + "--jsonl " + file + " -o " + (folder / "out"), 2, "give it with -i");
  const Outcome outcome = run_tts(kDummy + "-o " + (folder / "a.wav") + " " + file);
  CHECK(outcome.code == 0);
  CHECK(has(outcome.err, "is a file; its name is the text"));
}

TEST_CASE("say: what is no text, and names that contradict --raw") {
  const TemporaryFolder folder;
  std::string binary;
  for (int i = 0; i < 2000; ++i) binary += static_cast<char>(i * 37 % 256);
  write_file(folder / "in.flac", binary);
  check_fails(
      kDummy + "-i " + (folder / "in.flac") + " -o " + (folder / "a.wav"), 4, "is not UTF-8");
  check_fails(kDummy + kHello + "--raw -o " + (folder / "a.wav"), 2, "names a .wav");
  CHECK(run_tts(kDummy + kHello + "--raw -o " + (folder / "a.raw")).code == 0);
  check_fails(kDummy + kHello + "--foo -o " + (folder / "b.wav"), 2, "unknown flag --foo; see");
}

TEST_CASE("say: a check puts a verdict with each sentence of the timings") {
  const TemporaryFolder folder;
  const std::string timings = folder / "t.json";
  const std::string command = kDummy + kHello + "-o " + (folder / "a.wav") + " --check ";
  CHECK(run_tts(command + "report --timings " + timings).code == 0);
  const auto sentence = nlohmann::json::parse(read_file(timings)).at("sentences").at(0);
  CHECK(sentence.at("verdict").at("ok") == true);
  CHECK(sentence.at("verdict").at("tries") == 1);
  // The dummy voice says tones: the verdict tells that neither sound nor words were judged.
  CHECK(sentence.at("verdict").at("unchecked").size() == 2);
  CHECK(run_tts(command + "off --timings " + timings).code == 0);
  CHECK(read_file(timings).find("verdict") == std::string::npos);
  const Outcome unknown = run_tts(command + "on");
  CHECK(unknown.code == 2);
  CHECK(has(unknown.err, "--check is \"on\"; known: off, report, retry"));
  CHECK(run_tts(command + "report --retries 1").code == 2);
}
