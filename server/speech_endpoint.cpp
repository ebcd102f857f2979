#include "server/speech_endpoint.h"

#include <thread>

#include "core/join.h"
#include "server/access.h"
#include "server/api_error.h"
#include "server/connection.h"
#include "server/speech_writer.h"

namespace tts {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds kLook(50);   // how often a hang-up is looked for
constexpr int kClientClosed = 499;  // nginx's status for an answer that nobody reads

ApiError unavailable(const std::string& message, const char* code) {
  return {503, message, "", code};
}

}  // namespace

// One request and its answer. However it ends, its place in the queue is free and its work stops.
class SpeechEndpoint::Exchange {
 public:
  explicit Exchange(SpeechEndpoint& endpoint) : endpoint_(endpoint) { ++endpoint_.active_; }
  ~Exchange() {
    if (speech_ != nullptr) {
      speech_->cancel();
      endpoint_.queue_.remove(*speech_);
      if (hung_up_) endpoint_.metrics_.hung_up();
    }
    --endpoint_.active_;
  }

  void enqueue(SpeechRequest request) {
    auto speech =
        std::make_shared<Speech>(std::move(request), endpoint_.voices_, endpoint_.metrics_);
    if (!endpoint_.queue_.add(speech))
      throw unavailable("all workers are busy and the queue is full; try again later",
                        "queue_full");
    speech_ = std::move(speech);
  }

  // The first bytes, with which the answer is known to be 200. False when the client has left.
  bool begin() {
    const Clock::time_point deadline = begun_ + endpoint_.limits_.timeout;
    while (speech_->bytes().read(first_, kLook) == BytePipe::Read::kNothingYet) {
      hung_up_ = Connection::current().hung_up();
      if (hung_up_) return false;
      if (Clock::now() > deadline)
        throw unavailable("no sound within the time limit of this server (--timeout)", "timeout");
    }
    return true;
  }

  // Sends what there is. False ends the connection.
  bool send(httplib::DataSink& sink) {
    std::string bytes = std::move(first_);
    first_.clear();
    if (bytes.empty()) {
      switch (speech_->bytes().read(bytes, kLook)) {
        case BytePipe::Read::kNothingYet:
          hung_up_ = Connection::current().hung_up();
          return !hung_up_;
        case BytePipe::Read::kEnd:
          sink.done();
          return true;
        case BytePipe::Read::kBytes:
          break;
      }
    }
    hung_up_ = !sink.write(bytes.data(), bytes.size());
    if (!sent_ && !hung_up_)
      endpoint_.metrics_.first_byte(std::chrono::duration<double>(Clock::now() - begun_).count());
    sent_ = true;
    return !hung_up_;
  }

  const Speech& speech() const { return *speech_; }

 private:
  SpeechEndpoint& endpoint_;
  const Clock::time_point begun_ = Clock::now();
  std::shared_ptr<Speech> speech_;
  std::string first_;
  bool sent_ = false, hung_up_ = false;
};

std::string SpeechEndpoint::read_body(const httplib::ContentReader& read) const {
  std::string body;
  bool large = false;
  // Counted here, too: a chunked or compressed body does not say its length.
  const bool whole = read([&](const char* bytes, size_t size) {
    large = body.size() + size > limits_.max_body;
    if (!large) body.append(bytes, size);
    return !large;
  });
  if (whole) return body;
  Connection::current().close_after_answer();
  if (large) throw too_large(limits_.max_body);
  throw ApiError(400, "the body ended early or could not be decoded", "", "bad_body");
}

void SpeechEndpoint::answer(const httplib::Request& request,
                            httplib::Response& response,
                            const httplib::ContentReader& read) {
  const auto exchange = std::make_shared<Exchange>(*this);
  const std::string body = read_body(read);
  if (draining_) throw unavailable("this server is stopping", "stopping");
  exchange->enqueue(parse_speech_request(body, voices_.names()));
  if (exchange->begin()) return send(exchange, request, response);
  response.status = kClientClosed;
  Connection::current().close_after_answer();
}

void SpeechEndpoint::send(const std::shared_ptr<Exchange>& exchange,
                          const httplib::Request& request,
                          httplib::Response& response) {
  const Speech& speech = exchange->speech();
  const SpeechRequest& wanted = speech.request();
  response.status = 200;
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-TTS-Seed", std::to_string(*wanted.speak.seed));
  response.set_header("X-TTS-Sample-Rate", std::to_string(speech.sample_rate_hz()));
  if (!wanted.without_effect.empty())
    response.set_header("X-TTS-No-Effect", join(wanted.without_effect));
  if (!speech.warning().empty()) response.set_header("X-TTS-Warning", speech.warning());
  const auto provide = [exchange](size_t, httplib::DataSink& sink) {
    try {
      return exchange->send(sink);
    } catch (...) {  // too late for a status
      if (!exchange->speech().request().events) return false;
      const std::string event = error_event(api_error_of(std::current_exception()));
      if (sink.write(event.data(), event.size())) sink.done();
      return true;
    }
  };
  const char* type = wanted.events ? "text/event-stream" : wanted.format.content_type;
  if (request.version == "HTTP/1.0") return response.set_content_provider(type, provide);
  response.set_chunked_content_provider(type, provide);
}

void SpeechEndpoint::drain() {
  draining_ = true;
  while (active_ > 0) std::this_thread::sleep_for(Milliseconds(10));
}

}  // namespace tts
