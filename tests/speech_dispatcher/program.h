// The program sd_tts, spoken to as speech-dispatcher does.
#pragma once
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tests/test.h"

struct ModuleProgram {
  explicit ModuleProgram(const std::string& config = "") {
    int in[2], out[2];
    REQUIRE(pipe(in) == 0);
    REQUIRE(pipe(out) == 0);
    child = fork();
    if (child == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      for (const int fd : {in[0], in[1], out[0], out[1]}) close(fd);
      setenv("TTS_VOICE", "dummy", 1);
      execl(TTS_BINARY_DIR "/sd_tts", "sd_tts", config.empty() ? nullptr : config.c_str(), nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    commands = in[1];
    events = out[0];
  }
  ~ModuleProgram() {
    if (commands >= 0) end();
    close(events);
  }

  void say(const std::string& lines) const {
    REQUIRE(write(commands, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()));
  }

  // The next line; "" when none comes.
  std::string line() {
    size_t end = 0;
    while ((end = waiting.find('\n')) == std::string::npos) {
      pollfd ready{events, POLLIN, 0};
      char piece[1 << 16];
      const ssize_t size = poll(&ready, 1, 60000) == 1 ? read(events, piece, sizeof(piece)) : 0;
      if (size <= 0) return "";
      waiting.append(piece, static_cast<size_t>(size));
    }
    const std::string out = waiting.substr(0, end);
    waiting.erase(0, end + 1);
    return out;
  }

  // The answer to a command: its last line, "200 OK SPEAKING".
  std::string ask(const std::string& lines) {
    say(lines);
    return answer();
  }
  std::string answer() {
    std::string out = line();
    while (out.size() > 3 && out[3] == '-') out = line();
    return out;
  }
  void init() { REQUIRE(ask("INIT\n") == "299 OK LOADED SUCCESSFULLY"); }

  // What a message makes heard, up to its end.
  struct Heard {
    std::vector<std::string> order;  // "701 BEGIN", "mark NAME at SAMPLE", "702 END"
    std::string pcm;
    size_t samples() const { return pcm.size() / 2; }
  };
  Heard hear(const std::string& command, const std::string& data) {
    say(command + "\n");
    REQUIRE(line() == "202 OK RECEIVING MESSAGE");
    say(data + "\n.\n");
    REQUIRE(line() == "200 OK SPEAKING");
    return listen();
  }
  Heard listen() {
    Heard heard;
    for (;;) {
      const std::string now = line();
      REQUIRE(!now.empty());
      if (now.compare(0, 9, "705-AUDIO") == 0) {
        heard.pcm += unescaped(now.substr(10));
      } else if (now.compare(0, 4, "700-") == 0) {
        heard.order.push_back("mark " + now.substr(4) + " at " + std::to_string(heard.samples()));
      } else if (now.compare(0, 2, "70") == 0 && now[3] == ' ' && now != "705 AUDIO" &&
                 now != "700 INDEX MARK") {
        heard.order.push_back(now);
        if (now != "701 BEGIN") return heard;
      }
    }
  }
  Heard hear(const std::string& inside) { return hear("SPEAK", "<speak>" + inside + "</speak>"); }

  // Closes its input. → the exit status
  int end() {
    close(commands);
    commands = -1;
    while (!line().empty()) continue;
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  static std::string unescaped(const std::string& bytes) {
    std::string out;
    for (size_t i = 0; i < bytes.size(); ++i)
      out += bytes[i] == 0x7D ? static_cast<char>(bytes[++i] ^ 0x20) : bytes[i];
    return out;
  }

  pid_t child = -1;
  int commands = -1, events = -1;
  std::string waiting;
};
