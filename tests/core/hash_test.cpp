#include "core/hash.h"

#include "tests/test.h"

using namespace tts;

namespace {

std::string hash(const std::string& text) {
  return to_hex(xxh64(text.data(), text.size()));
}

}  // namespace

TEST_CASE("XXH64 gives the values of the reference implementation") {
  CHECK(hash("") == "ef46db3751d8e999");
  CHECK(hash("a") == "d24ec4f1a98c6e5b");
  CHECK(hash("as") == "1c330fb2d66be179");
  CHECK(hash("asd") == "631c37ce72a97393");
  CHECK(hash("asdf") == "415872f599cea71e");
  CHECK(hash("Call me Ishmael. Some years ago--never mind how long precisely-") ==
        "02a2e85470d6fd96");
}

TEST_CASE("hexadecimal digits keep leading zeros") {
  CHECK(to_hex(0x1f) == "000000000000001f");
}
