// Sentences that are judged, and made again when they are bad: on the dummy voice, with an ear that
// hears what it is told.
#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "engine/verdict.h"
#include "tests/engine/helpers.h"
#include "tests/engine/tiny_ear.h"
#include "tests/test.h"

using namespace tts;

namespace {

const std::string kCheckedText = "[[həlˈoʊ]] [[wˈɜːld]] [[tədˈeɪ]].";

// Believes that a word is missing when that is likelier by five nats.
WordDecision plain_decision() {
  WordDecision decision;
  auto& missing = decision.faults[static_cast<size_t>(WordFault::kMissing)];
  missing.weights[0] = 1;
  missing.bias = -5;
  return decision;
}

// Hears the words of `script` in turn, the last of them for ever: "" is the whole sentence, else
// the word (0, 1, …) that is left out.
class ScriptedEar : public Ear {
 public:
  explicit ScriptedEar(std::vector<std::string> script, const std::string& language = "en-us")
      : Ear(tiny::recogniser_of({"h", "ə", "l", "oʊ", "w", "ɜː", "d", "t", "eɪ"}),
            {{language, plain_decision()}}),
        script_(std::move(script)) {}

  HeardFrames hear(const std::vector<float>& samples) const override {
    const std::string left_out = script_[std::min(turn_++, script_.size() - 1)];
    const std::vector<std::vector<int64_t>> words = {{1, 2, 3, 4}, {5, 6, 3, 7}, {8, 2, 7, 9}};
    std::vector<int64_t> frames(5, 0);
    for (size_t i = 0; i < words.size(); ++i) {
      if (left_out == std::to_string(i)) continue;
      for (const int64_t phone : words[i]) frames.insert(frames.end(), {phone, phone, phone, 0});
    }
    frames.resize(std::max(frames.size(), samples.size() / kFrameSamples), 0);
    return tiny::frames_that_say(frames, 10);
  }
  size_t turns() const { return turn_; }

 private:
  std::vector<std::string> script_;
  mutable std::atomic<size_t> turn_{0};
};

SpeakOptions checked(CheckMode mode, const std::string& generator = "vibrato") {
  SpeakOptions options = seeded(7);
  options.check = mode;
  options.generator = generator;
  return options;
}

Heard hear_checked(const SpeakOptions& options, std::shared_ptr<const Ear> ear) {
  return hear(Synthesizer(Voice::open("dummy"), options, std::move(ear)), kCheckedText);
}

Verdict verdict_in(const Heard& heard) {
  const auto verdicts = heard.of(EventKind::kVerdict);
  REQUIRE(verdicts.size() == 1);
  REQUIRE(verdicts[0].verdict != nullptr);
  return *verdicts[0].verdict;
}

Heard hear_unchecked(const std::string& generator) {
  return hear_checked(checked(CheckMode::kOff, generator), nullptr);
}

}  // namespace

TEST_CASE("check: a report changes no sound and names the word that was not heard") {
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1"});
  const Heard heard = hear_checked(checked(CheckMode::kReport), ear);
  CHECK(ear->turns() == 1);
  CHECK(heard.audio == hear_unchecked("vibrato").audio);
  const Verdict verdict = verdict_in(heard);
  REQUIRE(verdict.findings.size() == 1);
  const Finding& finding = verdict.findings[0];
  CHECK(finding.fault == Fault::kMissing);
  CHECK(finding.words == "[[wˈɜːld]]");
  CHECK(kCheckedText.substr(finding.bytes.begin, finding.bytes.end - finding.bytes.begin) ==
        finding.words);
  const Event word = heard.of(EventKind::kWord).at(1);
  CHECK(finding.samples.begin == word.samples.begin);
  CHECK(finding.samples.end == word.samples.end);
  const auto warnings = heard.of(EventKind::kWarning);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].text == "check: \"[[wˈɜːld]]\" may be missing");
  CHECK(warnings[0].bytes.begin == finding.bytes.begin);
}

