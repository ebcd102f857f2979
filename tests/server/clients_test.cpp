// Requests as programs written for OpenAI's API send them, from their sources, and what a server
// does for them beyond what it does for its own clients.
#include "server/client_habits.h"
#include "tests/server/helpers.h"
#include "tests/test.h"

using nlohmann::json;

namespace {

tts::ServerOptions with_aliases(std::map<std::string, std::string> aliases) {
  tts::ServerOptions options;
  options.voice_aliases = std::move(aliases);
  return options;
}

// The answer to a body, sound or not: its header.
std::string header(const httplib::Result& answer, const char* name) {
  REQUIRE(answer);
  CHECK_MESSAGE(answer->status == 200, answer->body);
  return answer->get_header_value(name);
}

json plus(json body, const json& more) {
  body.update(more);
  return body;
}

const json kPcm = {{"input", kSpoken}, {"response_format", "pcm"}, {"seed", 1}};

}  // namespace

TEST_CASE("server: an alias is the voice that it stands for") {
  TestServer server(with_aliases({{"alloy", "dummy"}}));
  const std::string own = server.speak(kPcm)->body;
  CHECK(server.speak(plus(kPcm, {{"voice", "alloy"}}))->body == own);
  CHECK(server.speak(plus(kPcm, {{"voice", {{"id", "alloy"}}}}))->body == own);
  CHECK(contains_text(message_of(server.speak(plus(kPcm, {{"voice", "nova"}})), 404),
                      "unknown voice \"nova\"; known: dummy"));
  CHECK(json::parse(server.get("/v1/voices"))["voices"][0]["aliases"] == json({"alloy"}));
}

TEST_CASE("server: the alias * takes every name that is nobody's") {
  TestServer server(with_aliases({{"*", "dummy"}}));
  const std::string own = server.speak(kPcm)->body;
  for (const char* name : {"alloy", "af_heart", "../../etc", ""})
    CHECK(server.speak(plus(kPcm, {{"voice", name}}))->body == own);
  CHECK(contains_text(
      message_of(TestServer(with_aliases({{"*", "dummy"}})).speak(plus(kPcm, {{"voice", 3}})), 400),
      "\"voice\" is of type number"));
}

TEST_CASE("server: an alias of a voice that is not there is refused at the start") {
  CHECK_THROWS_WITH(TestServer(with_aliases({{"alloy", "nobody"}})),
                    doctest::Contains("--voice-alias alloy=nobody: there is no voice \"nobody\""));
}

TEST_CASE("server: null is absent, whatever the key") {
  TestServer server;
  const std::string own = server.speak(kPcm)->body;
  for (const char* key : {"voice",
                          "model",
                          "speed",
                          "stream_format",
                          "instructions",
                          "words",
                          "prompt_wav",
                          "lexicon",
                          "language",
                          "nobody_knows_this"})
    CHECK_MESSAGE(server.speak(plus(kPcm, {{key, nullptr}}))->body == own, key);
  CHECK(contains_text(message_of(server.speak({{"input", nullptr}}), 400), "\"input\""));
  CHECK(server.speak({{"input", kSpoken}, {"response_format", nullptr}})
            ->get_header_value("Content-Type") == "audio/mpeg");
}

TEST_CASE("server: what has no effect is taken, and a header says so; strict refuses it") {
  TestServer server;
  const std::string own = server.speak(kPcm)->body;
  const auto unused = [&](const json& more) {
    const auto answer = server.speak(plus(kPcm, more));
    CHECK(answer->body == own);
    return header(answer, "X-TTS-No-Effect");
  };
  CHECK(unused({{"model", "tts-1"}}) == "");
  CHECK(unused({{"instructions", ""}, {"stream", false}, {"user", ""}}) == "");
  CHECK(unused({{"instructions", "whisper"}, {"user", "u-1"}}) == "instructions, user");
  CHECK(unused({{"stream", true}}) == "stream");
  CHECK(unused({{"language", "auto"}}) == "language");
  for (const char* model : {"gpt-4o-mini-tts-2025-12-15", "tts-1-1106", "kokoro"})
    CHECK(unused({{"model", model}}) == "model");
  const auto refusal = [&](const json& more) {
    return message_of(server.speak(plus(plus(kPcm, {{"strict", true}}), more)), 400);
  };
  CHECK(contains_text(refusal({{"instructions", "whisper"}}), "\"instructions\" has no effect"));
  CHECK(contains_text(refusal({{"stream", true}}), "\"stream\" has no effect"));
  CHECK(
      contains_text(refusal({{"model", "kokoro"}}), "\"model\" is \"kokoro\"; known: tts, tts-1"));
  CHECK(server.speak(plus(kPcm, {{"strict", true}, {"model", "tts-1"}, {"user", ""}}))->body ==
        own);
  CHECK(contains_text(message_of(server.speak(plus(kPcm, {{"instructions", 3}})), 400),
                      "\"instructions\" is of type number; it must be a string"));
  CHECK(contains_text(message_of(server.speak(plus(kPcm, {{"stream", "yes"}})), 400),
                      "it must be true or false"));
}

