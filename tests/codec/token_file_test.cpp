#include "codec/token_file.h"

#include <filesystem>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

TokenFile example(uint64_t frames, uint32_t codebooks) {
  TokenFile tokens;
  tokens.codec_identity = "0123456789abcdef";
  tokens.codebooks = codebooks;
  tokens.frames = frames;
  tokens.samples = frames == 0 ? 0 : frames * 480 - 100;
  for (uint64_t i = 0; i < frames * codebooks; ++i)
    tokens.codes.push_back(static_cast<uint16_t>((i * 389 + 7) % 1024));
  return tokens;
}

std::string message_of(const std::string& bytes) {
  try {
    parse_tokens(bytes, "x.tok");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kInput);
    return e.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("token file: what is written is read, for all remainders of the packing") {
  for (const uint64_t frames : {0, 1, 2, 3, 4, 5, 50, 333}) {
    for (const uint32_t codebooks : {1u, 2u, 3u, 8u}) {
      const TokenFile tokens = example(frames, codebooks);
      const std::string bytes = token_bytes(tokens);
      CHECK(bytes.size() == 64 + (frames * codebooks * 10 + 7) / 8);
      const TokenFile back = parse_tokens(bytes, "x.tok");
      CHECK(back.codes == tokens.codes);
      CHECK(back.codec_identity == tokens.codec_identity);
      CHECK(back.frames == frames);
      CHECK(back.codebooks == codebooks);
      CHECK(back.samples == tokens.samples);
      CHECK(back.sample_rate_hz == 24000);
      CHECK(back.frames_per_second == 50);
    }
  }
}

TEST_CASE("token file: the documented bytes, by hand") {
  TokenFile tokens = example(1, 2);
  tokens.codes = {0x3FF, 0x001};
  tokens.samples = 480;
  const std::string bytes = token_bytes(tokens);
  CHECK(bytes.substr(0, 8) == "TTSTOKEN");
  CHECK(bytes.substr(28, 16) == "0123456789abcdef");
  CHECK(bytes.substr(12, 2) == std::string("\xC0\x5D", 2));  // 24000
  CHECK(bytes.substr(60, 3) == std::string("\xFF\x07\x00", 3));
}

TEST_CASE("token file: every damaged bit is found") {
  const std::string good = token_bytes(example(3, 2));
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    CHECK_MESSAGE(!message_of(bad).empty(), "bit ", bit);
  }
}

TEST_CASE("token file: every truncation is found and named") {
  const std::string good = token_bytes(example(3, 2));
  for (size_t length = 0; length < good.size(); ++length)
    CHECK(!message_of(good.substr(0, length)).empty());
  CHECK(contains(message_of(good.substr(0, good.size() - 1)), "cut short"));
  CHECK(contains(message_of(good + "x"), "damaged"));
  CHECK(contains(message_of("RIFF and so on"), "is not a token file"));
}

TEST_CASE("token file: another codec is refused, naming both") {
  const TokenFile tokens = example(1, 1);
  CHECK_NOTHROW(check_codec(tokens, "0123456789abcdef", "x.tok"));
  try {
    check_codec(tokens, "fedcba9876543210", "x.tok");
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(contains(e.what(), "0123456789abcdef"));
    CHECK(contains(e.what(), "fedcba9876543210"));
    CHECK(contains(e.what(), "again from its recording (tts codec encode)"));
  }
}

TEST_CASE("token file: on disk") {
  const std::string path =
      (std::filesystem::temp_directory_path() / "token_file_test.tok").string();
  write_tokens(path, example(10, 8));
  CHECK(read_tokens(path).codes == example(10, 8).codes);
  std::filesystem::remove(path);
  CHECK_THROWS_WITH_AS(read_tokens(path), (path + ": cannot be opened").c_str(), Error);
  CHECK_THROWS_AS(write_tokens("/nonexistent/x.tok", example(1, 1)), Error);
  CHECK_THROWS_AS(write_tokens("/dev/full", example(1, 1)), Error);
}
