// Signals and temporary folders for the tests of audio/ and analysis/.
#pragma once
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace tts::test {

inline std::vector<float> sine(double hz, int rate, size_t count, float amplitude = 0.5f) {
  std::vector<float> out(count);
  for (size_t i = 0; i < count; ++i) {
    out[i] = amplitude * static_cast<float>(std::sin(2 * M_PI * hz * i / rate));
  }
  return out;
}

inline std::vector<float> noise(size_t count, float amplitude = 0.1f, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, amplitude);
  std::vector<float> out(count);
  for (float& x : out) x = normal(random);
  return out;
}

// A folder of its own that is removed at the end.
struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    static int count = 0;
    std::random_device random;
    path = std::filesystem::temp_directory_path() /
           ("tts-test-" + std::to_string(random()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string file(const std::string& name) const { return (path / name).string(); }
  size_t size() const {
    size_t n = 0;
    for (auto it = std::filesystem::directory_iterator(path);
         it != std::filesystem::directory_iterator();
         ++it) {
      ++n;
    }
    return n;
  }
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void put_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace tts::test
