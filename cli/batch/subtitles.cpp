#include "cli/batch/subtitles.h"

#include <algorithm>
#include <optional>

#include "cli/batch/subtitle_repair.h"
#include "core/classic_stream.h"
#include "core/error.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

constexpr char kArrow[] = "-->";

std::vector<std::string> lines_of(const std::string& content) {
  std::vector<std::string> lines;
  ClassicInput in(content);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

// "00:00:01,000" of SRT, "00:01.000" of VTT; when not strict, "0:00:1,5" and "00:00:01", too.
std::optional<int64_t> milliseconds_of(const std::string& clock, bool strict) {
  ClassicInput in(clock);
  std::vector<std::string> parts;  // hours, minutes, "01,000"
  for (std::string part; parts.size() < 4 && std::getline(in, part, ':');) parts.push_back(part);
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::string& seconds = parts.back();
  const size_t point = std::min(seconds.find_first_of(",."), seconds.size());
  std::string thousandths = point < seconds.size() ? seconds.substr(point + 1) : "";
  if (strict && thousandths.size() != 3) return std::nullopt;
  if (point + 1 == seconds.size() || thousandths.size() > 9) return std::nullopt;
  thousandths.resize(3, thousandths.size() < 3 ? '0' : ' ');
  seconds.resize(point);
  parts.push_back(thousandths);
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

// VTT puts settings of the place behind the times. Throws Error(kInput).
WrittenCue cue_of_times(const std::string& line, size_t number, bool strict) {
  const size_t arrow = line.find(kArrow);
  ClassicInput before(line.substr(0, arrow)), behind(line.substr(arrow + 3));
  std::string begin, end;
  before >> begin;
  behind >> end;
  const auto begin_ms = milliseconds_of(begin, strict);
  const auto end_ms = milliseconds_of(end, strict);
  if (!begin_ms || !end_ms) {
    fail(ErrorCode::kInput,
         "line ",
         number,
         ": \"",
         line,
         "\" are no times such as 00:00:01,000 --> 00:00:02,500");
  }
  if (strict && *end_ms <= *begin_ms)
    fail(ErrorCode::kInput, "line ", number, ": the cue ends before it begins");
  WrittenCue cue;
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

bool is_number(const std::string& line) {
  return !is_blank(line) && line.find_first_not_of("0123456789 \t") == line.npos;
}

std::string spoken(const std::string& line) {
  return unescaped(without_tags(without_tags(line, "<", ">"), "{\\", "}"));
}

class SubtitleReader {
 public:
  SubtitleReader(const std::string& content, bool strict)
      : lines_(lines_of(content)), strict_(strict), vtt_(content.compare(0, 6, "WEBVTT") == 0) {}

  Subtitles run() {
    for (size_t i = 0; i < lines_.size();) {
      if (!has_arrow(i)) {
        ++i;  // numbers, headers, notes
      } else {
        i = read_cue(i);
      }
    }
    Subtitles out;
    if (strict_) {
      out.cues = in_order();
    } else {
      out = repaired(cues_);
      out.warnings.insert(out.warnings.begin(), warnings_.begin(), warnings_.end());
    }
    if (out.cues.empty())
      fail(ErrorCode::kInput,
           "has no cue with a text",
           warnings_.empty() ? "" : " (" + warnings_.front() + ")");
    return out;
  }

 private:
  bool has_arrow(size_t line) const {
    return line < lines_.size() && lines_[line].find(kArrow) != std::string::npos;
  }

  // → the line behind it
  size_t read_cue(size_t at) {
    const std::string where = place_of(++count_, at + 1);
    WrittenCue cue;
    bool good = true;
    try {
      cue = cue_of_times(lines_[at], at + 1, strict_);
    } catch (const Error& e) {
      if (strict_) throw;
      warnings_.push_back(where + ": left out: " + e.what());
      good = false;
    }
    cue.where = where;
    for (++at; at < lines_.size() && !is_blank(lines_[at]) && !has_arrow(at) && !is_next(at); ++at)
      cue.lines.push_back(spoken(lines_[at]));
    if (!strict_ && !vtt_) at = read_behind_blank(at, cue);
    if (good) cues_.push_back(std::move(cue));
    return at;
  }

  // The number of the next cue, whose blank line is missing.
  bool is_next(size_t at) const { return !strict_ && is_number(lines_[at]) && has_arrow(at + 1); }

  // SRT has no notes: what stands behind a blank line is more of the cue's text.
  size_t read_behind_blank(size_t at, WrittenCue& cue) {
    size_t more = 0;
    for (; at < lines_.size() && !has_arrow(at) && !is_next(at); ++at) {
      if (is_blank(lines_[at])) continue;
      cue.lines.push_back(spoken(lines_[at]));
      ++more;
    }
    if (more > 0) warnings_.push_back(cue.where + ": has a blank line within its text");
    return at;
  }

  std::vector<Cue> in_order() const {
    std::vector<Cue> cues;
    for (const WrittenCue& written : cues_) {
      if (is_blank(written.text())) continue;
      if (!cues.empty() && written.begin_ms <= cues.back().begin_ms)
        fail(ErrorCode::kInput, written.where, ": does not begin after ", cues.back().where);
      Cue cue;
      cue.begin_ms = written.begin_ms;
      cue.end_ms = written.end_ms;
      cue.text = written.text();
      cue.where = written.where;
      cues.push_back(std::move(cue));
    }
    return cues;
  }

  const std::vector<std::string> lines_;
  const bool strict_, vtt_;
  size_t count_ = 0;
  std::vector<WrittenCue> cues_;
  std::vector<std::string> warnings_;
};

}  // namespace

Subtitles parse_subtitles(const std::string& content, bool strict) {
  return SubtitleReader(content, strict).run();
}

}  // namespace tts
