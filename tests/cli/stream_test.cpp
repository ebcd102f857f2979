// The program in the middle of pipes: what comes out before all has gone in.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>

#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

// `tts …` between two pipes.
class Piped {
 public:
  explicit Piped(const std::string& arguments) {
    int in[2], out[2];
    REQUIRE(pipe2(in, O_CLOEXEC) == 0);
    REQUIRE(pipe2(out, O_CLOEXEC) == 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      execl("/bin/sh", "sh", "-c", ("exec " TTS_BINARY_DIR "/tts " + arguments).c_str(), nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~Piped() {
    close_input();
    close(from_);
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }

  void write(const std::string& text) {
    REQUIRE(::write(to_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void close_input() {
    if (to_ >= 0) close(to_);
    to_ = -1;
  }
  // Waits for so many bytes more; fewer at the end, or after a minute without any.
  std::string read(size_t bytes) {
    std::string out(bytes, '\0');
    size_t count = 0;
    while (count < bytes) {
      pollfd look{from_, POLLIN, 0};
      if (poll(&look, 1, 60000) <= 0) break;
      const ssize_t got = ::read(from_, out.data() + count, bytes - count);
      if (got <= 0) break;
      count += static_cast<size_t>(got);
    }
    out.resize(count);
    return out;
  }
  void signal(int number) { kill(process_, number); }
  int wait() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_ = -1;
  int to_ = -1, from_ = -1;
};

constexpr size_t kAll = 1 << 24;

}  // namespace

TEST_CASE(
    "stream: a sentence is heard before the next one is written, and the sound is the file's") {
  const std::string whole =
      run_tts(kDummy + "--raw -o -", "printf '[[həlˈoʊ]] [[wˈɜːld]].\\n[[aaa]] [[iii]].' |").out;
  Piped tts(kDummy + "-q --raw -o -");
  tts.write("[[həlˈoʊ]] [[wˈɜ");
  tts.write("ːld]].\n");
  const std::string first = tts.read(20000);
  CHECK(first.size() == 20000);  // while the program waits for more text
  tts.write("[[aaa]] [[iii]].");
  tts.close_input();
  CHECK(first + tts.read(kAll) == whole);
  CHECK(tts.wait() == 0);
}

TEST_CASE("stream: a WAV and times of a text that came in pieces") {
  const TemporaryFolder folder;
  Piped tts(kDummy + "-q -i - -o " + (folder / "a.wav") + " --timings " + (folder / "a.json"));
  for (const char* piece : {"[[həlˈoʊ]]", ". [[w", "ˈɜːld]]", "."}) tts.write(piece);
  tts.close_input();
  CHECK(tts.wait() == 0);
  const std::string arguments = "--timings " + (folder / "b.json") + " -o " + (folder / "b.wav") +
                                " '[[həlˈoʊ]]. [[wˈɜːld]].'";
  CHECK(run_tts(kDummy + arguments).code == 0);
  CHECK(read_file(folder / "a.wav") == read_file(folder / "b.wav"));
  CHECK(read_file(folder / "a.json") == read_file(folder / "b.json"));
}

TEST_CASE("stream: Ctrl-C while it waits for text, and a text that never comes") {
  Piped waiting(kDummy + "-q --raw -o -");
  waiting.write("[[həlˈoʊ]] [[wˈɜːld]].\n");
  CHECK(waiting.read(10000).size() == 10000);
  waiting.signal(SIGINT);
  CHECK(waiting.wait() == 130);

  Piped empty(kDummy + "-q -o - 2> /dev/null");
  empty.write(" \n");
  empty.close_input();
  CHECK(empty.read(kAll).empty());
  CHECK(empty.wait() == 4);
}

TEST_CASE("stream: bytes that are no text end it") {
  Piped tts(kDummy + "-q --raw -o - 2> /dev/null");
  tts.write(std::string(300, '\1'));
  tts.close_input();
  CHECK(tts.read(kAll).empty());
  CHECK(tts.wait() == 4);
}
