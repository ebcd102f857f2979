// POST /v1/audio/speech: from the body to the last byte of sound.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>

#include "server/httplib.h"
#include "server/metrics.h"
#include "server/speech.h"
#include "server/speech_queue.h"
#include "server/voice_shelf.h"

namespace tts {

class SpeechEndpoint {
 public:
  struct Limits {
    std::chrono::milliseconds timeout;
    size_t max_body;
  };
  SpeechEndpoint(VoiceShelf& voices, SpeechQueue& queue, Metrics& metrics, Limits limits)
      : voices_(voices), queue_(queue), metrics_(metrics), limits_(limits) {}

  // In the thread of the connection. Throws ApiError and what the engine throws while the answer
  // can still have a status.
  void answer(const httplib::Request& request,
              httplib::Response& response,
              const httplib::ContentReader& read);

  // New requests are refused; returns when those that were begun have had their last byte.
  void drain();
  bool draining() const { return draining_; }

 private:
  class Exchange;
  std::string read_body(const httplib::ContentReader& read) const;
  void send(const std::shared_ptr<Exchange>& exchange,
            const httplib::Request& request,
            httplib::Response& response);

  VoiceShelf& voices_;
  SpeechQueue& queue_;
  Metrics& metrics_;
  const Limits limits_;
  std::atomic<bool> draining_{false};
  std::atomic<int> active_{0};
};

}  // namespace tts
