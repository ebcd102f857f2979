#include "cli/batch/subtitles.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "core/error.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

constexpr char kArrow[] = "-->";

std::vector<std::string> lines_of(const std::string& content) {
  std::vector<std::string> lines;
  std::istringstream in(content);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

// "00:00:01,000" of SRT, "00:01.000" of VTT.
std::optional<int64_t> milliseconds_of(const std::string& clock) {
  std::istringstream in(clock);
  std::vector<std::string> parts;  // hours, minutes, "01,000"
  for (std::string part; parts.size() < 4 && std::getline(in, part, ':');) parts.push_back(part);
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::string& seconds = parts.back();
  const size_t point = seconds.find_first_of(",.");
  if (point == seconds.npos || seconds.size() != point + 4) return std::nullopt;
  parts.push_back(seconds.substr(point + 1));
  parts[parts.size() - 2].resize(point);
  int64_t value = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string& part = parts[i];
    const bool digits = part.find_first_not_of("0123456789") == part.npos;
    if (!digits || part.empty() || part.size() > 4) return std::nullopt;
    const bool ms = i + 1 == parts.size(), hours = parts.size() == 4 && i == 0;
    if (!ms && !hours && std::stoi(part) > 59) return std::nullopt;
    value = value * (ms ? 1000 : 60) + std::stoi(part);
  }
  return value;
}

// VTT puts settings of the place behind the times.
Cue cue_of_times(const std::string& line, size_t number) {
  const size_t arrow = line.find(kArrow);
  std::istringstream before(line.substr(0, arrow)), behind(line.substr(arrow + 3));
  std::string begin, end;
  before >> begin;
  behind >> end;
  const auto begin_ms = milliseconds_of(begin);
  const auto end_ms = milliseconds_of(end);
  if (!begin_ms || !end_ms) {
    fail(ErrorCode::kInput,
         "line ",
         number,
         ": \"",
         line,
         "\" are no times such as 00:00:01,000 --> 00:00:02,500");
  }
  if (*end_ms <= *begin_ms)
    fail(ErrorCode::kInput, "line ", number, ": the cue ends before it begins");
  Cue cue;
  cue.begin_ms = *begin_ms;
  cue.end_ms = *end_ms;
  return cue;
}

// Without what stands between the two: "<" and ">" of <i>, "{\\" and "}" of {\an8}.
std::string without_tags(const std::string& text, const std::string& opens, const char* closes) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = std::min(text.find(opens, at), text.size());
    const size_t end = begin == text.size() ? text.npos : text.find(closes, begin);
    if (end == text.npos) return out + text.substr(at);
    out += text.substr(at, begin - at);
    at = end + 1;
  }
  return out;
}

// VTT escapes a few characters.
std::string unescaped(const std::string& text) {
  const std::pair<std::string, std::string> escapes[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&nbsp;", " "}, {"&lrm;", ""}, {"&rlm;", ""}, {"&amp;", "&"}};
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto found =
        std::find_if(std::begin(escapes), std::end(escapes), [&, at](const auto& escape) {
          return text.compare(at, escape.first.size(), escape.first) == 0;
        });
    const bool escaped = found != std::end(escapes);
    out += escaped ? found->second : text.substr(at, 1);
    at += escaped ? found->first.size() : 1;
  }
  return out;
}

std::string place_of(size_t count, size_t line) {
  return "cue " + std::to_string(count) + " (line " + std::to_string(line) + ")";
}

}  // namespace

std::vector<Cue> parse_subtitles(const std::string& content) {
  const std::vector<std::string> lines = lines_of(content);
  std::vector<Cue> cues;
  size_t count = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find(kArrow) == std::string::npos) continue;  // numbers, headers, notes
    Cue cue = cue_of_times(lines[i], i + 1);
    cue.where = place_of(++count, i + 1);
    while (i + 1 < lines.size() && !is_blank(lines[i + 1]) &&
           lines[i + 1].find(kArrow) == std::string::npos) {
      cue.text += (cue.text.empty() ? "" : " ") + lines[++i];
    }
    cue.text = unescaped(without_tags(without_tags(cue.text, "<", ">"), "{\\", "}"));
    if (is_blank(cue.text)) continue;
    if (!cues.empty() && cue.begin_ms <= cues.back().begin_ms)
      fail(ErrorCode::kInput, cue.where, ": does not begin after ", cues.back().where);
    cues.push_back(std::move(cue));
  }
  if (cues.empty()) fail(ErrorCode::kInput, "has no cue with a text");
  return cues;
}

}  // namespace tts
