// What is said of written lines.
//   spoken/LANGUAGE.tsv: written, right; other right readings behind "||". Case, punctuation and
//     hyphens are no difference. spoken/differs.tsv has the lines that are read otherwise:
//     language, written, said, and why that is right, too.
//   neighbours/LANGUAGE.tsv: written, what normalisation makes of it, without espeak-ng.
#include <unicode/uchar.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>

#include "tests/test.h"
#include "text/front_end.h"
#include "text/normaliser.h"

using namespace tts;

namespace {

const std::vector<std::string> kLanguages = {"en-us", "de", "nl"};

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  std::ifstream in(std::string(TTS_SOURCE_DIR) + "/tests/text/" + name);
  REQUIRE_MESSAGE(in, name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.compare(0, 10, "# written<") == 0) continue;
    rows.emplace_back(1);
    for (const char c : line) {
      if (c == '\t') {
        rows.back().emplace_back();
      } else {
        rows.back().back().push_back(c);
      }
    }
  }
  return rows;
}

// "\n" is a line break, "\\" a backslash.
std::string unescaped(const std::string& written) {
  std::string out;
  for (size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '\\' || i + 1 == written.size()) {
      out.push_back(written[i]);
    } else {
      ++i;
      out.push_back(written[i] == 'n' ? '\n' : written[i]);
    }
  }
  return out;
}

// Letters and digits in words, the rest a space.
std::string lenient(const std::string& spoken) {
  const icu::UnicodeString text =
      from_utf8(lower_case(clean_text(spoken).text.isEmpty() ? "" : spoken));
  icu::UnicodeString out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i) == u'’' ? u'\'' : text.char32At(i);
    const bool inside = c == '\'' && !out.isEmpty() && u_isalnum(out[out.length() - 1]) &&
                        i + 1 < text.length() && u_isalnum(text[i + 1]);
    if (u_isalnum(c) || inside) {
      out.append(c);
    } else if (!out.isEmpty() && out[out.length() - 1] != ' ') {
      out.append(u' ');
    }
  }
  return to_utf8(out.trim());
}

std::vector<std::string> readings_of(const std::string& right) {
  std::vector<std::string> out;
  for (size_t begin = 0; begin <= right.size();) {
    const size_t end = std::min(right.find("||", begin), right.size());
    out.push_back(lenient(right.substr(begin, end - begin)));
    begin = end + 2;
  }
  return out;
}

std::string said(const FrontEnd& front_end, const std::string& text) {
  std::string out;
  for (const Sentence& sentence : front_end.process(text).sentences)
    out += (out.empty() ? "" : " / ") + sentence.spoken;
  return lenient(out);
}

std::string normalised(const Normaliser& normaliser, const std::string& text) {
  std::vector<TextWarning> warnings;
  std::string out;
  for (const Item& item : normaliser.run(clean_text(text), Lexicon(), warnings)) {
    for (const SpokenWord& word : item.spoken)
      out += (out.empty() || word.text == "," ? "" : " ") + word.text;
    if (item.kind == ItemKind::kMark) out += item.mark;
  }
  return out;
}

}  // namespace

TEST_CASE("written lines are said right") {
  std::map<std::pair<std::string, std::string>, std::string> differs;
  for (const auto& row : rows_of("spoken/differs.tsv")) {
    REQUIRE(row.size() == 4);
    differs[{row[0], row[1]}] = lenient(row[2]);
  }
  size_t lines = 0, different = 0;
  for (const std::string& language : kLanguages) {
    FrontEndOptions options;
    options.language = language;
    const FrontEnd front_end(options);
    for (const auto& row : rows_of("spoken/" + language + ".tsv")) {
      REQUIRE(row.size() == 2);
      CAPTURE(row[0]);
      const std::string spoken = said(front_end, unescaped(row[0]));
      const auto other = differs.find({language, row[0]});
      if (other != differs.end()) {
        CHECK(spoken == other->second);
        ++different;
      } else {
        const auto readings = readings_of(row[1]);
        const bool right = std::find(readings.begin(), readings.end(), spoken) != readings.end();
        CHECK_MESSAGE(right, spoken);
      }
      ++lines;
    }
  }
  CHECK(lines > 450);
  CHECK(different == differs.size());
}

TEST_CASE("neighbours of these lines are normalised right") {
  for (const std::string& language : kLanguages) {
    const Normaliser normaliser(language);
    const auto rows = rows_of("neighbours/" + language + ".tsv");
    CHECK(rows.size() > 20);
    for (const auto& row : rows) {
      REQUIRE(row.size() == 2);
      CAPTURE(row[0]);
      CHECK(normalised(normaliser, row[0]) == row[1]);
    }
  }
}
