#include "core/utf8.h"

#include "tests/test.h"

using namespace tts;

TEST_CASE("UTF-8 is RFC 3629's") {
  for (const char* good : {"", "abc", "é", "€", "😀", "\x7F", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"})
    CHECK_MESSAGE(find_no_utf8(good) == std::string::npos, good);
  for (const char* wrong : {"\x80",
                            "\xC0\x80",
                            "\xC1\xBF",
                            "\xE0\x9F\xBF",
                            "\xED\xA0\x80",
                            "\xF0\x8F\xBF\xBF",
                            "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80",
                            "\xE2\x82",
                            "\xFF"})
    CHECK(find_no_utf8(std::string("ab") + wrong + "") == 2);
  CHECK(find_no_utf8("caf\xE9 x") == 3);
}

TEST_CASE("A text file's byte order mark says what it is") {
  using namespace std::string_literals;
  CHECK(decoded("\xEF\xBB\xBFé") == "é"s);
  CHECK(decoded("é") == "é"s);
  CHECK(decoded("\xFF\xFE"
                "a\0\xE9\0\xAC\x20\x3D\xD8\0\xDE"s) == "aé€😀"s);
  CHECK(decoded("\xFE\xFF"
                "\0a\0\xE9\x20\xAC\xD8\x3D\xDE\0"s) == "aé€😀"s);
  CHECK(
      !decoded("\xFF\xFE"
               "a"s));
  CHECK(
      !decoded("\xFF\xFE"
               "\x3D\xD8"s));
  CHECK(!decoded("\xFE\xFF\xDE\0"s));
}
