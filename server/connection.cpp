#include "server/connection.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace tts {
namespace {

thread_local Connection* current_connection = nullptr;

constexpr size_t kReadAhead = 16384;
constexpr int kLingerMs = 500;
constexpr int kLingerBlocks = 256;

// → the events that happened, 0 when none did in time.
short wait_for(int socket, short events, int wait_ms) {
  pollfd waited{socket, events, 0};
  int ready = 0;
  do {
    ready = poll(&waited, 1, wait_ms);
  } while (ready < 0 && errno == EINTR);
  return ready > 0 ? waited.revents : static_cast<short>(0);
}

using NameOf = int (*)(int, sockaddr*, socklen_t*);

void address_of(int socket, NameOf name_of, std::string& ip, int& port) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  char host[NI_MAXHOST], service[NI_MAXSERV];
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (name_of(socket, any, &size) != 0) return;
  const int numeric = NI_NUMERICHOST | NI_NUMERICSERV;
  if (getnameinfo(any, size, host, sizeof(host), service, sizeof(service), numeric) != 0) return;
  ip = host;
  port = std::atoi(service);
}

}  // namespace

Connection::~Connection() {
  if (closing_) linger();
  shutdown(socket_, SHUT_RDWR);
  close(socket_);
}

// Closed with bytes unread, a socket resets the connection, and the client may never see the
// answer: what it still sends is read, up to a limit.
void Connection::linger() const {
  shutdown(socket_, SHUT_WR);
  char block[kReadAhead];
  for (int i = 0; i < kLingerBlocks && wait_for(socket_, POLLIN, kLingerMs) != 0; ++i) {
    if (recv(socket_, block, sizeof(block), 0) <= 0) return;
  }
}

Connection& Connection::current() {
  return *current_connection;
}

Connection::Scope::Scope(Connection& connection) {
  current_connection = &connection;
}

Connection::Scope::~Scope() {
  current_connection = nullptr;
}

bool Connection::has_bytes(int wait_ms) const {
  return taken_ < ahead_.size() || wait_for(socket_, POLLIN, wait_ms) != 0;
}

bool Connection::hung_up() const {
  const short events = wait_for(socket_, POLLRDHUP, 0);
  return (events & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

bool Connection::is_writable() const {
  return (wait_for(socket_, POLLOUT, timeout_ms_) & POLLOUT) != 0;
}

ssize_t Connection::read(char* bytes, size_t size) {
  if (taken_ == ahead_.size()) {
    if (!is_readable()) return -1;
    ahead_.resize(kReadAhead);
    const ssize_t got = recv(socket_, ahead_.data(), ahead_.size(), 0);
    ahead_.resize(got > 0 ? static_cast<size_t>(got) : 0);
    taken_ = 0;
    if (got <= 0) return got;
  }
  const size_t count = std::min(size, ahead_.size() - taken_);
  std::memcpy(bytes, ahead_.data() + taken_, count);
  taken_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* bytes, size_t size) {
  if (!is_writable()) return -1;
  return send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  address_of(socket_, getpeername, ip, port);
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  address_of(socket_, getsockname, ip, port);
}

}  // namespace tts
