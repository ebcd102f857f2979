#include "text/say_as.h"

#include "core/ascii.h"
#include "tests/test.h"
#include "text/normalise/language.h"
#include "text/unicode.h"

using namespace tts;

namespace {

struct Case {
  const char *as, *format, *text, *said;
};

// Soft hyphens stand between the parts of a number.
std::string plain(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\u00AD") == 0) {
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

template <size_t N>
void check(const char* language, const Case (&cases)[N], const char* before = "") {
  for (const Case& c : cases) {
    CAPTURE(language);
    CAPTURE(c.as);
    CAPTURE(c.format);
    CAPTURE(c.text);
    CHECK(plain(said_as({c.as, c.format}, language, before, c.text)) == c.said);
  }
}

}  // namespace

TEST_CASE("say-as in English overrules what plain text would be read as") {
  check("en-us",
        {{"cardinal", "", "2024", "two thousand twenty-four"},
         {"cardinal", "", "911", "nine hundred eleven"},
         {"cardinal", "", "VIII", "eight"},
         {"cardinal", "", "-1,234.5", "minus one thousand two hundred thirty-four point five"},
         {"cardinal", "", "1066", "one thousand sixty-six"},
         {"cardinal", "", "12 apples", "12 apples"},
         {"number", "", "1500", "one thousand five hundred"},
         {"number", "digits", "2024", "2 0 2 4"},
         {"number", "ordinal", "21", "twenty-first"},
         {"number", "telephone", "555-0199", "5 5 5 0 1 9 9"},
         {"ordinal", "", "3", "third"},
         {"ordinal", "", "22nd", "twenty-second"},
         {"ordinal", "", "XIV", "fourteenth"},
         {"ordinal", "", "last", "last"},
         {"date", "ymd", "20240315", "March fifteenth, twenty twenty-four"},
         {"date", "yyyymmdd", "20240315", "March fifteenth, twenty twenty-four"},
         {"date", "mdy", "3/4/2026", "March fourth, twenty twenty-six"},
         {"date", "dmy", "3/4/2026", "April third, twenty twenty-six"},
         {"date", "dmy", "03.04.26", "April third, twenty twenty-six"},
         {"date", "md", "12/05", "December fifth"},
         {"date", "dm", "05.12.", "December fifth"},
         {"date", "my", "12/1999", "December nineteen ninety-nine"},
         {"date", "y", "1066", "ten sixty-six"},
         {"date", "d", "3", "third"},
         {"date", "", "2024-02-29", "February twenty-ninth, twenty twenty-four"},
         {"date", "", "3/4/2026", "March fourth, twenty twenty-six"},
         {"date", "mdy", "13/45/2026", "13/45/2026"},
         {"date", "mdy", "soon", "soon"},
         {"date", "xyz", "1/2/3", "1/2/3"},
         {"time", "hms12", "2:30pm", "two thirty P M"},
         {"time", "hms24", "1430", "fourteen thirty"},
         {"characters", "", "ab1é!", "A, B, 1, é, exclamation mark"},
         {"verbatim", "", "don't", "D, O, N, apostrophe, T"},
         {"spell-out", "", "TTS", "T, T, S"},
         {"digits", "", "1,234", "1 2 3 4"},
         {"telephone", "", "+49 (30) 12", "+ 4 9 3 0 1 2"},
         {"fraction", "", "3/4", "3/4"},
         {"unit", "", "5 km", "5 km"}});
}

TEST_CASE("say-as in German and Dutch: by their own marks, order and endings") {
  check("de",
        {{"cardinal", "", "2024", "zweitausendvierundzwanzig"},
         {"cardinal", "", "1.234,5", "eintausendzweihundertvierunddreißig Komma fünf"},
         {"date", "dm", "05.12.", "fünfter Dezember"},
         {"date", "", "3.4.2026", "dritter April zweitausendsechsundzwanzig"},
         {"characters", "", "z.B.", "Z, Punkt, B, Punkt"}});
  check("de",
        {{"ordinal", "", "3", "dritten"}, {"date", "md", "12/05", "fünften Dezember"}},
        "Wir kommen am ");
  check("nl",
        {{"ordinal", "", "3", "derde"},
         {"cardinal", "", "1999", "duizendnegenhonderdnegenennegentig"},
         {"date", "dmy", "3-4-2026", "drie april tweeduizendzesentwintig"},
         {"characters", "", "a@b", "A, apenstaartje, B"}});
}

TEST_CASE("say-as in a language without tables spells, and leaves the rest to its phonemiser") {
  check("fi",
        {{"cardinal", "", "2024", "2024"},
         {"digits", "", "20-24", "2 0 2 4"},
         {"characters", "", "ab!", "A, B, !"}});
}

TEST_CASE("say-as: every language has names for the signs that are typed") {
  for (const char* code : {"en-us", "de", "nl"}) {
    for (char c = '!'; c < 0x7F; ++c) {
      CAPTURE(code);
      CAPTURE(c);
      if (is_ascii_punct(c) && c != '$')
        CHECK(language_for(code).character_names.count(std::string(1, c)) == 1);
    }
  }
}

TEST_CASE("say-as: what is known") {
  CHECK(is_known({"time", ""}));
  CHECK(!is_known({"expletive", ""}));
  CHECK(!is_known({"", ""}));
}
