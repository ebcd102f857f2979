#include "core/random.h"

#include <cmath>
#include <set>
#include <vector>

#include "tests/test.h"

using namespace tts;

namespace {

using Block = std::array<uint32_t, 4>;

std::vector<float> normals(const RandomStream& stream, uint64_t first, size_t count) {
  std::vector<float> out(count);
  stream.normal(RandomPurpose::kNoise, 3, first, out.data(), count);
  return out;
}

std::vector<float> uniforms(const RandomStream& stream,
                            RandomPurpose purpose,
                            uint32_t step,
                            size_t count) {
  std::vector<float> out(count);
  stream.uniform(purpose, step, 0, out.data(), count);
  return out;
}

double moment(const std::vector<float>& values, int power) {
  double sum = 0;
  for (const float value : values) sum += std::pow(static_cast<double>(value), power);
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("Philox 4x32-10 gives the known answers of Random123") {
  CHECK((philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const uint32_t ones = 0xffffffff;
  CHECK((philox({ones, ones, ones, ones}, {ones, ones}) ==
         Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  CHECK((philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
         Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST_CASE("numbers do not depend on the pieces they are drawn in") {
  const RandomStream stream(42, 7);
  const auto whole = normals(stream, 0, 101);
  for (const size_t piece : {1, 2, 3, 4, 5, 50}) {
    std::vector<float> joined;
    for (size_t first = 0; first < whole.size(); first += piece) {
      const auto part = normals(stream, first, std::min(piece, whole.size() - first));
      joined.insert(joined.end(), part.begin(), part.end());
    }
    CHECK(joined == whole);
  }
}

TEST_CASE("seed, utterance, purpose, step and far indices all give other numbers") {
  const auto draw = [](uint64_t seed, uint32_t utterance, RandomPurpose purpose, uint32_t step) {
    return uniforms(RandomStream(seed, utterance), purpose, step, 64);
  };
  const std::set<std::vector<float>> all = {draw(1, 0, RandomPurpose::kLatent, 0),
                                            draw(2, 0, RandomPurpose::kLatent, 0),
                                            draw(1ull << 32, 0, RandomPurpose::kLatent, 0),
                                            draw(1, 1, RandomPurpose::kLatent, 0),
                                            draw(1, 0, RandomPurpose::kDuration, 0),
                                            draw(1, 0, RandomPurpose::kLatent, 1)};
  CHECK(all.size() == 6);
  CHECK(draw(1, 0, RandomPurpose::kLatent, 0) == draw(1, 0, RandomPurpose::kLatent, 0));
  const RandomStream stream(1, 0);
  CHECK(normals(stream, 0, 8) != normals(stream, 1ull << 34, 8));
}

TEST_CASE("uniform numbers lie inside (0, 1), evenly") {
  const auto values = uniforms(RandomStream(5, 0), RandomPurpose::kToken, 0, 1 << 20);
  std::vector<int> bins(16);
  for (const float value : values) {
    REQUIRE(value > 0.0f);
    REQUIRE(value < 1.0f);
    ++bins[static_cast<size_t>(value * 16)];
  }
  double chi_square = 0;
  for (const int count : bins) chi_square += std::pow(count - 65536.0, 2) / 65536.0;
  CHECK(chi_square < 37.7);  // 99.9 % point for 15 degrees of freedom
}

TEST_CASE("normal numbers have the moments of N(0, 1), and neighbours know nothing of each other") {
  const auto values = normals(RandomStream(9, 1), 0, 1 << 20);
  CHECK(std::abs(moment(values, 1)) < 0.004);
  CHECK(moment(values, 2) == doctest::Approx(1).epsilon(0.006));
  CHECK(std::abs(moment(values, 3)) < 0.012);
  CHECK(moment(values, 4) == doctest::Approx(3).epsilon(0.02));
  for (const size_t lag : {1, 2, 3, 4}) {
    double sum = 0;
    for (size_t i = lag; i < values.size(); ++i) sum += values[i] * values[i - lag];
    CHECK(std::abs(sum / static_cast<double>(values.size())) < 0.004);
  }
}
