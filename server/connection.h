// One client's socket, as httplib reads and writes it; and whether the client is still there.
#pragma once
#include <string>
#include <vector>

#include "server/httplib.h"

namespace tts {

class Connection : public httplib::Stream {
 public:
  // A read or write that waits longer than `timeout_ms` fails. Closes the socket at its end.
  Connection(socket_t socket, int timeout_ms) : socket_(socket), timeout_ms_(timeout_ms) {}
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Waits for a byte, at most so long.
  bool has_bytes(int wait_ms) const;
  // The client has closed its end, or the line is dead.
  bool hung_up() const;

  // The rest of a request was not read: no further one can be found behind it.
  void close_after_answer() { closing_ = true; }
  bool closing() const { return closing_; }

  // The connection whose request this thread is answering.
  static Connection& current();

  bool is_readable() const override { return has_bytes(timeout_ms_); }
  bool is_writable() const override;
  ssize_t read(char* bytes, size_t size) override;
  ssize_t write(const char* bytes, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

  // Makes a connection current() for as long as it lives.
  class Scope {
   public:
    explicit Scope(Connection& connection);
    ~Scope();
  };

 private:
  void linger() const;

  const socket_t socket_;
  const int timeout_ms_;
  bool closing_ = false;
  std::vector<char> ahead_;  // read from the socket, not yet asked for
  size_t taken_ = 0;         // of them
};

}  // namespace tts
