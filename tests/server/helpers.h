// A server on a free port of this machine, and what clients do to it.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "server/httplib.h"
#include "server/server.h"
#include "tests/engine/helpers.h"

struct TestServer {
  explicit TestServer(tts::ServerOptions options = {}) : server(with_defaults(options)) {
    port = server.start();
  }

  static tts::ServerOptions with_defaults(tts::ServerOptions options) {
    options.port = 0;
    if (options.voice.empty()) options.voice = "dummy";
    if (options.threads == 0) options.threads = 1;
    return options;
  }

  httplib::Client client() const {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(30);
    return client;
  }

  httplib::Result post(const std::string& body, const std::string& type = "application/json") {
    return client().Post("/v1/audio/speech", body, type);
  }
  httplib::Result speak(const nlohmann::json& body) { return post(body.dump()); }
  // The receiver may stop the answer by false.
  httplib::Result receive(const nlohmann::json& body,
                          const std::function<bool(const char*, size_t)>& receiver) {
    httplib::Request request;
    request.method = "POST";
    request.path = "/v1/audio/speech";
    request.set_header("Content-Type", "application/json");
    request.body = body.dump();
    request.content_receiver = [&](const char* bytes, size_t size, uint64_t, uint64_t) {
      return receiver(bytes, size);
    };
    return client().send(request);
  }
  std::string get(const std::string& path) { return client().Get(path)->body; }

  // The value of a metric's line, e.g. "tts_queue_length".
  double metric(const std::string& name) {
    const std::string text = "\n" + get("/metrics");
    const size_t at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
  }

  tts::SpeechServer server;
  int port = 0;
};

inline bool soon(const std::function<bool()>& holds) {
  for (int i = 0; i < 3000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// The error of an answer, after checking its status and shape.
inline nlohmann::json error_of(const httplib::Result& result, int status) {
  REQUIRE(result);
  CHECK_MESSAGE(result->status == status, result->body);
  CHECK(result->get_header_value("Content-Type") == "application/json");
  const auto json = nlohmann::json::parse(result->body);
  const auto& error = json.at("error");
  for (const char* key : {"message", "type", "param", "code"}) CHECK(error.contains(key));
  CHECK(error.at("type") == (status >= 500 ? "server_error" : "invalid_request_error"));
  return error;
}

inline std::string message_of(const httplib::Result& result, int status) {
  return error_of(result, status).at("message");
}

// The data of server-sent events, in order.
inline std::vector<nlohmann::json> events_of(const std::string& body) {
  std::vector<nlohmann::json> out;
  for (size_t at = 0; (at = body.find("data: ", at)) != std::string::npos;) {
    const size_t end = body.find("\n\n", at);
    REQUIRE(end != std::string::npos);
    out.push_back(nlohmann::json::parse(body.substr(at + 6, end - at - 6)));
    at = end;
  }
  return out;
}

inline std::vector<float> samples_of(const std::string& bytes, const std::string& name) {
  return tts::read_audio(bytes.data(), bytes.size(), name).samples;
}

const std::string kSpoken = "[[həlˈoʊ]] [[wˈɜːld]].";

// Speech of about so many seconds.
inline std::string long_text(int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i) text += kSpoken + " ";
  return text;
}
