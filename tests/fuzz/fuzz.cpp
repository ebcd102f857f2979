#include "tests/fuzz/fuzz.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

namespace tts::fuzz {
namespace {

namespace fs = std::filesystem;

class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code none;
    const fs::path memory = "/dev/shm";
    const fs::path parent = fs::is_directory(memory, none) ? memory : fs::temp_directory_path();
    path_ = parent / ("tts-fuzz-" + std::to_string(getpid()));
    fs::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code none;
    fs::remove_all(path_, none);
  }
  const std::string& file(const std::string& name) {
    std::string& path = files_[name];
    if (path.empty()) path = (path_ / name).string();
    return path;
  }

 private:
  fs::path path_;
  std::map<std::string, std::string> files_;
};

}  // namespace

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

void execute(const Target& target, std::string_view bytes) {
  try {
    target.take(bytes);
  } catch (const Error& e) {
    const auto& refusals = target.refusals;
    require(std::find(refusals.begin(), refusals.end(), e.code()) != refusals.end(),
            "an error of another kind, ",
            static_cast<int>(e.code()),
            ": ",
            e.what());
    require(std::strlen(e.what()) > 0, "an error without words");
  }
}

const std::string& scratch_path(const std::string& name) {
  static ScratchFolder folder;
  return folder.file(name);
}

const std::string& write_scratch(const std::string& name, std::string_view bytes) {
  const std::string& path = scratch_path(name);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  require(out.good(), path, " cannot be written");
  return path;
}

}  // namespace tts::fuzz
