// Prompts and voice files through the program.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

// Two voices that share a base, a speaker encoder, and recordings a.wav and b.wav.
struct SharedVoices : TemporaryFolder {
  SharedVoices() {
    REQUIRE(std::system((TTS_BINARY_DIR "/make_tiny_voice " + path + " shared").c_str()) == 0);
  }
  std::string here() const { return "TTS_VOICE_PATH=" + path; }
  std::string anna() const { return "--voice " + (*this / "anna") + " --seed 1 "; }
};

}  // namespace

TEST_CASE("prompt: recordings under every name of the flag, and in JSON lines") {
  const SharedVoices folder;
  const std::string a = folder / "a.wav", b = folder / "b.wav";
  const Outcome first = run_tts(folder.anna() + kHello + "--prompt-wav " + a);
  CHECK_MESSAGE(first.code == 0, first.err);
  CHECK(!has(first.err, "warning: prompt"));
  CHECK(run_tts(folder.anna() + kHello + "--speaker_wav " + a).out == first.out);
  CHECK(run_tts(folder.anna() + kHello + "--ref-audio=" + a).out == first.out);
  const Outcome both = run_tts(folder.anna() + kHello + "--prompt-wav " + a + " --prompt-wav " + b);
  CHECK(both.code == 0);
  CHECK(both.out != first.out);

  const nlohmann::json text = "[[həlˈoʊ]] [[wˈɜːld]].";
  const auto line = [&](const char* id, const nlohmann::json& prompts) {
    return nlohmann::json{{"id", id}, {"text", text}, {"prompt_wav", prompts}}.dump() + "\n";
  };
  write_file(folder / "lines.jsonl", line("one", a) + line("two", {a, b}) + line("none", nullptr));
  const Outcome batch = run_tts(folder.anna() + "--prompt-wav " + b + " --jsonl -i " +
                                (folder / "lines.jsonl") + " -o " + (folder / "out"));
  CHECK(batch.code == 1);
  CHECK(has(batch.err, "line 3: \"prompt-wav\" is null"));
  const auto samples = [](const std::string& bytes) { return bytes.substr(44); };
  CHECK(samples(read_file(folder / "out/one.wav")) == samples(first.out));
  CHECK(samples(read_file(folder / "out/two.wav")) == samples(both.out));
}

TEST_CASE("prompt: what cannot be used, with its exit code") {
  const SharedVoices folder;
  write_file(folder / "zero.wav", "");
  check_fails(folder.anna() + kHello + "--prompt-wav " + (folder / "zero.wav"), 4, "zero length");
  check_fails(folder.anna() + kHello + "--prompt-wav /nonexistent.wav", 4, "no such file");
  check_fails(kDummy + kHello + "--prompt-wav " + (folder / "a.wav"),
              2,
              "voice \"dummy\" takes no prompts: it was trained on one speaker; voices that do: "
              "anna, bert",
              folder.here());
  check_fails(
      folder.anna() + kHello + "--ref-text 'Hello.'", 2, "prompt-text is given without prompt-wav");
  check_fails(folder.anna() + kHello + "--generator parallel --prompt-text 'Hello.' --prompt-wav " +
                  (folder / "a.wav"),
              2,
              "generator \"parallel\" cannot go on from a prompt with its words");
}

TEST_CASE("voice make: a file that is listed, shown and spoken with") {
  const SharedVoices folder;
  const std::string file = folder / "me.voice";
  const Outcome made = run_tts("voice make --prompt-wav " + (folder / "a.wav") + " --prompt-wav " +
                                   (folder / "b.wav") +
                                   " --prompt-text One. --prompt-text Two. --language de "
                                   "--licence CC0-1.0 --voice anna -o " +
                                   file,
                               folder.here());
  CHECK_MESSAGE(made.code == 0, made.err);
  CHECK(has(made.err, "voice me: 2 recordings, de, "));
  const Outcome listed = run_tts("voices --json", folder.here());
  const auto voices = nlohmann::json::parse(listed.out);
  const auto me = std::find_if(
      voices.begin(), voices.end(), [](const auto& voice) { return voice["name"] == "me"; });
  REQUIRE(me != voices.end());
  CHECK((*me)["language"] == "de");
  CHECK((*me)["prompts"] == true);

  const Outcome shown = run_tts("voice show " + file);
  CHECK(shown.code == 0);
  for (const char* part :
       {"licence   CC0-1.0", "a.wav, 3.5 s of speech", ": \"One.\"", "can be used"})
    CHECK_MESSAGE(has(shown.out, part), shown.out);
  const auto json = nlohmann::json::parse(run_tts("voice show --json " + file).out);
  CHECK(json["prompts"][1]["text"] == "Two.");
  CHECK(json["usable"] == true);

  const Outcome by_path = run_tts("--voice " + file + " --seed 1 " + kHello);
  CHECK_MESSAGE(by_path.code == 0, by_path.err);
  CHECK(has(by_path.err, "voice me, seed 1"));
  CHECK(run_tts("--voice me --seed 1 " + kHello, folder.here()).out == by_path.out);

  std::filesystem::rename(folder / "base", folder / "hidden");
  const Outcome refused = run_tts("--voice " + file + " " + kHello);
  CHECK(refused.code == 3);
  // The shipped base, if it is found instead, is another.
  const auto base_is_missing = [](const std::string& text) {
    return has(text, "no base model found") || has(text, "was made for");
  };
  CHECK_MESSAGE(base_is_missing(refused.err), refused.err);
  const Outcome described = run_tts("voice show " + file);
  CHECK(has(described.out, "cannot be used: "));
  CHECK_MESSAGE(base_is_missing(described.out), described.out);
  write_file(file, read_file(file).substr(0, 300));
  CHECK(run_tts("voice show " + file).code == 3);
}

