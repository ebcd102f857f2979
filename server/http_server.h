// httplib's server with connections that know when their client hangs up, and that end when the
// server does.
#pragma once
#include <atomic>

#include "server/connection.h"
#include "server/httplib.h"

namespace tts {

class HttpServer : public httplib::Server {
 public:
  HttpServer(int timeout_ms, size_t max_connections);

  // Idle connections close; those with a request are closed behind its answer.
  void close_connections() { closing_ = true; }

 private:
  bool process_and_close_socket(socket_t socket) override;

  const int timeout_ms_;
  std::atomic<bool> closing_{false};
};

}  // namespace tts
