#include "core/atomic_file.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

struct Scratch {
  fs::path folder = fs::temp_directory_path() / ("tts-atomic-" + std::to_string(::getpid()));
  Scratch() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Scratch() { fs::remove_all(folder); }
};

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

size_t files_in(const fs::path& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("a file appears when it is committed, whole, and replaces the old one") {
  const Scratch dir;
  const fs::path path = dir.folder / "a.bin";
  for (const std::string text : {"first", "second, longer"}) {
    AtomicFile file(path.string());
    file.write(text);
    CHECK(content(path) != text);
    file.commit();
    CHECK(content(path) == text);
    CHECK(files_in(dir.folder) == 1);
  }
}

TEST_CASE("what is not committed leaves nothing behind") {
  const Scratch dir;
  const fs::path path = dir.folder / "a.bin";
  std::ofstream(path) << "old";
  {
    AtomicFile file(path.string());
    file.write(std::string("half"));
    CHECK(files_in(dir.folder) == 2);
  }
  CHECK(content(path) == "old");
  CHECK(files_in(dir.folder) == 1);
}

TEST_CASE("a folder that is not there is an error that names the file") {
  CHECK_THROWS_WITH_AS(AtomicFile("/nonexistent/a"),
                       "/nonexistent/a: cannot be written (No such file or directory)",
                       Error);
}

TEST_CASE("a disk that is full is an error, and the old file stays") {
  const Scratch dir;
  const fs::path path = dir.folder / "a.bin";
  std::ofstream(path) << "old";
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{4096, before.rlim_max};
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  try {
    AtomicFile file(path.string());
    file.write(std::string(10000, 'x'));
    file.commit();
  } catch (const Error& e) {
    message = e.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  CHECK(message == path.string() + ": cannot be written (File too large)");
  CHECK(content(path) == "old");
  CHECK(files_in(dir.folder) == 1);
}
