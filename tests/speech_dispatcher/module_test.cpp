#include <fstream>

#include "audio/encoder.h"
#include "audio/fade.h"
#include "tests/engine/helpers.h"
#include "tests/speech_dispatcher/program.h"

using namespace tts;
using Lines = std::vector<std::string>;

namespace {

const std::string kA = "<phoneme ph='həlˈoʊ'>hello</phoneme>";

Heard expected(const std::string& inside, SpeakOptions options = seeded()) {
  return hear(Synthesizer(Voice::open("dummy"), options),
              "<speak>" + inside + "</speak>",
              InputKind::kSsml);
}

// Of the silence before the first word 20 ms are left, and faded in.
size_t lead_of(const Heard& heard) {
  return static_cast<size_t>(heard.of(EventKind::kWord).at(0).samples.begin - 480);
}

std::string pcm_of(const Heard& heard) {
  std::string out;
  const size_t lead = lead_of(heard);
  for (size_t i = lead; i < heard.audio.size(); ++i) {
    const auto value = to_pcm16(heard.audio[i] * fade_gain(static_cast<int64_t>(i - lead), 120));
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>((value >> 8) & 0xFF);
  }
  return out;
}

}  // namespace

TEST_CASE("speech-dispatcher: a message is its sound, between begin and end") {
  ModuleProgram module;
  module.init();
  CHECK(module.ask("AUDIO\naudio_output_method=server\n.\n") == "207 OK RECEIVING AUDIO SETTINGS");
  CHECK(module.answer() == "203 OK AUDIO INITIALIZED");
  const auto heard = module.hear(kA + " " + kA);
  CHECK(heard.order == Lines{"701 BEGIN", "702 END"});
  CHECK(heard.pcm == pcm_of(expected(kA + " " + kA)));
  CHECK(heard.pcm.find('\n') != std::string::npos);  // so it was escaped
  // The same again, whatever was said before.
  CHECK(module.hear(kA + " " + kA).pcm == heard.pcm);
  CHECK(module.ask("QUIT\n") == "210 OK QUIT");
  CHECK(module.end() == 0);
}

TEST_CASE("speech-dispatcher: index marks leave in the midst of the sound, to the sample") {
  ModuleProgram module;
  module.init();
  const std::string inside = "<mark name='a'/>" + kA + ".<mark name='__spd_0'/> " + kA +
                             "<break time='100ms'/><mark name='c'/> " + kA + "<mark name='d'/>";
  const Heard whole = expected(inside);
  const auto marks = whole.of(EventKind::kMark);
  REQUIRE(marks.size() == 4);
  Lines order = {"701 BEGIN"};
  for (const auto& mark : marks)
    order.push_back("mark " + mark.text + " at " +
                    std::to_string(mark.samples.begin - lead_of(whole)));
  order.push_back("702 END");
  CHECK(module.hear(inside).order == order);
}

TEST_CASE("speech-dispatcher: a stop ends a long message, and the next is spoken") {
  ModuleProgram module;
  module.init();
  std::string text;
  for (int i = 0; i < 2000; ++i) text += kA + ". ";
  module.say("SPEAK\n<speak>" + text + "</speak>\n.\n");
  CHECK(module.line() == "202 OK RECEIVING MESSAGE");
  CHECK(module.line() == "200 OK SPEAKING");
  CHECK(module.line() == "701 BEGIN");
  module.say("STOP\n");
  const auto heard = module.listen();
  CHECK(heard.order == Lines{"703 STOP"});
  CHECK(heard.samples() < 2000 * 24000 / 10);
  CHECK(module.hear(kA).order == Lines{"701 BEGIN", "702 END"});
  // Without anything to stop.
  module.say("STOP\nPAUSE\n");
  CHECK(module.hear(kA).order == Lines{"701 BEGIN", "702 END"});
}

