// `tts serve`: voices behind HTTP, in the shape of OpenAI's API. See docs/server.md.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/generation_batches.h"

namespace tts {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8080;    // 0: any that is free
  std::string voice;  // of requests that name none; "" is the default voice
  std::string device = "cpu";
  int threads = 0;  // of all workers together; 0: all CPUs
  int workers = 0;  // requests spoken side by side; 0: one per thread and row of a batch
  std::shared_ptr<GenerationBatches> batches;  // of sentences of all requests; null: none
  int queue = 64;                              // requests that may wait for a worker
  double timeout_s = 60;  // until the first sound, and for a client to send or take bytes
  size_t max_body = 16 << 20;
  std::string api_key;                               // "": none is asked for
  std::map<std::string, std::string> voice_aliases;  // of requests; "*" is any unknown name
  std::vector<std::string> cors_origins;             // web pages that may ask; "*": all
  std::function<void(const std::string&)> log;  // hears of failures of the server; may be empty
};

class SpeechServer {
 public:
  // Loads the voice. Throws Error(kVoice) when it cannot be loaded.
  explicit SpeechServer(const ServerOptions& options);
  ~SpeechServer();  // stops

  // Begins to answer, on threads of its own. → the port. Throws Error(kOutput) when the address
  // cannot be had.
  int start();
  // What was begun is finished, what comes meanwhile is answered 503. May be called again.
  void stop();

  int workers() const;
  const std::string& voice() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tts
