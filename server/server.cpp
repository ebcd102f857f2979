#include "server/server.h"

#include <algorithm>
#include <thread>

#include "core/error.h"
#include "core/join.h"
#include "nn/runtime.h"
#include "server/access.h"
#include "server/cross_origin.h"
#include "server/http_server.h"
#include "server/page.h"
#include "server/speech_endpoint.h"

namespace tts {
namespace {

using httplib::ContentReader;
using httplib::Request;
using httplib::Response;

constexpr char kJson[] = "application/json";
constexpr size_t kSpareConnections = 256;  // beside those that wait for speech

void put_error(const ApiError& error, Response& response) {
  response.status = error.status();
  response.set_content(error.json(), kJson);
}

// Nothing from elsewhere, nothing in somebody else's frame.
constexpr char kPagePolicy[] =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src "
    "'self'; "
    "img-src data:; media-src blob:; frame-ancestors 'none'";

nlohmann::json model_json(const std::string& name) {
  return {{"id", name}, {"object", "model"}, {"created", 0}, {"owned_by", "tts"}};
}

nlohmann::json models_json() {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& name : model_names()) list.push_back(model_json(name));
  return {{"object", "list"}, {"data", list}};
}

int thread_count(const ServerOptions& options) {
  return options.threads == 0 ? usable_threads() : options.threads;
}

int worker_count(const ServerOptions& options) {
  const int rows = options.batches ? options.batches->rows() : 1;
  return options.workers == 0 ? thread_count(options) * rows : options.workers;
}

VoiceOptions voice_options(const ServerOptions& options) {
  return {
      options.device, std::max(1, thread_count(options) / worker_count(options)), options.batches};
}

}  // namespace

struct SpeechServer::Parts {
  explicit Parts(const ServerOptions& given)
      : options(given),
        voices(options.voice, voice_options(options), options.voice_aliases),
        queue(worker_count(options), options.queue),
        speech(voices, queue, metrics, {timeout(), options.max_body}),
        http(static_cast<int>(timeout().count()),
             static_cast<size_t>(worker_count(options) + options.queue) + kSpareConnections) {
    route();
    guard();
  }

  std::chrono::milliseconds timeout() const {
    return std::chrono::milliseconds(static_cast<int64_t>(options.timeout_s * 1000));
  }

  GenerationBatches::Counts batch_counts() const {
    return options.batches ? options.batches->counts() : GenerationBatches::Counts();
  }

  // What every request goes through.
  void guard() {
    http.set_expect_100_continue_handler([this](const Request& request, Response& response) {
      return refuse(request, response) ? response.status : 100;
    });
    http.set_pre_routing_handler([this](const Request& request, Response& response) {
      using Handled = httplib::Server::HandlerResponse;
      return refuse(request, response) ? Handled::Handled : Handled::Unhandled;
    });
    http.set_exception_handler([this](const Request&, Response& response, std::exception_ptr e) {
      fail_with(response, e);
    });
    // Of httplib itself: a request line or header that it cannot read.
    http.set_error_handler([](const Request&, Response& response) {
      if (!response.body.empty()) return;
      put_error({response.status, "the request is not HTTP that can be read", "", "bad_request"},
                response);
      Connection::current().close_after_answer();
    });
    http.set_post_routing_handler([](const Request&, Response& response) {
      if (!Connection::current().closing()) return;
      response.headers.erase("Keep-Alive");
      response.set_header("Connection", "close");
    });
    http.set_logger([this](const Request& request, const Response& response) {
      metrics.answered(counted_path(request.path), response.status);
    });
  }

  bool refuse(const Request& request, Response& response) {
    if (answer_origin(request, response, options.cors_origins)) return true;
    const auto refusal = refusal_of(request, options.api_key, options.max_body);
    if (has_body(request) && (refusal || request.method != "POST"))
      Connection::current().close_after_answer();
    if (!refusal) return false;
    put_error(*refusal, response);
    if (refusal->status() == 405) response.set_header("Allow", allowed_methods(request.path));
    if (refusal->status() == 401) response.set_header("WWW-Authenticate", "Bearer");
    return true;
  }

  void fail_with(Response& response, const std::exception_ptr& e) {
    const ApiError error = api_error_of(e);
    put_error(error, response);
    if (error.status() == 503) {
      response.set_header("Retry-After", std::to_string(queue.retry_after_s()));
      Connection::current().close_after_answer();  // its thread is for others meanwhile
    }
    if (error.status() == 500 && options.log) options.log(error.what());
  }

  void route() {
    http.Post("/v1/audio/speech",
              [this](const Request& request, Response& response, const ContentReader& read) {
                speech.answer(request, response, read);
              });
    for (const char* path : {"/v1/audio/voices", "/v1/voices"}) {
      http.Get(path, [this](const Request&, Response& response) {
        response.set_content(voices.describe().dump(), kJson);
      });
    }
    http.Get("/v1/models", [](const Request&, Response& response) {
      response.set_content(models_json().dump(), kJson);
    });
    http.Get(std::string(kModelPath) + "(.+)", [](const Request& request, Response& response) {
      const std::string name = request.matches[1];
      if (!contains(model_names(), name))
        throw ApiError(404,
                       "there is no model \"" + name + "\"; known: " + join(model_names()),
                       "model",
                       "model_not_found");
      response.set_content(model_json(name).dump(), kJson);
    });
    http.Get("/health", [this](const Request&, Response& response) {
      const bool stopping = speech.draining();
      response.status = stopping ? 503 : 200;
      response.set_content(stopping ? "{\"status\":\"stopping\"}" : "{\"status\":\"ok\"}", kJson);
    });
    http.Get("/metrics", [this](const Request&, Response& response) {
      response.set_content(metrics.text(queue.load(), batch_counts()), "text/plain; version=0.0.4");
    });
    http.Get("/", [](const Request&, Response& response) {
      response.set_header("Content-Security-Policy", kPagePolicy);
      response.set_content(std::string(page()), "text/html; charset=utf-8");
    });
  }

  int bind() {
    const ServerOptions& o = options;
    const int port = o.port == 0                         ? http.bind_to_any_port(o.host)
                     : http.bind_to_port(o.host, o.port) ? o.port
                                                         : -1;
    if (port < 0)
      fail(ErrorCode::kOutput,
           o.host,
           ":",
           o.port,
           ": cannot be listened on; the port is taken or the address is not of this machine");
    return port;
  }

  const ServerOptions options;
  Metrics metrics;
  VoiceShelf voices;
  SpeechQueue queue;
  SpeechEndpoint speech;
  HttpServer http;
  std::thread listener;
};

SpeechServer::SpeechServer(const ServerOptions& options)
    : parts_(std::make_unique<Parts>(options)) {}

SpeechServer::~SpeechServer() {
  stop();
}

int SpeechServer::start() {
  const int port = parts_->bind();
  parts_->listener = std::thread([this] { parts_->http.listen_after_bind(); });
  while (!parts_->http.is_running()) std::this_thread::yield();
  return port;
}

void SpeechServer::stop() {
  if (!parts_->listener.joinable()) return;
  parts_->speech.drain();
  parts_->http.close_connections();
  parts_->http.stop();
  parts_->listener.join();
}

int SpeechServer::workers() const {
  return worker_count(parts_->options);
}

const std::string& SpeechServer::voice() const {
  return parts_->voices.default_name();
}

}  // namespace tts
