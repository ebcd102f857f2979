// SRT and VTT: cues follow each other, and written anew they are read as the same.
#include <cstdio>

#include "cli/batch/subtitles.h"
#include "engine/empty_text.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

std::string clock_of(int64_t ms) {
  char text[64];
  std::snprintf(text,
                sizeof(text),
                "%02lld:%02lld:%02lld,%03lld",
                static_cast<long long>(ms / 3600000),
                static_cast<long long>(ms / 60000 % 60),
                static_cast<long long>(ms / 1000 % 60),
                static_cast<long long>(ms % 1000));
  return text;
}

}  // namespace

TTS_FUZZ_TARGET(srt, 20000, ErrorCode::kInput) {
  const std::vector<Cue> cues = parse_subtitles(std::string(bytes), false).cues;
  require(!cues.empty(), "no cue, and no error");
  std::string written;
  int64_t before = -1;
  for (const Cue& cue : cues) {
    require(cue.begin_ms > before && cue.end_ms > cue.begin_ms, "times out of order");
    before = cue.begin_ms;
    require(!is_blank(cue.text) && !cue.where.empty(), "a cue without text or place");
    written += clock_of(cue.begin_ms) + " --> " + clock_of(cue.end_ms) + "\nx\n\n";
  }
  const std::vector<Cue> again = parse_subtitles(written, true).cues;
  require(again.size() == cues.size(), "written anew there are ", again.size(), " cues");
  for (size_t i = 0; i < cues.size(); ++i)
    require(again[i].begin_ms == cues[i].begin_ms && again[i].end_ms == cues[i].end_ms,
            "written anew the times of ",
            cues[i].where,
            " differ");
}
