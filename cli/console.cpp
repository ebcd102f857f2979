#include "cli/console.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <mutex>

#include "core/error.h"
#include "core/number_text.h"
#include "nn/runtime.h"

namespace tts {
namespace {

std::atomic<bool> interrupt_seen{false};
bool quiet = false;
std::mutex status_mutex;  // guards status_line
std::string status_line;

std::string current_status() {
  const std::lock_guard<std::mutex> lock(status_mutex);
  return status_line;
}

constexpr double kSamePress = 1.0;  // seconds

timespec first_press;

// One Ctrl-C can arrive twice: from the terminal and from a parent that passes it on, as timeout
// does. The repeat must not kill the program while it takes its half-written file away.
extern "C" void on_interrupt(int signal) {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (!interrupt_seen) {
    first_press = now;
    interrupt_seen = true;
  } else if (static_cast<double>(now.tv_sec - first_press.tv_sec) +
                 1e-9 * static_cast<double>(now.tv_nsec - first_press.tv_nsec) >
             kSamePress) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

// Sound, archives, UTF-16: full of bytes that no text has.
bool is_binary(const std::string& text) {
  constexpr size_t kLooked = 4096, kShortest = 256;
  const size_t count = std::min(text.size(), kLooked);
  const auto end = text.begin() + static_cast<long>(count);
  const auto nothing = static_cast<size_t>(std::count(text.begin(), end, '\0'));
  if (count >= 4 && nothing * 4 >= count) return true;
  const auto odd = std::count_if(text.begin(), end, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 9 || (byte > 13 && byte < 32);
  });
  return count >= kShortest && static_cast<size_t>(odd) * 20 > count;
}

}  // namespace

bool is_terminal(int descriptor) {
  return isatty(descriptor) != 0;
}

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) {
    fail(ErrorCode::kOutput, "standard output: cannot be written (", std::strerror(errno), ")");
  }
}

void note(const std::string& line) {
  if (!quiet) note_error(line);
}

void note_error(const std::string& line) {
  const std::string status = current_status();
  show_status("");
  std::fprintf(stderr, "%s\n", line.c_str());
  show_status(status);
}

void show_status(const std::string& line) {
  const std::lock_guard<std::mutex> lock(status_mutex);
  const bool shown = !quiet && is_terminal(STDERR_FILENO);
  if (shown && !(line.empty() && status_line.empty()))
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
  status_line = line;
}

void work_goes_on(const std::string& command, double elapsed_s) {
  if (quiet || is_terminal(STDERR_FILENO)) return;
  const std::string status = current_status();
  const std::string line = command + ": at work for " + fixed_text(elapsed_s / 60, 1) + " min" +
                           (status.empty() ? "" : "  " + status);
  std::fprintf(stderr, "%s\n", line.c_str());
}

void be_quiet() {
  quiet = true;
}

void start_engine(int threads) {
  configure_runtime(threads, [](const std::string& message) { note("tts: warning: " + message); });
  keep_freed_memory();
}

const std::atomic<bool>& interrupted() {
  static const bool installed = [] {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return true;
  }();
  (void)installed;
  return interrupt_seen;
}

void refuse_folder(const std::string& path) {
  struct stat info {};
  if (path != "-" && stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
    fail(ErrorCode::kInput, path, ": is a folder, not a text file");
}

void refuse_binary(const std::string& path, const std::string& text) {
  if (is_binary(text))
    fail(ErrorCode::kInput, path, ": is not UTF-8 text (`iconv -t utf-8` converts other texts)");
}

std::string read_text(const std::string& path) {
  refuse_folder(path);
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    fail(ErrorCode::kInput, path, ": cannot be opened (", std::strerror(errno), ")");
  std::string text;
  char buffer[1 << 16];
  for (size_t count; (count = std::fread(buffer, 1, sizeof(buffer), file)) > 0;)
    text.append(buffer, count);
  const bool failed = std::ferror(file) != 0;
  if (file != stdin) std::fclose(file);
  if (failed) fail(ErrorCode::kInput, path, ": cannot be read (", std::strerror(errno), ")");
  refuse_binary(path, text);
  return text;
}

}  // namespace tts
