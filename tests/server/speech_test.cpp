// The sound of a request, in every format and way of sending.
#include "audio/file.h"
#include "server/base64.h"
#include "server/sound_encoder.h"
#include "tests/engine/shared_voices.h"
#include "tests/server/helpers.h"
#include "tests/test.h"

using nlohmann::json;

namespace {

// 16-bit samples as the server sends them.
std::vector<float> as_pcm(const std::vector<float>& samples) {
  std::string bytes;
  const auto encoder = tts::make_sound_encoder(
      tts::AudioFormat::kWav, 24000, [&](std::string_view more) { bytes += more; });
  encoder->write(samples);
  encoder->finish();
  return samples_of(bytes, "pcm");
}

double mean_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += std::abs(a[i] - b[i]);
  return sum / static_cast<double>(std::max<size_t>(1, std::min(a.size(), b.size())));
}

}  // namespace

TEST_CASE("server: wav, pcm and flac are the offline sound, sample for sample") {
  const SharedVoices folder;
  tts::ServerOptions options;
  options.voice = folder.path + "/anna";
  TestServer server(options);
  const auto whole = as_pcm(said(folder.voice("anna"), seeded(5)));
  REQUIRE(whole.size() > 2000);
  for (const char* format : {"wav", "flac"}) {
    const auto answer =
        server.speak({{"input", kSpoken}, {"response_format", format}, {"seed", 5}});
    REQUIRE(answer);
    REQUIRE_MESSAGE(answer->status == 200, answer->body);
    CHECK(answer->get_header_value("Content-Type") == std::string("audio/") + format);
    CHECK(answer->get_header_value("Transfer-Encoding") == "chunked");
    CHECK(answer->get_header_value("X-TTS-Seed") == "5");
    CHECK(answer->get_header_value("X-TTS-Sample-Rate") == "24000");
    CHECK(samples_of(answer->body, format) == whole);
  }
  const auto wav = server.speak({{"input", kSpoken}, {"response_format", "wav"}, {"seed", 5}});
  const auto pcm = server.speak({{"input", kSpoken}, {"response_format", "pcm"}, {"seed", 5}});
  CHECK(wav->body.substr(0, 4) == "RIFF");
  CHECK(wav->body.substr(44) == pcm->body);
}

TEST_CASE("server: coded formats decode to the sound; mp3 is the default") {
  TestServer server;
  const auto whole = hear_dummy(kSpoken).audio;
  for (const char* format : {"mp3", "ogg", "opus"}) {
    const auto answer = server.speak({{"input", kSpoken}, {"response_format", format}});
    REQUIRE(answer);
    REQUIRE_MESSAGE(answer->status == 200, answer->body);
    const auto heard = samples_of(answer->body, format);
    CHECK(heard.size() >= whole.size());
    CHECK(heard.size() < whole.size() + 4000);
    if (std::string(format) != "mp3") CHECK(mean_difference(heard, whole) < 0.02);
  }
  const auto standard = server.speak({{"input", kSpoken}});
  CHECK(standard->get_header_value("Content-Type") == "audio/mpeg");
}

TEST_CASE("server: options act by their names, in both spellings and types") {
  TestServer server;
  const auto size_of = [&](json body) {
    body.update({{"input", kSpoken}, {"response_format", "pcm"}});
    const auto answer = server.speak(body);
    REQUIRE_MESSAGE(answer->status == 200, answer->body);
    return answer->body;
  };
  const size_t plain = size_of({}).size();
  CHECK(size_of({{"speed", 2}}).size() < plain * 0.7);
  CHECK(size_of({{"speed", "2"}}) == size_of({{"speed", 2.0}}));
  CHECK(size_of({{"sample_rate", 48000}}) == size_of({{"sample-rate", 48000}}));
  const json vibrato = {{"generator", "vibrato"}, {"temperature", 1}, {"seed", 1}};
  CHECK(size_of(vibrato) == size_of(vibrato));
  CHECK(size_of(vibrato) != size_of({{"generator", "vibrato"}, {"temperature", 1}, {"seed", 2}}));
  CHECK(size_of({{"voice", {{"id", "dummy"}}}, {"model", "tts-1"}}).size() == plain);
}

