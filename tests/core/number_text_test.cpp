#include "core/number_text.h"

#include <cctype>
#include <locale>
#include <vector>

#include "core/ascii.h"
#include "core/classic_stream.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("Numbers are read in C's form, the whole text or not at all") {
  CHECK(number_from_text("1.25") == 1.25);
  CHECK(number_from_text("-0.5") == -0.5);
  CHECK(number_from_text("+2.5") == 2.5);
  CHECK(number_from_text(".5") == 0.5);
  CHECK(number_from_text("3.") == 3.0);
  CHECK(number_from_text("1e3") == 1000.0);
  CHECK(number_from_text("0") == 0.0);
  for (const char* wrong : {"",
                            "1,25",
                            " 1",
                            "1 ",
                            "1.2.3",
                            "0x10",
                            "nan",
                            "inf",
                            "+-1",
                            "--1",
                            "1e",
                            "e5",
                            "1e999",
                            "."})
    CHECK_MESSAGE(!number_from_text(wrong), wrong);
}

TEST_CASE("Numbers are printed as printf does in C's locale") {
  CHECK(fixed_text(3.14159, 2) == "3.14");
  CHECK(fixed_text(-0.5, 0) == "-0");
  CHECK(fixed_text(1234567.5, 1) == "1234567.5");
  CHECK(fixed_text(1e300, 3).size() == 305);
  CHECK(short_text(0.4) == "0.4");
  CHECK(short_text(1e-7) == "1e-07");
  CHECK(short_text(1234567) == "1.23457e+06");
}

namespace {

// Groups thousands with dots, has a decimal comma, and takes every byte from 0x80 for a blank.
struct CommaNumbers : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

class OddBlanks : public std::ctype<char> {
 public:
  OddBlanks() : std::ctype<char>(table()) {}

 private:
  static const mask* table() {
    static std::vector<mask> masks(classic_table(), classic_table() + table_size);
    for (size_t i = 0x80; i < masks.size(); ++i) masks[i] |= space;
    return masks.data();
  }
};

}  // namespace

TEST_CASE("Streams follow no global locale") {
  const std::locale odd(std::locale(std::locale::classic(), new CommaNumbers), new OddBlanks);
  const std::locale before = std::locale::global(odd);
  ClassicOutput out;
  out << 12345 << ' ' << 1.5;
  ClassicInput in("caf\xC3\xA9 1.5 12345");
  std::string word;
  double fraction = 0;
  int whole = 0;
  in >> word >> fraction >> whole;
  const std::string fixed = fixed_text(12345.5, 1);
  const auto scanned = number_from_text("1.5");
  std::locale::global(before);
  CHECK(out.str() == "12345 1.5");
  CHECK(word == "caf\xC3\xA9");
  CHECK(fraction == 1.5);
  CHECK(whole == 12345);
  CHECK(fixed == "12345.5");
  CHECK(scanned == 1.5);
}

TEST_CASE("Letters of ASCII alone have case and class") {
  CHECK(ascii_lower("TITLE.Mp3 \xC4\xDD") == "title.mp3 \xC4\xDD");
  CHECK(ascii_upper('i') == 'I');
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    CHECK(is_ascii_alnum(byte) == (c < 128 && std::isalnum(c) != 0));
    CHECK(is_ascii_alpha(byte) == (c < 128 && std::isalpha(c) != 0));
    CHECK(is_ascii_punct(byte) == (c < 128 && std::ispunct(c) != 0));
  }
}