TEST_CASE("server: OpenAI's speeds beyond this engine's are spoken at the nearest") {
  TestServer server;
  const auto speed = [&](const json& value) {
    return server.speak(plus(kPcm, {{"speed", value}}));
  };
  CHECK(speed(4.0)->body == speed(2)->body);
  CHECK(speed("0.25")->body == speed(0.5)->body);
  CHECK(header(speed(4.0), "X-TTS-Warning") ==
        "speed is 4; spoken at 2, the nearest that there is");
  CHECK(header(speed(2), "X-TTS-Warning") == "");
  for (const json& wrong : {json(4.1), json(0.2), json("fast"), json(-1)})
    CHECK(contains_text(message_of(speed(wrong), 400), "it must be a number from 0.5 to 2"));
  CHECK(contains_text(message_of(server.speak(plus(kPcm, {{"speed", 4.0}, {"strict", true}})), 400),
                      "it must be a number from 0.5 to 2"));
}

TEST_CASE("server: formats in any case") {
  TestServer server;
  for (const char* format : {"MP3", "Mp3", "mp3"}) {
    const auto answer = server.speak({{"input", kSpoken}, {"response_format", format}});
    CHECK(header(answer, "Content-Type") == "audio/mpeg");
  }
}

TEST_CASE("server: of nothing that can be spoken comes a short silence; strict refuses it") {
  TestServer server;
  for (const char* nothing : {"...", "---", "\xE2\x80\xA6", " ", "\xE4\xBD\xA0\xE5\xA5\xBD"}) {
    const json body = plus(kPcm, {{"input", nothing}});
    const auto answer = server.speak(body);
    const std::string warning = header(answer, "X-TTS-Warning");
    CHECK_MESSAGE(!warning.empty(), nothing);
    for (const char c : warning) CHECK((c >= ' ' && c < 0x7F));
    CHECK(answer->body.size() == 2 * 24000 / 5);
    CHECK(answer->body.find_first_not_of('\0') == std::string::npos);
    CHECK(error_of(server.speak(plus(body, {{"strict", true}})), 400)["code"] == "empty_text");
  }
  const auto events = events_of(
      server.speak(plus(kPcm, {{"input", "..."}, {"stream_format", "sse"}, {"words", true}}))
          ->body);
  CHECK(events.front()["type"] == "speech.audio.warning");
  CHECK(events.back()["type"] == "speech.audio.done");
  CHECK(events.back()["duration_s"].get<double>() == doctest::Approx(0.2));
  for (const char* format : {"wav", "mp3", "opus", "flac", "ogg"})
    CHECK(samples_of(server.speak({{"input", "..."}, {"response_format", format}})->body, format)
              .size() >= 4800);
  CHECK(error_of(server.speak(plus(kPcm, {{"input", ""}})), 400)["code"] == "empty_text");
}

TEST_CASE("server: half of a character, cut by a client, does not cost the sentence") {
  using tts::without_lone_surrogates;
  const auto becomes = [](const std::string& from, const std::string& to) {
    CHECK(without_lone_surrogates(from) == to);
  };
  becomes(R"({"input": "a \ud83d"})", R"({"input": "a \uFFFD"})");
  becomes(R"({"input": "\uDE00 b"})", R"({"input": "\uFFFD b"})");
  becomes(R"("\ud83d\ud83d\ude00")", R"("\uFFFD\ud83d\ude00")");
  becomes(R"("\ude00\ud83d")", R"("\uFFFD\uFFFD")");
  becomes(R"("\ud83d\n")", R"("\uFFFD\n")");
  becomes("\"\xED\xA0\xBD\"", "\"\xEF\xBF\xBD\"");
  for (const char* same : {R"("\ud83d\ude00")",
                           R"("\\ud83d")",
                           R"("\u00e9\\")",
                           R"("\u12")",
                           "\"\\",
                           "\"\xED\x9F\xBF\""})
    becomes(same, same);
  TestServer server;
  const std::string own = server.speak(kPcm)->body;
  const auto answer = server.post("{\"input\": \"" + kSpoken +
                                  "\\ud83d\", \"response_format\": \"pcm\", \"seed\": 1}");
  CHECK(header(answer, "X-TTS-Seed") == "1");
  CHECK(answer->body == own);
}

