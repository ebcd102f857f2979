// Every seed, every input that was once a finding, and some thousand changed ones, for each target.
// A crash is reported by doctest with the number of the input, which is the same in every run.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/allocation_limit.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutator.h"
#include "tests/test.h"

namespace tts::fuzz {
namespace {

namespace fs = std::filesystem;

// An input has at most 4 KiB.
constexpr size_t kMostBytesAtOnce = 16 << 20;

const fs::path& corpus() {
  static const fs::path folder = fs::path(TTS_SOURCE_DIR) / "tests/fuzz/corpus";
  return folder;
}

std::vector<fs::path> seed_files(const std::string& target) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(corpus() / target)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// "" when there is none.
std::string finding_of(const Target& target, const std::string& bytes) {
  try {
    execute(target, bytes);
    return "";
  } catch (const std::exception& e) {
    return std::string(typeid(e).name()) + ": " + e.what();
  }
}

// The input is kept in the build folder, to be looked at and to become a seed.
std::string kept(const Target& target, size_t number, const std::string& bytes) {
  const fs::path path = fs::path(TTS_BINARY_DIR) /
                        ("finding-" + std::string(target.name) + "-" + std::to_string(number));
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

// TTS_FUZZ_EXECUTIONS=1000000 build/fuzz_tests: a long run.
size_t executions(const Target& target) {
  const char* given = std::getenv("TTS_FUZZ_EXECUTIONS");
  return given == nullptr ? target.executions : std::strtoull(given, nullptr, 10);
}

void replay(const std::string& name) {
  const auto found = std::find_if(
      targets().begin(), targets().end(), [&](const Target& t) { return name == t.name; });
  REQUIRE(found != targets().end());
  std::vector<std::string> seeds;
  for (const fs::path& file : seed_files(name)) {
    CAPTURE(file.string());
    seeds.push_back(read(file));
    CHECK(finding_of(*found, seeds.back()) == "");
  }
  REQUIRE(!seeds.empty());
  const AllocationLimit limit(kMostBytesAtOnce);
  Mutator mutator(seeds);
  const size_t count = executions(*found);
  for (size_t i = 0; i < count; ++i) {
    const std::string bytes = mutator.next();
    INFO("changed seed number ", i);
    const std::string finding = finding_of(*found, bytes);
    REQUIRE_MESSAGE(finding.empty(), finding, "; the input is ", kept(*found, i, bytes));
  }
}

}  // namespace

TEST_CASE("fuzz: text") {
  replay("text");
}
TEST_CASE("fuzz: ssml") {
  replay("ssml");
}
TEST_CASE("fuzz: lexicon") {
  replay("lexicon");
}
TEST_CASE("fuzz: pls") {
  replay("pls");
}
TEST_CASE("fuzz: jsonl") {
  replay("jsonl");
}
TEST_CASE("fuzz: srt") {
  replay("srt");
}
TEST_CASE("fuzz: voice_json") {
  replay("voice_json");
}
TEST_CASE("fuzz: safetensors") {
  replay("safetensors");
}
TEST_CASE("fuzz: tokens") {
  replay("tokens");
}
TEST_CASE("fuzz: voice_file") {
  replay("voice_file");
}
TEST_CASE("fuzz: audio") {
  replay("audio");
}
TEST_CASE("fuzz: http_body") {
  replay("http_body");
}

TEST_CASE("fuzz: a folder of seeds for each target, and none beside") {
  std::vector<std::string> names, folders;
  for (const Target& target : targets()) names.push_back(target.name);
  for (const auto& entry : fs::directory_iterator(corpus()))
    folders.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  std::sort(folders.begin(), folders.end());
  CHECK(names == folders);
  CHECK(names.size() == 12);
}

}  // namespace tts::fuzz