TEST_CASE("server: a request brings its own pronunciations") {
  TestServer server;
  const auto pcm = [&](const std::string& input, json more) {
    more.update({{"input", input}, {"response_format", "pcm"}, {"seed", 1}});
    const auto answer = server.speak(more);
    REQUIRE_MESSAGE(answer->status == 200, answer->body);
    return answer->body;
  };
  const std::string wanted = pcm("[[həlˈoʊ]]", json::object());
  CHECK(pcm("hello", {{"lexicon", {{"hello", "həlˈoʊ"}}}}) == wanted);
  CHECK(pcm("hello", {{"lexicon", "hello\thəlˈoʊ"}}) == wanted);
  CHECK(pcm("hello",
            {{"lexicon",
              "<lexicon alphabet='ipa'><lexeme><grapheme>hello</grapheme>"
              "<phoneme>həlˈoʊ</phoneme></lexeme></lexicon>"}}) == wanted);
}

TEST_CASE("server: a request without a seed says which one it drew") {
  TestServer server;
  const json body = {{"input", kSpoken}, {"generator", "vibrato"}, {"response_format", "pcm"}};
  const auto first = server.speak(body);
  json again = body;
  again["seed"] = std::stoull(first->get_header_value("X-TTS-Seed"));
  CHECK(server.speak(again)->body == first->body);
  again["seed"] = again["seed"].get<uint64_t>() + 1;
  CHECK(server.speak(again)->body != first->body);
}

TEST_CASE("server: events carry the sound in base64, words when asked for, then the end") {
  TestServer server;
  const json body = {{"input", kSpoken}, {"response_format", "pcm"}, {"seed", 1}};
  const std::string pcm = server.speak(body)->body;
  json streamed = body;
  streamed["stream_format"] = "sse";
  const auto plain = server.speak(streamed);
  CHECK(plain->get_header_value("Content-Type") == "text/event-stream");
  CHECK(plain->body.find("event: speech.audio.delta\ndata: {") == 0);
  CHECK(plain->body.find("speech.audio.word") == std::string::npos);
  streamed["words"] = true;
  std::string sound;
  std::vector<json> words;
  const auto events = events_of(server.speak(streamed)->body);
  for (const json& event : events) {
    if (event["type"] == "speech.audio.delta")
      sound += *tts::from_base64(std::string(event["audio"]));
    if (event["type"] == "speech.audio.word") words.push_back(event);
  }
  CHECK(sound == pcm);
  REQUIRE(words.size() == 2);
  const size_t begin = words[1]["begin"], end = words[1]["end"];
  CHECK(kSpoken.substr(begin, end - begin) == "[[wˈɜːld]]");
  CHECK(words[0]["end_s"].get<double>() <= words[1]["start_s"].get<double>());
  const json& done = events.back();
  CHECK(done["type"] == "speech.audio.done");
  CHECK(done["seed"] == 1);
  CHECK(done["duration_s"].get<double>() == doctest::Approx(pcm.size() / 2 / 24000.0));
  CHECK(done["usage"]["total_tokens"] ==
        done["usage"]["input_tokens"].get<int>() + done["usage"]["output_tokens"].get<int>());
}

TEST_CASE("server: warnings are events of their own") {
  TestServer server;
  const auto answer = server.speak({{"input", "[[q]] " + kSpoken},
                                    {"response_format", "pcm"},
                                    {"stream_format", "sse"},
                                    {"words", true}});
  size_t warnings = 0;
  for (const json& event : events_of(answer->body)) {
    if (event["type"] != "speech.audio.warning") continue;
    ++warnings;
    CHECK(event["message"].get<std::string>().find("q") != std::string::npos);
  }
  CHECK(warnings > 0);
}