TEST_CASE("server: a model by its name") {
  TestServer server;
  const json model = json::parse(server.get("/v1/models/tts-1"));
  CHECK(model["id"] == "tts-1");
  CHECK(model == json::parse(server.get("/v1/models"))["data"][1]);
  const json error = error_of(server.client().Get("/v1/models/nothing"), 404);
  CHECK(error["code"] == "model_not_found");
  CHECK(contains_text(error["message"], "known: tts, tts-1"));
  CHECK(server.client().Get("/v1/models/")->status == 404);
  CHECK(server.client().Delete("/v1/models/tts-1")->get_header_value("Allow") == "GET, HEAD");
  CHECK(contains_text(server.get("/metrics"), "path=\"/v1/models/{id}\""));
}

TEST_CASE("server: pages of other sites may ask where they were named, and nowhere else") {
  const auto ask = [](TestServer& server, const char* method, const std::string& origin) {
    httplib::Request request;
    request.method = method;
    request.path = "/v1/audio/speech";
    request.set_header("Origin", origin);
    request.set_header("Access-Control-Request-Headers", "authorization, x-stainless-os");
    if (method == std::string("POST")) {
      request.set_header("Content-Type", "application/json");
      request.body = kPcm.dump();
    }
    return server.client().send(request);
  };
  const char* allowed = "Access-Control-Allow-Origin";
  TestServer closed;
  CHECK(ask(closed, "OPTIONS", "https://a.example")->status == 405);
  CHECK(!ask(closed, "POST", "https://a.example")->has_header(allowed));
  tts::ServerOptions options;
  options.cors_origins = {"https://a.example", "http://localhost:3000"};
  options.api_key = "secret";  // not asked for beforehand
  TestServer open(options);
  const auto before = ask(open, "OPTIONS", "http://localhost:3000");
  CHECK(before->status == 204);
  CHECK(before->get_header_value(allowed) == "http://localhost:3000");
  CHECK(before->get_header_value("Access-Control-Allow-Methods") == "POST");
  CHECK(contains_text(before->get_header_value("Access-Control-Allow-Headers"), "x-stainless-os"));
  CHECK(before->get_header_value("Vary") == "Origin");
  const auto refused = ask(open, "POST", "https://a.example");  // its page can read why
  CHECK(refused->status == 401);
  CHECK(refused->get_header_value(allowed) == "https://a.example");
  CHECK(ask(open, "OPTIONS", "https://b.example")->status == 405);
  CHECK(!ask(open, "POST", "https://b.example")->has_header(allowed));
  options = {};
  options.cors_origins = {"*"};
  TestServer all(options);
  const auto answer = ask(all, "POST", "null");
  CHECK(header(answer, allowed) == "*");
  CHECK(contains_text(header(answer, "Access-Control-Expose-Headers"), "X-TTS-Seed"));
}

TEST_CASE("server: requests of real programs, as their sources write them, are spoken") {
  TestServer server(with_aliases({{"*", "dummy"}}));
  const json bodies[] = {
      // pipecat, OpenAITTSService: raw PCM at 24 kHz.
      {{"input", kSpoken},
       {"model", "gpt-4o-mini-tts"},
       {"voice", "alloy"},
       {"response_format", "pcm"}},
      {{"input", kSpoken},
       {"model", "gpt-4o-mini-tts"},
       {"voice", "alloy"},
       {"response_format", "pcm"},
       {"instructions", "Speak calmly."},
       {"speed", 1.1}},
      // Open WebUI, audio router: what its page sends, with the model of its settings.
      {{"model", "tts-1"}, {"input", kSpoken}, {"voice", "alloy"}},
      // LiveKit agents, openai.TTS: through OpenAI's client.
      {{"input", kSpoken},
       {"model", "gpt-4o-mini-tts"},
       {"voice", "ash"},
       {"instructions", "Warm and friendly."},
       {"response_format", "mp3"},
       {"speed", 1.0}},
      // Chat front ends that send everything that they know of.
      {{"model", "tts-1-hd"},
       {"input", kSpoken},
       {"voice", "nova"},
       {"response_format", "MP3"},
       {"speed", 4.0},
       {"stream", true},
       {"user", "somebody"}},
      {{"model", "kokoro"},
       {"input", kSpoken},
       {"voice", "af_heart"},
       {"response_format", "wav"},
       {"speed", nullptr}},
  };
  for (const json& body : bodies) {
    const auto answer = server.speak(body);
    REQUIRE(answer);
    CHECK_MESSAGE(answer->status == 200, answer->body);
    CHECK(answer->body.size() > 1000);
  }
}