TEST_CASE("check: a good sentence has a verdict and no warning, and the verdict is JSON") {
  const Heard heard = hear_checked(checked(CheckMode::kReport),
                                   std::make_shared<ScriptedEar>(std::vector<std::string>{""}));
  CHECK(verdict_in(heard).ok());
  CHECK(heard.of(EventKind::kWarning).empty());
  const Event event = heard.of(EventKind::kVerdict)[0];
  const auto json = nlohmann::json::parse(event.text);
  CHECK(json.at("ok") == true);
  CHECK(json.at("tries") == 1);
  CHECK(json.at("generator") == "vibrato");
  const Event sentence = heard.of(EventKind::kSentence)[0];
  CHECK(event.samples.begin == sentence.samples.begin);
  CHECK(event.bytes.end == sentence.bytes.end);
}

TEST_CASE("check: a bad sentence is made again with another seed, the same one every time") {
  const auto again = [] {
    return hear_checked(checked(CheckMode::kRetry),
                        std::make_shared<ScriptedEar>(std::vector<std::string>{"1", ""}));
  };
  const Heard heard = again();
  CHECK(verdict_in(heard).ok());
  CHECK(verdict_in(heard).tries == 2);
  CHECK(heard.of(EventKind::kWarning).empty());
  CHECK(heard.audio.size() == hear_unchecked("vibrato").audio.size());
  CHECK(heard.audio != hear_unchecked("vibrato").audio);
  CHECK(heard.audio == again().audio);
}

TEST_CASE("check: what is good at once is not touched") {
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{""});
  const Heard heard = hear_checked(checked(CheckMode::kRetry), ear);
  CHECK(ear->turns() == 1);
  CHECK(heard.audio == hear_unchecked("vibrato").audio);
}

TEST_CASE("check: after all seeds comes the safest generator") {
  SpeakOptions options = checked(CheckMode::kRetry);
  options.retries = 3;
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1", "0", "2", "1", ""});
  const Heard heard = hear_checked(options, ear);
  CHECK(ear->turns() == 5);
  CHECK(verdict_in(heard).tries == 5);
  CHECK(verdict_in(heard).generator == "tone");
  CHECK(heard.audio == hear_unchecked("tone").audio);
}

TEST_CASE("check: when all are bad the least bad is heard, and flagged") {
  SpeakOptions options = checked(CheckMode::kRetry);
  options.retries = 0;  // a value: no other seeds
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1"});
  const Heard heard = hear_checked(options, ear);
  CHECK(ear->turns() == 2);
  CHECK(!verdict_in(heard).ok());
  CHECK(verdict_in(heard).generator == "vibrato");
  CHECK(heard.of(EventKind::kWarning).size() == 1);
}

TEST_CASE("check: a generator that draws nothing is not tried again") {
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1"});
  hear_checked(checked(CheckMode::kRetry, "tone"), ear);
  CHECK(ear->turns() == 1);
}

TEST_CASE("check: without a calibrated ear the sound alone is judged, and that is said") {
  const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1"}, "de");
  const Verdict verdict = verdict_in(hear_checked(checked(CheckMode::kReport), ear));
  CHECK(verdict.ok());
  REQUIRE(verdict.unchecked.size() == 2);
  CHECK(verdict.unchecked[0] == "sound: the dummy voice says tones");
  CHECK(verdict.unchecked[1] == "words: the recogniser was not calibrated for en-us");
}

TEST_CASE("check: threads change neither the sound nor the verdicts") {
  const auto heard_with = [](int threads) {
    VoiceOptions voice;
    voice.threads = threads;
    const auto ear = std::make_shared<ScriptedEar>(std::vector<std::string>{"1"});
    return hear(Synthesizer(Voice::open("dummy", voice), checked(CheckMode::kRetry), ear),
                kCheckedText + "\n\n" + kCheckedText);
  };
  const Heard one = heard_with(1), three = heard_with(3);
  CHECK(one.audio == three.audio);
  REQUIRE(one.events.size() == three.events.size());
  for (size_t i = 0; i < one.events.size(); ++i) CHECK(one.events[i].text == three.events[i].text);
  CHECK(one.of(EventKind::kVerdict).size() == 2);
}

TEST_CASE("check: its options name their values, and retries want something to retry") {
  SpeakOptions options = seeded();
  CHECK(message_of(ErrorCode::kUsage, [&] { set_option(options, "check", "on"); }) ==
        "check is \"on\"; known: off, report, retry");
  options.retries = 1;
  CHECK(message_of(ErrorCode::kUsage, [&] { Synthesizer(Voice::open("dummy"), options); }) ==
        "retries is given without check retry, which it is for");
}
