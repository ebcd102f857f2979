#include "cli/batch/progress.h"

#include <algorithm>

#include "core/number_text.h"

namespace tts {
namespace {

constexpr size_t kItemsToMeasure = 10;

int64_t count_characters(const std::string& utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

}  // namespace

int64_t characters_of(const BatchItem& item) {
  int64_t count = count_characters(item.text);
  for (const Cue& cue : item.cues) count += count_characters(cue.text);
  return count;
}

Pace::Pace(const Records& records) {
  size_t items = 0;
  double characters = 0, speech = 0, work = 0;
  for (const auto& [output, record] : records) {
    if (!record.done() || record.work_s <= 0) continue;
    ++items;
    characters += static_cast<double>(record.characters);
    speech += record.seconds();
    work += record.work_s;
  }
  measured = items >= kItemsToMeasure && speech > 0;
  if (!measured) return;
  characters_per_s = characters / speech;
  speech_per_work = speech / work;
}

double Pace::speech_s(const BatchItem& item) const {
  if (!item.cues.empty()) return static_cast<double>(item.cues.back().end_ms) / 1000;
  if (item.speak.duration_s) return *item.speak.duration_s;
  return static_cast<double>(characters_of(item)) / characters_per_s / item.speak.speed_ratio;
}

void Progress::add(int64_t characters) {
  ++items_done_;
  characters_done_ += characters;
}

std::string Progress::line() const {
  constexpr size_t kWidth = 20;
  const double passed =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  std::string bar(kWidth, '-');
  std::fill_n(bar.begin(), items_ == 0 ? 0 : kWidth * items_done_ / items_, '#');
  std::string rest;
  if (items_done_ > 0 && passed > 0) {
    const auto left = static_cast<double>(characters_ - characters_done_) * passed /
                      static_cast<double>(std::max<int64_t>(characters_done_, 1));
    const auto seconds = static_cast<int64_t>(left + 0.5);
    rest = "  " + fixed_text(static_cast<double>(items_done_) / passed, 1) + " items/s  " +
           std::to_string(seconds / 60) + (seconds % 60 < 10 ? ":0" : ":") +
           std::to_string(seconds % 60) + " left";
  }
  return "[" + bar + "] " + std::to_string(items_done_) + "/" + std::to_string(items_) + rest;
}

}  // namespace tts
