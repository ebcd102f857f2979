// Several voices in one document.
#include "engine/cast.h"
#include "engine/synthesizer.h"
#include "tests/engine/shared_voices.h"
#include "tests/test.h"

using namespace tts;

namespace {

const std::string kWord = "<phoneme ph='həlˈoʊ'>hello</phoneme>";

// Anna speaks, Bert is on the search path.
struct Stage : SharedVoices {
  Stage() { setenv("TTS_VOICE_PATH", path.c_str(), 1); }
  ~Stage() { unsetenv("TTS_VOICE_PATH"); }

  Heard hear_as(const std::string& name,
                const std::string& inside,
                const SpeakOptions& options = seeded()) const {
    return hear(
        Synthesizer(voice(name), options), "<speak>" + inside + "</speak>", InputKind::kSsml);
  }
  std::string warning_of(const std::string& inside) const {
    const auto warnings = hear_as("anna", inside).of(EventKind::kWarning);
    return warnings.empty() ? "" : warnings[0].text;
  }
};

std::string as(const std::string& attributes, const std::string& inside = kWord) {
  return "<voice " + attributes + ">" + inside + "</voice>";
}

}  // namespace

TEST_CASE("voices of one base have its networks in common, but not their durations") {
  const SharedVoices folder;
  const auto anna = folder.voice("anna"), bert = folder.voice("bert");
  CHECK(&anna->generator("") == &bert->generator(""));
  CHECK(&anna->vocoder() == &bert->vocoder());
  CHECK(&anna->duration("") != &bert->duration(""));
  const SharedVoices other;
  CHECK(&anna->generator("") != &other.voice("anna")->generator(""));
}

TEST_CASE("SSML: another voice speaks its part as it would alone") {
  const Stage stage;
  const auto bert = stage.hear_as("bert", kWord).audio;
  CHECK(bert != stage.hear_as("anna", kWord).audio);
  CHECK(stage.hear_as("anna", as("name='bert'")).audio == bert);
  CHECK(stage.hear_as("anna", as("name='nobody bert'")).audio == bert);
  CHECK(stage.hear_as("anna", as("languages='de'")).audio == bert);
  CHECK(stage.hear_as("anna", as("xml:lang='de'")).audio == bert);
  CHECK(stage.hear_as("anna", as("name='anna'", as("name='bert'"))).audio == bert);
  CHECK(stage.hear_as("anna", as("name='anna'")).audio == stage.hear_as("anna", kWord).audio);
}

TEST_CASE("SSML: the voices of a document are known before it is spoken") {
  const Stage stage;
  const VoiceManifest anna = stage.voice("anna")->manifest();
  const auto cast = [&](const std::string& inside) {
    return cast_of("<speak>" + inside + "</speak>", anna);
  };
  using Names = std::vector<std::string>;
  CHECK(cast(kWord) == Names{});
  CHECK(cast(as("name='nobody'") + as("name='nobody bert'") + as("languages='de'")) ==
        Names{"bert"});
  CHECK(cast(as("name='anna'", kWord + as("name='bert'"))) == Names{"anna", "bert"});
  CHECK(cast("<unfinished>") == Names{});
}

TEST_CASE("SSML: between voices every sample is accounted for") {
  const Stage stage;
  SpeakOptions options = seeded();
  const std::string inside = kWord + ". " + as("name='bert'", "<mark name='m'/>" + kWord) +
                             "<break time='300ms'/>" + kWord + ".";
  const std::string xml = "<speak>" + inside + "</speak>";
  const auto check = [&](const Heard& heard) {
    const auto words = heard.of(EventKind::kWord), marks = heard.of(EventKind::kMark);
    REQUIRE(words.size() == 3);
    for (const auto& word : words)
      CHECK(xml.substr(word.bytes.begin, word.bytes.end - word.bytes.begin) == "hello");
    CHECK(marks.at(0).samples.begin == words[1].samples.begin);
    int64_t at = 0;
    for (const auto& audio : heard.of(EventKind::kAudio)) {
      CHECK(audio.samples.begin == at);
      at = audio.samples.end;
    }
    CHECK(heard.of(EventKind::kDone).at(0).samples.end == at);
    return words;
  };
  const auto words = check(stage.hear_as("anna", inside, options));
  CHECK(words[2].samples.begin - words[1].samples.end == 7200);
  options.duration_s = 2;
  const Heard fitted = stage.hear_as("anna", inside, options);
  check(fitted);
  CHECK(fitted.audio.size() == 48000);
}

TEST_CASE("SSML: a voice that is not there is a warning, and the voice around it speaks on") {
  const Stage stage;
  CHECK(contains_text(stage.warning_of(as("name='nobody'")),
                      "unknown voice \"nobody\"; known: anna"));
  CHECK(contains_text(stage.warning_of(as("name='/etc/passwd'")), "unknown voice"));
  CHECK(contains_text(stage.warning_of(as("languages='fr'")), "no voice here speaks fr"));
  CHECK(stage.hear_as("anna", as("name='nobody'")).audio == stage.hear_as("anna", kWord).audio);
  CHECK(stage.hear_as("anna", as("name='bert'", as("name='nobody'"))).audio ==
        stage.hear_as("bert", kWord).audio);
  const auto twice = stage.hear_as("anna", as("name='no'") + kWord + as("name='no'"));
  CHECK(twice.of(EventKind::kWarning).size() == 1);
  // The dummy has no generator of that name.
  SpeakOptions options = seeded();
  options.generator = "parallel";
  const auto other = stage.hear_as("anna", as("name='dummy'"), options);
  CHECK(contains_text(other.of(EventKind::kWarning).at(0).text, "no generator \"parallel\""));
}

TEST_CASE("SSML: each voice has its own loudness and language") {
  const Stage stage;
  const std::string file = stage.path + "/bert/voice.json";
  nlohmann::json json = tiny::read_json(file);
  json["gain_db"] = -20;
  tiny::write_json(file, json);
  CHECK(stage.hear_as("anna", as("name='bert'")).audio == stage.hear_as("bert", kWord).audio);
  const auto sentences =
      stage.hear_as("anna", "Hello. " + as("name='bert'", "Hello.")).of(EventKind::kPhoneme);
  const auto alone = stage.hear_as("bert", "Hello.").of(EventKind::kPhoneme);
  REQUIRE(sentences.size() > alone.size());
  for (size_t i = 0; i < alone.size(); ++i)
    CHECK(sentences[sentences.size() - alone.size() + i].text == alone[i].text);
}
