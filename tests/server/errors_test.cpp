// Everything that a client can get wrong: the status, and a message that names key and choices.
#include "server/base64.h"
#include "server/sound_encoder.h"
#include "tests/server/helpers.h"
#include "tests/test.h"

using nlohmann::json;

namespace {

// Sends raw bytes, → all that comes back.
std::string raw(int port, const std::string& bytes) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  CHECK(send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
        static_cast<ssize_t>(bytes.size()));
  std::string out;
  char block[4096];
  for (ssize_t got; (got = recv(socket, block, sizeof(block), 0)) > 0;)
    out.append(block, static_cast<size_t>(got));
  close(socket);
  return out;
}

}  // namespace

TEST_CASE("server: 400 for a body that is no request") {
  TestServer server;
  const auto says = [&](const std::string& body, const std::string& part) {
    const std::string message = message_of(server.post(body), 400);
    CHECK_MESSAGE(contains_text(message, part), message);
  };
  says("{\"input\": ", "is not JSON (at line 1, column ");
  says("[1]", "must be a JSON object");
  says("{}", "\"input\", the text to speak, is missing");
  says("{\"input\": \" \\n\", \"strict\": true}", "there is no text to speak");
  says("{\"input\": \"\"}", "there is no text to speak");
  says("{\"input\": 7}", "\"input\" is of type number; it must be a string");
  says("{\"input\": \"\xff\"}", "is not JSON");
  says("{\"input\": \"a\", \"speeed\": 1}",
       "unknown key \"speeed\"; did you mean \"speed\"? known: ");
  says("{\"input\": \"a\", \"speed\": 9}", "speed is \"9\"; it must be a number from 0.5 to 2");
  says("{\"input\": \"a\", \"speed\": [1]}", "\"speed\" is of type array");
  says("{\"input\": \"a\", \"response_format\": \"aac\"}",
       "\"response_format\" is \"aac\"; known: mp3, opus, ogg, flac, wav, pcm");
  says("{\"input\": \"a\", \"stream_format\": \"x\"}", "known: audio, sse");
  says("{\"input\": \"a\", \"strict\": true, \"model\": \"x\"}",
       "\"model\" is \"x\"; known: tts, tts-1");
  says("{\"input\": \"a\", \"words\": true}", "give \"stream_format\": \"sse\"");
  says("{\"input\": \"a\", \"words\": 1}", "\"words\" must be true or false");
  says("{\"input\": \"a\", \"lexicon\": \"/etc/passwd\"}", "which requests cannot name");
  says("{\"input\": \"a\", \"lexicon\": {\"b\": \"\"}}", "lexicon: \"b\": no phones");
  says("{\"input\": \"a\", \"lexicon\": {\"b\": 1}}", "\"lexicon\" is of type number");
  says("{\"input\": \"a\", \"lexicon\": \"<!DOCTYPE a><lexicon/>\"}", "document type is not taken");
  says("{\"input\": \"a\", \"prompt_wav\": \"/etc/passwd\"}", "is not base64 of a sound file");
  says("{\"input\": \"a\", \"prompt_wav\": \"Zm9v\"}", "is not a sound file that can be read");
  says("{\"input\": \"a\", \"prompt_text\": \"b\"}", "prompt-text is given without prompt-wav");
  says("{\"input\": \"a\", \"ref_text\": \"b\"}", "prompt-text is given without prompt-wav");
  says("{\"input\": \"a\", \"ref_audio\": \"Zm9v\"}", "is not a sound file that can be read");
  says(std::string(100000, '['), "is not JSON");
}

TEST_CASE("server: a recording of a day's silence is refused before it is unpacked") {
  std::string flac;
  const auto encoder = tts::make_sound_encoder(
      tts::AudioFormat::kFlac, 8000, [&](std::string_view bytes) { flac += bytes; });
  for (int minute = 0; minute < 30; ++minute) encoder->write(std::vector<float>(60 * 8000));
  encoder->finish();
  REQUIRE(flac.size() < 200000);
  TestServer server;
  CHECK(contains_text(
      message_of(server.speak({{"input", "a"}, {"prompt_wav", tts::to_base64(flac)}}), 400),
      "prompt_wav 1: is longer than 300 s"));
  const std::vector<std::string> many(33, "Zm9v");
  CHECK(contains_text(message_of(server.speak({{"input", "a"}, {"prompt_wav", many}}), 400),
                      "more than 32 recordings"));
}

TEST_CASE("server: 400 for what the voice does not have, before a byte of sound") {
  TestServer server;
  const auto says = [&](json body, const std::string& part) {
    body["input"] = kSpoken;
    for (const char* stream : {"audio", "sse"}) {
      body["stream_format"] = stream;
      const std::string message = message_of(server.speak(body), 400);
      CHECK_MESSAGE(contains_text(message, part), message);
    }
  };
  says({{"generator", "masked"}}, "it has: tone, vibrato");
  says({{"temperature", 0.5}}, "generators that have it: vibrato");
  says({{"duration", 3}}, "this text can be spoken in 0.50 to 1.34 s");
  says({{"sample_rate", 44101}, {"response_format", "opus"}}, "sample-rate of 44101");
  const json error = error_of(server.speak({{"input", "a"}, {"speed", 9}}), 400);
  CHECK(error["param"] == "speed");
  CHECK(error["code"] == "invalid_value");
}