TEST_CASE("server: Markdown and HTML are asked for by name, one of them") {
  TestServer server;
  json body = {{"input", kSpoken}, {"response_format", "pcm"}, {"seed", 1}};
  const std::string pcm = server.speak(body)->body;
  for (const char* kind : {"markdown", "html", "verbatim"}) {
    CAPTURE(kind);
    json marked = body;
    marked[kind] = true;
    CHECK(server.speak(marked)->body == pcm);
    marked["ssml"] = true;
    const auto refused = server.speak(marked);
    CHECK(refused->status == 400);
    CHECK(refused->body.find("not both") != std::string::npos);
  }
  body["markdown"] = true;
  body["input"] = "**" + kSpoken + "**\n\n```\ncode\n```\n";
  CHECK(server.speak(body)->status == 200);
}

TEST_CASE("server: SSML sounds as its text does, and its marks are events") {
  TestServer server;
  json body = {{"input", kSpoken}, {"response_format", "pcm"}, {"seed", 1}};
  const std::string pcm = server.speak(body)->body;
  body["input"] = "<speak><mark name=\"here\"/>" + kSpoken + "</speak>";
  body["ssml"] = true;
  CHECK(server.speak(body)->body == pcm);
  body["stream_format"] = "sse";
  body["words"] = true;
  size_t marks = 0;
  for (const json& event : events_of(server.speak(body)->body)) {
    if (event["type"] != "speech.audio.mark") continue;
    ++marks;
    CHECK(event["name"] == "here");
  }
  CHECK(marks == 1);
  body["input"] = "<speak>";
  const auto refused = server.speak(body);
  CHECK(refused->status == 400);
  CHECK(refused->body.find("SSML, line 1") != std::string::npos);
}

TEST_CASE("server: prompt recordings come as base64 and say who speaks") {
  const SharedVoices folder;
  tts::ServerOptions options;
  options.voice = folder.path + "/anna";
  TestServer server(options);
  const auto recording = [&](const char* name) {
    std::ifstream in(folder.path + "/" + name, std::ios::binary);
    return tts::to_base64(std::string(std::istreambuf_iterator<char>(in), {}));
  };
  const auto speak_as = [&](const json& prompt) {
    json body = {{"input", kSpoken}, {"response_format", "wav"}, {"seed", 5}};
    if (!prompt.is_null()) body["prompt_wav"] = prompt;
    const auto answer = server.speak(body);
    REQUIRE_MESSAGE(answer->status == 200, answer->body);
    return samples_of(answer->body, "answer");
  };
  tts::SpeakOptions offline = seeded(5);
  offline.prompts = {{folder.path + "/low.wav", nullptr}};
  const auto low = speak_as(recording("low.wav"));
  CHECK(low == as_pcm(said(folder.voice("anna"), offline)));
  CHECK(low != speak_as(nullptr));
  CHECK(low != speak_as(recording("high.wav")));
  CHECK(low != speak_as({recording("low.wav"), recording("high.wav")}));
}

TEST_CASE("server: many clients at once get what each would get alone") {
  tts::ServerOptions options;
  options.workers = 3;
  TestServer server(options);
  const auto body = [](int seed) {
    return json{{"input", long_text(1 + seed % 4)},
                {"generator", "vibrato"},
                {"response_format", "pcm"},
                {"seed", seed}};
  };
  std::vector<std::string> alone, together(12);
  for (int i = 0; i < 12; ++i) alone.push_back(server.speak(body(i))->body);
  std::vector<std::thread> clients;
  for (int i = 0; i < 12; ++i)
    clients.emplace_back([&, i] { together[i] = server.speak(body(i))->body; });
  for (auto& client : clients) client.join();
  CHECK(together == alone);
}

TEST_CASE("base64: RFC 4648's examples, and what is not base64") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    CHECK(tts::to_base64(bytes) == text);
    CHECK(tts::from_base64(text) == std::string(bytes));
  }
  CHECK(tts::from_base64("Zm9v\r\nYmFy") == std::string("foobar"));
  for (const char* wrong : {"Zg", "Zg=", "Z", "Zm9v!", "Zg==Zg==", "====", "Zg===", "-_-_"})
    CHECK_MESSAGE(!tts::from_base64(wrong), wrong);
}
