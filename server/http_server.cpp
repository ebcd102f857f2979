#include "server/http_server.h"

#include <sys/socket.h>

#include <chrono>

#include "server/connection_threads.h"

namespace tts {
namespace {

constexpr int kIdleSeconds = 10;        // between two requests of a connection
constexpr int kLookMs = 100;            // how soon an idle connection sees the end of the server
constexpr size_t kMaxRequests = 10000;  // of one connection

}  // namespace

HttpServer::HttpServer(int timeout_ms, size_t max_connections) : timeout_ms_(timeout_ms) {
  new_task_queue = [max_connections] { return new ConnectionThreads(max_connections); };
  set_keep_alive_timeout(kIdleSeconds);
  set_keep_alive_max_count(kMaxRequests);
  set_tcp_nodelay(true);
  // Not httplib's SO_REUSEPORT, with which two servers would share a port and its clients.
  set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
}

bool HttpServer::process_and_close_socket(socket_t socket) {
  using Clock = std::chrono::steady_clock;
  Connection connection(socket, timeout_ms_);
  const Connection::Scope scope(connection);
  auto idle_since = Clock::now();
  for (size_t count = 0; count < kMaxRequests && !closing_;) {
    if (!connection.has_bytes(kLookMs)) {
      if (Clock::now() - idle_since > std::chrono::seconds(kIdleSeconds)) break;
      continue;
    }
    bool closed = false;
    const bool last = ++count == kMaxRequests;
    if (!process_request(connection, last, closed, nullptr)) return false;
    if (closed || connection.closing()) break;
    idle_since = Clock::now();
  }
  return true;
}

}  // namespace tts
