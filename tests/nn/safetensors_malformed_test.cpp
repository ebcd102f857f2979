// Files that are damaged, foreign or hostile: refused with what is wrong, never a crash.
#include "core/error.h"
#include "nn/safetensors.h"
#include "tests/nn/files.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::testing;

TEST_CASE("damaged files are refused with what is wrong") {
  const std::string f32 = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  const std::string eight(8, '\0');
  CHECK(refusal(make(f32, eight)) == "");
  const auto with = [&](const std::string& fields) {
    return refusal(make("{\"a\":{" + fields + "}}", eight));
  };
  CHECK(contains(refusal(""), "0 bytes are no safetensors file"));
  CHECK(contains(refusal("RIFF\x01\x02\x03\x04WAVE"), "no safetensors file, or truncated"));
  CHECK(contains(refusal(make(f32, eight).substr(0, 30)),
                 "the header is to have 54 bytes, the file has 30"));
  CHECK(contains(refusal(std::string(8, '\xff') + f32), "no safetensors file"));
  CHECK(contains(refusal(make(f32, "1234")),
                 "describes 8 bytes of weights, the file has 4 (is it truncated?)"));
  CHECK(contains(refusal(make(f32, eight + "x")), "describes 8 bytes of weights, the file has 9"));
  CHECK(contains(refusal(make("{\"a\":", eight)), "not valid JSON"));
  CHECK(contains(refusal(make("{\"\xff\xfe\":1}", eight)), "not valid JSON"));
  CHECK(contains(refusal(make("[1]", eight)), "not a JSON object"));
  CHECK(contains(refusal(make(R"({"a":3})", eight)), "tensor \"a\": is not a JSON object"));
  CHECK(contains(with(R"("dtype":"F8","shape":[2],"data_offsets":[0,8])"),
                 "dtype is \"F8\"; known: F32, F16"));
  CHECK(contains(with(R"("dtype":4,"shape":[2],"data_offsets":[0,8])"), "dtype is \"\""));
  CHECK(contains(with(R"("dtype":"F32","data_offsets":[0,8])"), "\"shape\" must be a list"));
  CHECK(contains(with(R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])"), "\"shape\" holds -2"));
  CHECK(
      contains(with(R"("dtype":"F32","shape":[2.0],"data_offsets":[0,8])"), "\"shape\" holds 2.0"));
  CHECK(contains(with(R"("dtype":"F32","shape":[2],"data_offsets":[8])"), "must be [begin, end]"));
  CHECK(
      contains(with(R"("dtype":"F32","shape":[2],"data_offsets":[8,0])"), "must be [begin, end]"));
  CHECK(contains(with(R"("dtype":"F32","shape":[3],"data_offsets":[0,8])"),
                 "F32 [3] needs 12 bytes, data_offsets give 8"));
  CHECK(contains(refusal(make(R"({"__metadata__":{"a":1}})", "")),
                 "__metadata__: \"a\" is 1; it must be a string"));
  CHECK(contains(refusal(make(R"({"__metadata__":[]})", "")), "__metadata__ is not a JSON object"));
}

TEST_CASE("absurd sizes do not overflow") {
  const auto shape = [](const std::string& sizes) {
    return refusal(make(R"({"a":{"dtype":"F32","shape":)" + sizes + R"(,"data_offsets":[0,8]}})",
                        std::string(8, '\0')));
  };
  CHECK(
      contains(shape("[4611686018427387904, 4]"), "too many elements"));  // 2^64 elements wrap to 0
  CHECK(contains(shape("[2147483648, 2147483648, 4]"), "too many elements"));
  CHECK(contains(shape("[18446744073709551615]"), "too many elements"));
  CHECK(contains(shape("[0, 18446744073709551615]"), "too many elements"));
  CHECK(contains(shape("[99999999999999999999999]"), "must be an integer"));
  CHECK(contains(shape("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]"), "has 17 axes"));
  const std::string far =
      R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[18446744073709551608,18446744073709551615]}})";
  CHECK(contains(refusal(make(far, "12345678")), "U8 [8] needs 8 bytes"));
  const std::string deep = std::string(100000, '[');
  CHECK(contains(refusal(make(deep, "")), "not valid JSON"));
}

TEST_CASE("overlaps, holes and doubled names are refused") {
  const auto two = [](const std::string& a, const std::string& b) {
    return refusal(make(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + a +
                            R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + b + "}}",
                        "12345678"));
  };
  CHECK(two("[0,4]", "[4,8]") == "");
  CHECK(two("[4,8]", "[0,4]") == "");
  CHECK(contains(two("[0,4]", "[2,6]"),
                 "tensor \"b\" begins at byte 2 and overlaps the one before it"));
  CHECK(contains(two("[0,4]", "[0,4]"), "overlaps"));
  CHECK(contains(two("[0,4]", "[5,9]"), "begins at byte 5; the one before it ends at 4"));
  const std::string one = R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
  CHECK(contains(refusal(make("{" + one + "," + one + "}", "1234")), "the header has \"a\" twice"));
}

TEST_CASE("every cut of a good file is refused, and no flipped header byte crashes") {
  const Scratch dir;
  save_safetensors(
      dir / "a.safetensors", {{"x", torch::ones({3})}, {"y", torch::arange(4)}}, {{"k", "v"}});
  const std::string good = file_bytes(dir / "a.safetensors");
  for (size_t length = 0; length < good.size(); ++length)
    CHECK(refusal(good.substr(0, length)) != "");
  for (size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
      const bool opens = refusal(bad).empty();
      if (i < 8) CHECK(!opens);
    }
  }
}
