#include "engine/take.h"

#include "tests/test.h"

using namespace tts;

namespace {

// Silence of `lead` frames, one phone of 10, silence of `trail` frames.
Take take(int64_t lead, int64_t trail, Gap after) {
  Take out;
  out.symbols.symbols.resize(3);
  out.symbols.symbols[1].word = 0;
  out.frames = {lead, 10, trail};
  out.after = after;
  return out;
}

int64_t gap_between(const Take& a, const Take& b) {
  return b.span_of(1).begin - a.span_of(1).end;
}

}  // namespace

TEST_CASE("placement: from phone to phone it is exactly the gap, whatever silence the takes have") {
  for (const int64_t trail : {0, 1, 5, 40}) {
    for (const int64_t lead : {0, 2, 30}) {
      for (const double seconds : {0.0, 0.01, 0.1, 0.25, 1.0}) {
        for (const bool exact : {false, true}) {
          Take a = take(3, trail, {seconds, exact}), b = take(lead, 2, {0.25, false});
          Placement placement;
          placement.place(a);
          placement.place(b);
          CHECK(gap_between(a, b) == std::llround(seconds * 24000));
          CHECK(b.span_of(1).end - b.span_of(1).begin == 4800);
          CHECK(a.cut_end - a.cut_begin + b.silence_before + b.cut_end - b.cut_begin ==
                placement.position());
          CHECK(b.start + b.cut_end == placement.position());
          CHECK(b.silence_before >= 0);
          CHECK(a.cut_end <= a.total_samples());
        }
      }
    }
  }
}

TEST_CASE("placement: pauses in a row add up, an exact one replaces the natural one") {
  Take a = take(3, 5, {0.4, true}), b = take(3, 5, {0.25, false});
  Take nothing;
  nothing.symbols.symbols.resize(2);
  nothing.frames = {0, 0};
  nothing.after = {0.1, true};
  Take mark_only = nothing;
  mark_only.after = {0.25, false};
  Placement placement;
  placement.place(a);
  placement.place(nothing);
  placement.place(mark_only);
  placement.place(b);
  CHECK(gap_between(a, b) == 12000);
}

TEST_CASE("placement: an exact pause holds before the first phone and after the last") {
  Take pause;
  pause.symbols.symbols.resize(2);
  pause.frames = {0, 0};
  pause.after = {1.0, true};
  Take a = take(50, 50, {2.0, true});
  Placement placement;
  placement.place(pause);
  placement.place(a);
  CHECK(a.span_of(1).begin == 24000);
  CHECK(placement.position() + placement.rest() - a.span_of(1).end == 48000);
}

TEST_CASE("placement: long silence at the ends of the text is trimmed") {
  Take a = take(100, 100, {0.25, false});
  Placement placement;
  placement.place(a);
  CHECK(a.span_of(1).begin == 2880);
  CHECK(placement.position() - a.span_of(1).end == 3360);
  CHECK(placement.rest() == 0);
}