TEST_CASE("speech-dispatcher: a pause begins at the next of the server's marks") {
  ModuleProgram module;
  module.init();
  std::string text = "<mark name='mine'/>";
  for (int i = 0; i < 2000; ++i) text += kA + ".<mark name='__spd_" + std::to_string(i) + "'/> ";
  module.say("SPEAK\n<speak>" + text + "</speak>\n.\nPAUSE\n");
  CHECK(module.line() == "202 OK RECEIVING MESSAGE");
  CHECK(module.line() == "200 OK SPEAKING");
  const auto order = module.listen().order;
  CHECK(order.back() == "704 PAUSE");
  CHECK(contains_text(order[order.size() - 2], "mark __spd_"));
  CHECK(order.size() < 2000);
}

TEST_CASE("speech-dispatcher: rate, pitch and volume") {
  ModuleProgram module;
  module.init();
  const auto with = [&](const std::string& settings) {
    module.say("SET\n" + settings + ".\n");
    CHECK(module.line() == "203 OK RECEIVING SETTINGS");
    CHECK(module.line() == "203 OK SETTINGS RECEIVED");
    return module.hear(kA).pcm;
  };
  SpeakOptions options = seeded();
  options.speed_ratio = 2;
  CHECK(with("rate=100\npitch=0\n") == pcm_of(expected(kA, options)));
  options.speed_ratio = 1;
  options.pitch_semitones = -6;
  CHECK(with("rate=0\npitch=-50\n") == pcm_of(expected(kA, options)));
  options.pitch_semitones = 0;
  options.volume = 0.5;
  CHECK(with("pitch=0\nvolume=0\n") == pcm_of(expected(kA, options)));
  CHECK(with("volume=100\nvoice=female1\nlanguage=NULL\nsynthesis_voice=NULL\npitch_range=5\n") ==
        pcm_of(expected(kA)));
  CHECK(with("synthesis_voice=dummy\nlanguage=xx\n") == pcm_of(expected(kA)));
}

TEST_CASE("speech-dispatcher: what it cannot do it says") {
  ModuleProgram module;
  module.init();
  const auto second = [&](const std::string& lines) {
    module.ask(lines);
    return module.answer();
  };
  CHECK(second("SET\nrate=101\n.\n") == "303 ERROR INVALID PARAMETER OR VALUE");
  CHECK(second("SET\nspeed=1\n.\n") == "303 ERROR INVALID PARAMETER OR VALUE");
  CHECK(second("SET\nspelling_mode=maybe\n.\n") == "303 ERROR INVALID PARAMETER OR VALUE");
  CHECK(second("SET\nrate\n.\n") == "302 ERROR BAD SYNTAX");
  CHECK(second("AUDIO\naudio_output_method=pulse\n.\n") == "303 ERROR INVALID PARAMETER OR VALUE");
  CHECK(second("LOGLEVEL\nlog_level=9\n.\n") == "303 ERROR INVALID PARAMETER OR VALUE");
  CHECK(second("LOGLEVEL\nlog_level=0\n.\n") == "203 OK LOGLEVEL SET");
  CHECK(module.ask("SING\n") == "300 ERR UNKNOWN COMMAND");
  CHECK(second("SPEAK\n.\n") == "301 ERROR CANT SPEAK");
  CHECK(second("CHAR\na\nb\n.\n") == "305 DATA MORE THAN ONE LINE");
  CHECK(module.ask("DEBUG\n") == "302 ERROR BAD SYNTAX");
  CHECK(module.ask("DEBUG ON /nonexistent/file\n") == "303 CANT OPEN CUSTOM DEBUG FILE");
  CHECK(module.ask("DEBUG OFF\n") == "200 OK DEBUGGING OFF");
  CHECK(module.ask("LIST VOICES xx\n") == "304 CANT LIST VOICES");
  module.say("LIST VOICES\n");
  CHECK(module.line() == "200-dummy\ten-US\tnone");
  while (module.line() != "200 OK VOICE LIST SENT") continue;
  CHECK(module.ask("LIST VOICES en\n") == "200 OK VOICE LIST SENT");
  CHECK(module.end() == 0);
}

