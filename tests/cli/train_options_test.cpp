// Options of the trainers that are refused before any data is read.
#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

Outcome train_acoustic(const std::string& options) {
  return run_tts("train acoustic --data none --alignments none.tsv --codec none --out none " +
                 options);
}

}  // namespace

TEST_CASE("tts train acoustic: --set takes options of the generators of --type alone") {
  for (const char* wrong : {"foo=1", "masked.span=3", "=1", "flow"}) {
    CAPTURE(wrong);
    const Outcome outcome = train_acoustic("--set " + std::string(wrong));
    CHECK(outcome.code == 2);
    CHECK(has(outcome.err, "--set"));
  }
  CHECK(has(train_acoustic("--set masked.span=3").err, "parallel, flow"));
}

TEST_CASE("tts train acoustic: shares outside of 0 to 1 are refused") {
  for (const char* wrong : {"--balance 1.5", "--balance -0.1", "--speaker-noise 2"}) {
    CAPTURE(wrong);
    const Outcome outcome = train_acoustic(wrong);
    CHECK(outcome.code == 2);
    CHECK(has(outcome.err, "it must be from 0 to 1"));
  }
}
