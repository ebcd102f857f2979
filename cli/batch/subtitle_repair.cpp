#include "cli/batch/subtitle_repair.h"

#include <algorithm>

#include "engine/empty_text.h"

namespace tts {
namespace {

constexpr int64_t kSameMs = 20;  // as far from each other, two times are one
constexpr int64_t kGlimpseMs = 100;
constexpr int64_t kLetterMs = 80;  // a slow reader's
constexpr int64_t kShortestMs = 1000;

bool is_unsaid(const WrittenCue& cue) {
  return is_blank(cue.text());
}

bool is_glimpse(const WrittenCue& cue) {
  return cue.end_ms - cue.begin_ms <= kGlimpseMs;
}

// How many lines at the end of `before` are those that `cue` begins with. All of them only where
// nobody could have read one of the two: else somebody says "No." twice.
size_t rolled_lines(const WrittenCue& before, const WrittenCue& cue) {
  if (before.lines == cue.lines && !is_glimpse(before) && !is_glimpse(cue)) return 0;
  for (size_t n = std::min(before.lines.size(), cue.lines.size()); n > 0; --n) {
    if (std::equal(
            before.lines.end() - static_cast<long>(n), before.lines.end(), cue.lines.begin()))
      return n;
  }
  return 0;
}

class Repair {
 public:
  explicit Repair(std::vector<WrittenCue> cues) : cues_(std::move(cues)) {}

  Subtitles run() {
    drop_unsaid();
    sort();
    join_same_times();
    set_ends();
    drop_rolled();
    for (const WrittenCue& cue : cues_) {
      Cue said;
      said.begin_ms = cue.begin_ms;
      said.end_ms = cue.end_ms;
      said.text = cue.text();
      said.where = cue.where;
      out_.cues.push_back(std::move(said));
    }
    return std::move(out_);
  }

 private:
  void warn(const WrittenCue& cue, const std::string& message) {
    out_.warnings.push_back(cue.where + ": " + message);
  }

  void drop_unsaid() {
    cues_.erase(std::remove_if(cues_.begin(), cues_.end(), is_unsaid), cues_.end());
  }

  void sort() {
    const auto earlier = [](const WrittenCue& a, const WrittenCue& b) {
      return a.begin_ms < b.begin_ms;
    };
    for (size_t i = 1; i < cues_.size(); ++i) {
      if (earlier(cues_[i], cues_[i - 1]))
        warn(cues_[i], "begins before " + cues_[i - 1].where + "; sorted by time");
    }
    std::stable_sort(cues_.begin(), cues_.end(), earlier);
  }

  void join_same_times() {
    std::vector<WrittenCue> joined;
    for (WrittenCue& cue : cues_) {
      if (joined.empty() || joined.back().begin_ms != cue.begin_ms) {
        joined.push_back(std::move(cue));
        continue;
      }
      WrittenCue& first = joined.back();
      warn(cue, "begins with " + first.where + "; they are spoken as one");
      if (first.lines != cue.lines)
        first.lines.insert(first.lines.end(), cue.lines.begin(), cue.lines.end());
      first.end_ms = std::max(first.end_ms, cue.end_ms);
    }
    cues_ = std::move(joined);
  }

  void set_ends() {
    for (size_t i = 0; i < cues_.size(); ++i) {
      WrittenCue& cue = cues_[i];
      if (cue.end_ms > cue.begin_ms) continue;
      const bool empty = cue.end_ms == cue.begin_ms;
      const auto letters = static_cast<int64_t>(cue.text().size());
      cue.end_ms = cue.begin_ms + std::max(kShortestMs, kLetterMs * letters);
      if (i + 1 < cues_.size()) cue.end_ms = std::min(cue.end_ms, cues_[i + 1].begin_ms);
      warn(cue,
           std::string(empty ? "has no length" : "ends before it begins") +
               "; it is given the time that its text takes");
    }
  }

  void drop_rolled() {
    std::vector<WrittenCue> kept;
    WrittenCue before;  // as it stood on the screen
    size_t dropped = 0;
    for (WrittenCue& cue : cues_) {
      const WrittenCue shown = cue;
      const bool follows = !kept.empty() && std::abs(cue.begin_ms - before.end_ms) <= kSameMs;
      const size_t rolled = follows ? rolled_lines(before, cue) : 0;
      dropped += rolled;
      cue.lines.erase(cue.lines.begin(), cue.lines.begin() + static_cast<long>(rolled));
      if (is_unsaid(cue)) {
        kept.back().end_ms = std::max(kept.back().end_ms, cue.end_ms);
      } else {
        kept.push_back(std::move(cue));
      }
      before = shown;
    }
    cues_ = std::move(kept);
    if (dropped > 0)
      out_.warnings.push_back("lines that were on the screen already are said once: " +
                              std::to_string(dropped));
  }

  std::vector<WrittenCue> cues_;
  Subtitles out_;
};

}  // namespace

std::string WrittenCue::text() const {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : " ") + line;
  return out;
}

Subtitles repaired(std::vector<WrittenCue> cues) {
  return Repair(std::move(cues)).run();
}

}  // namespace tts
