#include "cli/batch/cue_speaker.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/number_text.h"

namespace tts {
namespace {

struct TooLong {};  // ends a request from its sink

constexpr size_t kCuesNamed = 20;
constexpr double kHurry = 1.6, kFastest = 2;  // of the speaking rate

// Every message but that a line may hold.
std::string list_of(const std::vector<std::string>& problems) {
  std::string out;
  for (size_t i = 0; i < std::min(problems.size(), kCuesNamed); ++i)
    out += (i == 0 ? "" : "; ") + problems[i];
  if (problems.size() > kCuesNamed)
    out += "; and " + std::to_string(problems.size() - kCuesNamed) + " cues more";
  return out;
}

}  // namespace

CueSpeaker::CueSpeaker(const Synthesizer& natural,
                       std::shared_ptr<const Voice> voice,
                       const SpeakOptions& options,
                       InputKind kind,
                       const EventSink& sink)
    : natural_(natural), voice_(std::move(voice)), options_(options), kind_(kind), sink_(sink) {}

void CueSpeaker::speak(const BatchItem& item, const std::atomic<bool>& cancelled) {
  const std::vector<Cue>& cues = item.cues;
  std::vector<std::string> problems;
  for (size_t i = 0; i < cues.size(); ++i) {
    Slot slot = slot_of(cues, i);
    if (!item.strict) slot.begin = std::max(slot.begin, position_);  // the last one ran on
    try {
      std::vector<float> sound =
          item.strict ? sound_of(cues[i], slot, cancelled) : mended(cues[i], slot, cancelled);
      if (!problems.empty()) continue;  // the rest is only tried
      give_silence(slot.begin);
      give(std::move(sound));
    } catch (const Error& e) {
      if (e.code() == ErrorCode::kCancelled || e.code() == ErrorCode::kOutput) throw;
      problems.push_back(cues[i].where + ": " + e.what());
    }
  }
  if (!problems.empty()) fail(ErrorCode::kInput, list_of(problems));
  give_silence(sample_at(cues.back().end_ms));
}

std::vector<float> CueSpeaker::mended(const Cue& cue,
                                      const Slot& slot,
                                      const std::atomic<bool>& cancelled) {
  const int64_t late = slot.begin - sample_at(cue.begin_ms);
  if (late > 0)
    warn(cue,
         "begins " + fixed_text(static_cast<double>(late) / natural_.sample_rate_hz(), 2) +
             " s late");
  try {
    if (slot.end > slot.begin) return sound_of(cue, slot, cancelled);
  } catch (const Error& e) {
    if (e.code() == ErrorCode::kInput) {  // nothing to speak, or SSML that cannot be read
      warn(cue, std::string("left out: ") + e.what());
      return {};
    }
    if (e.code() != ErrorCode::kUsage) throw;
  }
  SpeakOptions options = options_;
  options.speed_ratio = std::min(kFastest, kHurry * options.speed_ratio);
  std::vector<float> sound =
      heard(Synthesizer(voice_, options), cue, std::numeric_limits<int64_t>::max(), cancelled);
  warn(cue, "has too little time; it is spoken faster, and into the time of the next one");
  return sound;
}

CueSpeaker::Slot CueSpeaker::slot_of(const std::vector<Cue>& cues, size_t index) const {
  Slot slot;
  slot.begin = sample_at(cues[index].begin_ms);
  slot.end = slot.limit = sample_at(cues[index].end_ms);
  if (index + 1 < cues.size()) {
    slot.limit = sample_at(cues[index + 1].begin_ms);
    slot.end = std::min(slot.end, slot.limit);
  }
  return slot;
}

std::vector<float> CueSpeaker::sound_of(const Cue& cue,
                                        const Slot& slot,
                                        const std::atomic<bool>& cancelled) {
  try {
    return heard(natural_, cue, slot.end - slot.begin, cancelled);
  } catch (const TooLong&) {
  }
  try {
    return fitted(cue, slot.end - slot.begin, cancelled);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::kUsage || slot.limit <= slot.end) throw;
  }
  try {
    std::vector<float> sound = heard(natural_, cue, slot.limit - slot.begin, cancelled);
    warn(cue, "lasts longer than its time, into the silence behind it");
    return sound;
  } catch (const TooLong&) {
  }
  std::vector<float> sound = fitted(cue, slot.limit - slot.begin, cancelled);
  warn(cue, "was fitted to the time until the next one");
  return sound;
}

std::vector<float> CueSpeaker::fitted(const Cue& cue,
                                      int64_t samples,
                                      const std::atomic<bool>& cancelled) {
  SpeakOptions options = options_;
  options.duration_s = static_cast<double>(samples) / natural_.sample_rate_hz();
  return heard(Synthesizer(voice_, options), cue, samples, cancelled);
}

std::vector<float> CueSpeaker::heard(const Synthesizer& synthesizer,
                                     const Cue& cue,
                                     int64_t most,
                                     const std::atomic<bool>& cancelled) {
  std::vector<float> sound;
  std::vector<std::string> warnings;
  std::vector<Event> verdicts;
  const EventSink sink = [&](const Event& event) {
    if (event.kind == EventKind::kWarning) warnings.push_back(event.text);
    if (event.kind == EventKind::kVerdict) verdicts.push_back(event);
    sound.insert(sound.end(), event.audio.begin(), event.audio.end());
    if (static_cast<int64_t>(sound.size()) > most) throw TooLong();
  };
  synthesizer.speak(cue.text, kind_, sink, cancelled);
  for (const auto& warning : warnings) warn(cue, warning);
  for (const auto& verdict : verdicts) sink_(verdict);
  return sound;
}

int64_t CueSpeaker::sample_at(int64_t ms) const {
  return (ms * natural_.sample_rate_hz() + 500) / 1000;
}

void CueSpeaker::give(std::vector<float> samples) {
  if (samples.empty()) return;
  Event event;
  event.kind = EventKind::kAudio;
  event.samples = {position_, position_ + static_cast<int64_t>(samples.size())};
  position_ = event.samples.end;
  event.audio = std::move(samples);
  sink_(event);
}

// In pieces: an hour's silence needs no hour of memory.
void CueSpeaker::give_silence(int64_t until) {
  const int64_t piece = natural_.sample_rate_hz();
  while (position_ < until)
    give(std::vector<float>(static_cast<size_t>(std::min(piece, until - position_))));
}

void CueSpeaker::warn(const Cue& cue, const std::string& message) const {
  Event event;
  event.kind = EventKind::kWarning;
  event.text = cue.where + ": " + message;
  sink_(event);
}

}  // namespace tts