TEST_CASE("server: 404 names voices and paths, 405 the methods") {
  TestServer server;
  const json unknown = error_of(server.speak({{"input", "a"}, {"voice", "nobody"}}), 404);
  CHECK(unknown["param"] == "voice");
  CHECK(contains_text(unknown["message"], "unknown voice \"nobody\"; known: dummy"));
  error_of(server.speak({{"input", "a"}, {"voice", "../voices/kathleen"}}), 404);
  error_of(server.speak({{"input", "a"}, {"voice", "/tmp"}}), 404);
  CHECK(contains_text(message_of(server.client().Get("/v1/audio/speeches"), 404),
                      "known: /, /health, /metrics, /v1/audio/speech"));
  const auto method = server.client().Get("/v1/audio/speech");
  CHECK(contains_text(message_of(method, 405), "/v1/audio/speech takes POST, not GET"));
  CHECK(method->get_header_value("Allow") == "POST");
  CHECK(server.client().Post("/health", "{}", "application/json")->status == 405);
  CHECK(server.client().Delete("/v1/voices")->get_header_value("Allow") == "GET, HEAD");
}

TEST_CASE("server: 415, 411 and 413") {
  tts::ServerOptions options;
  options.max_body = 2000;
  TestServer server(options);
  CHECK(contains_text(message_of(server.post("{\"input\": \"a\"}", "text/plain"), 415),
                      "Content-Type is \"text/plain\"; it must be application/json"));
  CHECK(server.post("{\"input\": \"[[a]]\"}", "Application/JSON; charset=utf-8")->status == 200);
  CHECK(contains_text(raw(server.port,
                          "POST /v1/audio/speech HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "Content-Type: application/json\r\n\r\n"),
                      "HTTP/1.1 411"));
  const std::string large = json{{"input", std::string(3000, 'a')}}.dump();
  CHECK(contains_text(message_of(server.post(large), 413), "2000 bytes"));
  // Chunked: nobody says the length beforehand.
  size_t sent = 0;
  const auto more = [&](size_t, httplib::DataSink& sink) {
    if (sent < large.size()) {
      sink.write(large.data() + sent, 1);
      ++sent;
    } else {
      sink.done();
    }
    return true;
  };
  CHECK(message_of(server.client().Post("/v1/audio/speech", more, "application/json"), 413) ==
        message_of(server.post(large), 413));
}

TEST_CASE("server: what follows a refused body is not taken for a request") {
  TestServer server;
  const std::string hidden = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string answer =
      raw(server.port,
          "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(hidden.size()) +
              "\r\n\r\n" + hidden);
  CHECK(contains_text(answer, "HTTP/1.1 404"));
  CHECK(!contains_text(answer, "\"ok\""));
}

TEST_CASE("server: bytes that are no HTTP get 400, and the server lives") {
  TestServer server;
  CHECK(contains_text(raw(server.port, "no http\r\n\r\n"), "HTTP/1.1 400"));
  CHECK(contains_text(raw(server.port,
                          "GET /" + std::string(20000, 'a') +
                              " HTTP/1.1\r\n"
                              "Connection: close\r\n\r\n"),
                      "HTTP/1.1 414"));
  CHECK(server.client().Get("/health")->status == 200);
}

TEST_CASE("server: a client of HTTP/1.0 gets the bare sound") {
  TestServer server;
  const std::string body = json{{"input", kSpoken}, {"response_format", "wav"}}.dump();
  const std::string answer =
      raw(server.port,
          "POST /v1/audio/speech HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  const size_t end = answer.find("\r\n\r\n");
  REQUIRE(end != std::string::npos);
  CHECK(answer.find("chunked") == std::string::npos);
  CHECK(samples_of(answer.substr(end + 4), "answer").size() == hear_dummy(kSpoken).audio.size());
}

TEST_CASE("server: 401 without the key; health and the page need none") {
  tts::ServerOptions options;
  options.api_key = "secret";
  TestServer server(options);
  const std::string body = json{{"input", kSpoken}}.dump();
  const auto with = [&](const std::string& authorization) {
    httplib::Headers headers;
    if (!authorization.empty()) headers.emplace("Authorization", authorization);
    return server.client().Post("/v1/audio/speech", headers, body, "application/json");
  };
  CHECK(contains_text(message_of(with(""), 401), "Authorization: Bearer KEY"));
  CHECK(with("")->get_header_value("WWW-Authenticate") == "Bearer");
  for (const char* wrong : {"Bearer secre", "Bearer secret2", "Bearer ", "secret", "Basic secret"})
    CHECK(error_of(with(wrong), 401)["code"] == "invalid_api_key");
  for (const char* right : {"Bearer secret", "bearer secret"}) CHECK(with(right)->status == 200);
  for (const char* path : {"/v1/voices", "/v1/audio/voices", "/v1/models", "/metrics"})
    CHECK(server.client().Get(path)->status == 401);
  for (const char* path : {"/", "/health"}) CHECK(server.client().Get(path)->status == 200);
}
