// The server as a service: lists, metrics, its queue, clients that leave, its end.
#include "server/byte_pipe.h"
#include "tests/server/helpers.h"
#include "tests/test.h"

using nlohmann::json;

namespace {

// Minutes of sound, far more than the server holds for a client that does not read.
const json kEndless = {{"input", long_text(20000)}, {"response_format", "pcm"}};

// Asks for endless speech on a thread of its own. One that stalls reads only the first bytes.
class EndlessClient {
 public:
  enum class Kind { kReads, kStalls };
  EndlessClient(TestServer& server, Kind kind)
      : thread_([&server, kind, this] {
          server.receive(kEndless, [this, kind](const char*, size_t) {
            reading_ = true;
            while (kind == Kind::kStalls && !left_)
              std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return !left_;
          });
        }) {}
  ~EndlessClient() { leave(); }
  bool is_reading() const { return reading_; }
  void leave() {
    left_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::atomic<bool> reading_{false}, left_{false};
  std::thread thread_;
};

constexpr auto kReads = EndlessClient::Kind::kReads;
constexpr auto kStalls = EndlessClient::Kind::kStalls;

}  // namespace

TEST_CASE("server: lists of voices and models, health and the page") {
  TestServer server;
  const json voices = json::parse(server.get("/v1/audio/voices"));
  CHECK(voices == json::parse(server.get("/v1/voices")));
  const json& first = voices["voices"][0];
  CHECK(first["id"] == "dummy");
  CHECK(first["default"] == true);
  CHECK(first["generators"] == json({"tone", "vibrato"}));
  const json models = json::parse(server.get("/v1/models"));
  CHECK(models["object"] == "list");
  CHECK(models["data"][0]["id"] == "tts");
  CHECK(json::parse(server.get("/health")) == json{{"status", "ok"}});
  const auto page = server.client().Get("/");
  CHECK(page->get_header_value("Content-Type") == "text/html; charset=utf-8");
  CHECK(page->body.find("<!doctype html>") == 0);
  CHECK(page->body.find("</html>") != std::string::npos);
  for (const char* outside : {"http://", "https://", "src=\"/", "@import"})
    CHECK_MESSAGE(page->body.find(outside) == std::string::npos, outside);
  CHECK(server.client().Head("/health")->status == 200);
}

TEST_CASE("server: metrics count requests by status, sound and the wait for it") {
  TestServer server;
  const auto pcm = server.speak({{"input", kSpoken}, {"response_format", "pcm"}});
  server.speak({{"input", ""}});
  server.client().Get("/elsewhere");
  const std::string speech = "tts_requests_total{path=\"/v1/audio/speech\",status=\"";
  CHECK(soon([&] { return server.metric(speech + "200\"}") == 1; }));
  CHECK(soon([&] { return server.metric(speech + "400\"}") == 1; }));
  CHECK(soon(
      [&] { return server.metric("tts_requests_total{path=\"other\",status=\"404\"}") == 1; }));
  CHECK(server.metric("tts_audio_seconds_total") == doctest::Approx(pcm->body.size() / 48000.0));
  CHECK(server.metric("tts_first_byte_seconds_count") == 1);
  CHECK(server.metric("tts_first_byte_seconds_bucket{le=\"30\"}") == 1);
  CHECK(server.metric("tts_first_byte_seconds_sum") > 0);
  CHECK(server.metric("tts_queue_length") == 0);
  CHECK(server.metric("process_resident_memory_bytes") > 1e7);
}

TEST_CASE("server: requests in common batches sound as they do alone") {
  tts::ServerOptions options;
  options.batches = std::make_shared<tts::GenerationBatches>(4, 1);
  TestServer together(options), alone;
  CHECK(together.server.workers() == 4);
  const auto request = [](int i) {
    return json{{"input", long_text(1 + i % 3)}, {"response_format", "pcm"}, {"seed", i}};
  };
  std::vector<std::string> heard(8);
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back(
        [&, i] { heard[static_cast<size_t>(i)] = together.speak(request(i))->body; });
  for (auto& client : clients) client.join();
  for (int i = 0; i < 8; ++i) CHECK(heard[static_cast<size_t>(i)] == alone.speak(request(i))->body);
  CHECK(together.metric("tts_batch_sentences_total") == 15);  // 1 + 2 + 3 + 1 + …
  CHECK(together.metric("tts_batches_total") <= together.metric("tts_batch_sentences_total"));
  CHECK(alone.metric("tts_batches_total") == 0);
}

TEST_CASE("server: a full queue is 503 with Retry-After, and places come free") {
  tts::ServerOptions options;
  options.workers = 1;
  options.queue = 1;
  TestServer server(options);
  EndlessClient first(server, kStalls);
  REQUIRE(soon([&] { return first.is_reading(); }));
  EndlessClient second(server, kStalls);
  REQUIRE(soon([&] { return server.metric("tts_queue_length") == 1; }));
  CHECK(server.metric("tts_workers_busy") == 1);
  const auto refused = server.speak({{"input", kSpoken}});
  CHECK(error_of(refused, 503)["code"] == "queue_full");
  CHECK(std::stoi(refused->get_header_value("Retry-After")) >= 1);
  CHECK(refused->get_header_value("Connection") == "close");
  CHECK(!refused->has_header("Keep-Alive"));
  first.leave();
  REQUIRE(soon([&] { return second.is_reading(); }));
  second.leave();
  CHECK(soon([&] { return server.metric("tts_workers_busy") == 0; }));
  CHECK(server.speak({{"input", kSpoken}})->status == 200);
}

TEST_CASE("server: a client that hangs up ends its work, speaking or waiting") {
  tts::ServerOptions options;
  options.workers = 1;
  TestServer server(options);
  EndlessClient speaking(server, kStalls);
  REQUIRE(soon([&] { return speaking.is_reading(); }));
  auto waiting = server.client();
  std::thread other([&] { waiting.Post("/v1/audio/speech", kEndless.dump(), "application/json"); });
  REQUIRE(soon([&] { return server.metric("tts_queue_length") == 1; }));
  waiting.stop();
  other.join();
  CHECK(soon([&] { return server.metric("tts_queue_length") == 0; }));
  CHECK(server.metric("tts_workers_busy") == 1);
  speaking.leave();
  CHECK(soon([&] { return server.metric("tts_workers_busy") == 0; }));
  CHECK(soon([&] { return server.metric("tts_hung_up_total") == 2; }));
  // What was made is far from all that was asked for.
  CHECK(server.metric("tts_audio_seconds_total") < 1000);
}

TEST_CASE("server: no sound in time is 503") {
  tts::ServerOptions options;
  options.workers = 1;
  options.timeout_s = 1;
  TestServer server(options);
  EndlessClient busy(server, kReads);
  REQUIRE(soon([&] { return busy.is_reading(); }));
  const auto late = server.speak({{"input", kSpoken}});
  CHECK(error_of(late, 503)["code"] == "timeout");
  CHECK(late->has_header("Retry-After"));
  CHECK(server.metric("tts_queue_length") == 0);
  CHECK(server.metric("tts_workers_busy") == 1);
  busy.leave();
  CHECK(soon([&] { return server.speak({{"input", kSpoken}})->status == 200; }));
}

TEST_CASE("server: a client that stalls is given up") {
  tts::ServerOptions options;
  options.workers = 1;
  options.timeout_s = 0.3;
  TestServer server(options);
  EndlessClient stalled(server, kStalls);
  REQUIRE(soon([&] { return stalled.is_reading(); }));
  CHECK(soon([&] { return server.metric("tts_workers_busy") == 0; }));
  CHECK(soon([&] { return server.speak({{"input", kSpoken}})->status == 200; }));
}

TEST_CASE("server: stopping finishes what was begun, refuses what comes") {
  auto server = std::make_unique<TestServer>();
  const json body = {{"input", long_text(300)}, {"response_format", "pcm"}, {"seed", 1}};
  const std::string whole = server->speak(body)->body;
  std::string heard;
  std::atomic<bool> begun{false}, go_on{false};
  bool complete = false;
  std::thread client([&] {
    const auto answer = server->receive(body, [&](const char* bytes, size_t size) {
      heard.append(bytes, size);
      begun = true;
      while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return true;
    });
    complete = answer && answer->status == 200;
  });
  REQUIRE(soon([&] { return begun.load(); }));
  std::thread stopper([&] { server->server.stop(); });
  CHECK(soon([&] { return server->client().Get("/health")->status == 503; }));
  const auto refused = server->speak({{"input", kSpoken}});
  CHECK(error_of(refused, 503)["code"] == "stopping");
  go_on = true;
  client.join();
  stopper.join();
  CHECK(complete);
  CHECK(heard == whole);
  CHECK(!server->client().Get("/health"));
}

TEST_CASE("server: a port that is taken, a voice that is not there") {
  TestServer server;
  tts::ServerOptions options = TestServer::with_defaults({});
  options.port = server.port;
  CHECK(contains_text(
      message_of(tts::ErrorCode::kOutput, [&] { tts::SpeechServer(options).start(); }),
      "cannot be listened on"));
  options.voice = "nobody";
  CHECK(
      contains_text(message_of(tts::ErrorCode::kVoice, [&] { tts::SpeechServer server(options); }),
                    "unknown voice \"nobody\""));
}

TEST_CASE("byte pipe: the writer waits for a slow reader and ends with it") {
  tts::BytePipe pipe(10);
  std::atomic<int> written{0};
  std::thread writer([&] {
    try {
      for (;; ++written) pipe.write("123456");
    } catch (const tts::Error& e) {
      CHECK(e.code() == tts::ErrorCode::kCancelled);
    }
  });
  REQUIRE(soon([&] { return written == 2; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  CHECK(written == 2);
  std::string bytes;
  CHECK(pipe.read(bytes, std::chrono::milliseconds(0)) == tts::BytePipe::Read::kBytes);
  CHECK(bytes == "123456123456");
  CHECK(soon([&] { return written == 4; }));
  pipe.abandon();
  writer.join();
}

TEST_CASE("byte pipe: failures come behind the bytes") {
  using Read = tts::BytePipe::Read;
  const std::chrono::milliseconds now(0);
  tts::BytePipe pipe(10);
  std::string bytes;
  CHECK(pipe.read(bytes, now) == Read::kNothingYet);
  pipe.write("abc");
  pipe.fail(std::make_exception_ptr(tts::Error(tts::ErrorCode::kInput, "broken")));
  CHECK(pipe.read(bytes, now) == Read::kBytes);
  CHECK_THROWS_WITH(pipe.read(bytes, now), "broken");
  tts::BytePipe good(10);
  good.finish();
  CHECK(good.read(bytes, now) == Read::kEnd);
}