TEST_CASE("speech-dispatcher: characters, keys, icons and spelling") {
  ModuleProgram module;
  module.init();
  const auto says = [&](const std::string& command, const std::string& data) {
    return module.hear(command, data).pcm;
  };
  const auto text = [&](const std::string& words) { return module.hear(words).pcm; };
  const std::string h = "<say-as interpret-as='characters'>h</say-as>";
  CHECK(says("CHAR", "h") == text(h));
  CHECK(says("CHAR", "..") == text("dot"));
  CHECK(says("CHAR", "space") == text("space"));
  CHECK(says("CHAR", "&") == text("ampersand"));
  CHECK(says("KEY", "shift_h") == text("shift " + h));
  CHECK(says("SOUND_ICON", "new-mail") == text("new mail"));
  CHECK(says("SPEAK", "..dots &amp; <b>") == text(".dots &amp;amp; &lt;b&gt;"));
  CHECK(says("SPEAK", "<speak>one <b>two</speak>") == text("one two"));
  const auto set = [&](const std::string& setting) {
    module.ask("SET\n" + setting + "\n.\n");
    REQUIRE(module.answer() == "203 OK SETTINGS RECEIVED");
  };
  const std::string spelled = text("<say-as interpret-as='characters'>hi</say-as>");
  const std::string plain = text("hi");
  CHECK(spelled != plain);
  const std::string capital = text("capital <say-as interpret-as='characters'>H</say-as>");
  set("cap_let_recogn=spell");
  CHECK(says("CHAR", "H") == capital);
  set("spelling_mode=on");
  CHECK(text("hi") == spelled);
  set("spelling_mode=off");
  const std::string named = text("Well comma, 3.5 left paren dot.");
  set("punctuation_mode=all");
  CHECK(text("Well, 3.5 (.") == named);
}

TEST_CASE("speech-dispatcher: letters of scripts that the voice cannot read are never silent") {
  ModuleProgram module;
  module.init();
  const auto character = [&](const std::string& letter) { return module.hear("CHAR", letter).pcm; };
  const auto text = [&](const std::string& words) { return module.hear(words).pcm; };
  CHECK(character("я") == text("Cyrillic ya"));
  CHECK(character("Я") == text("Cyrillic ya"));
  CHECK(character("你") == text("Han ni"));
  CHECK(character("ש") == text("Hebrew s"));
  CHECK(text("Привет!") == text("Privet!"));
  CHECK(text("用Linux") == text("yong Linux"));
  for (const char* letter : {"Я", "ب", "あ", "한", "ก", "अ", "Ա", "α", "\u13A0"}) {
    CHECK_MESSAGE(character(letter).size() > 2000, letter);
    CHECK_MESSAGE(text(letter).size() > 2000, letter);
  }
  // What can be read is read as it was, phonemes too.
  const std::string ipa = "<phoneme ph='θɪŋ'>thing</phoneme> naïve";
  CHECK(module.hear(ipa).pcm == pcm_of(expected(ipa)));
}

TEST_CASE("speech-dispatcher: a wrong configuration is told when it starts") {
  const TemporaryFolder folder;
  const auto answer = [&](const std::string& content) {
    const std::string path = folder.path + "/tts.conf";
    std::ofstream(path) << content;
    ModuleProgram module(path);
    module.say("INIT\n");
    std::string first = module.line();
    CHECK(module.line().compare(0, 4, first.substr(0, 3) + " ") == 0);
    const int status = module.end();
    CHECK(status == (first[0] == '2' ? 0 : 1));
    return first;
  };
  CHECK(answer("# none\n\nTtsVoice \"dummy\"\nTtsGenerator vibrato\nDebug 0\nTtsThreads 2\n") ==
        "299-tts: voice dummy");
  CHECK(contains_text(answer("\nTtsVoise \"x\"\n"),
                      "tts.conf:2: unknown name \"TtsVoise\"; did you"));
  CHECK(contains_text(answer("TtsVoice nobody"), "unknown voice \"nobody\""));
  CHECK(contains_text(answer("TtsGenerator nothing"), "no generator \"nothing\""));
  CHECK(contains_text(answer("TtsThreads x"), "tts.conf:1: threads is \"x\""));
  CHECK(contains_text(answer("TtsLexicon /none.tsv"), "/none.tsv"));
  ModuleProgram missing("/nonexistent/tts.conf");
  CHECK(missing.ask("INIT\n") == "399 ERR CANT INIT MODULE");
  ModuleProgram early;
  early.say("SPEAK\n");
  CHECK(early.end() == 3);
}