TEST_CASE("voice make: what is wrong with the command") {
  const SharedVoices folder;
  const std::string wav = " --prompt-wav " + (folder / "a.wav"),
                    out = " -o " + (folder / "x.voice");
  const auto fails = [&](const std::string& arguments, int code, const std::string& message) {
    check_fails("voice " + arguments, code, message, folder.here());
  };
  fails("make" + out, 2, "give at least one recording");
  fails("make" + wav, 2, "-o NAME.voice");
  fails("make" + wav + " -o x.wav", 2, "x.wav: must end in .voice");
  fails("make" + wav + out + " --name 'no good'", 2, "1 to 64 letters");
  fails("make" + wav + out + " --language fr", 2, "language is \"fr\"; the base \"base\" speaks: ");
  fails("make" + wav + out + " --prompt-text a --prompt-text b", 2, "2 texts for 1 recordings");
  fails("make" + wav + out + " --voice dummy", 2, "takes no prompts");
  fails("make" + wav + " -o /nonexistent/x.voice", 4, "/nonexistent");
  fails("make --prompt-wav /nonexistent.wav" + out, 4, "no such file");
  fails("blend anna" + out, 2, "give two voices");
  fails("blend anna bert --weight 2" + out, 2, "--weight is \"2\"");
  fails("random --seed x" + out, 2, "--seed is \"x\"");
  fails("show", 2, "give one voice file");
  fails("sing", 2, "unknown action of tts voice \"sing\"");
  fails("", 2, "known: blend, check, make, random, show");
  CHECK(!std::filesystem::exists(folder / "x.voice"));
}

TEST_CASE("voice random and blend: the same for the same seed") {
  const SharedVoices folder;
  const auto make = [&](const std::string& arguments) {
    const std::string file = folder / "x.voice";
    const Outcome outcome = run_tts("voice " + arguments + " -o " + file, folder.here());
    CHECK_MESSAGE(outcome.code == 0, outcome.err);
    return read_file(file);
  };
  CHECK(make("random --seed 3") == make("random --seed 3"));
  CHECK(make("random --seed 3") != make("random --seed 4"));
  CHECK(make("blend anna bert --weight 0.3") != make("blend anna bert --weight 0.6"));
  const Outcome spoken = run_tts("--voice " + (folder / "x.voice") + " --seed 1 " + kHello);
  CHECK_MESSAGE(spoken.code == 0, spoken.err);
}

TEST_CASE("voice check: good and bad recordings, as text and JSON") {
  const SharedVoices folder;
  write_file(folder / "text.wav", "no sound");
  REQUIRE(run_tts(kDummy + "--volume 0 " + kHello + "-o " + (folder / "silent.wav")).code == 0);
  const Outcome good = run_tts("voice check " + (folder / "a.wav"));
  CHECK(good.code == 0);
  CHECK(has(good.out, "a.wav: 3.5 s of speech"));
  CHECK(has(good.out, "good"));
  const Outcome bad =
      run_tts("voice check --json " + (folder / "a.wav") + " " + (folder / "silent.wav"));
  CHECK(bad.code == 1);
  CHECK(nlohmann::json::parse(bad.out)[1]["problems"] == nlohmann::json{"silent"});
  check_fails("voice check " + (folder / "text.wav"), 4, "text.wav");
}
