// Editing: which symbols stay, how they are filled in, and how the sound is put together.
#include <cmath>

#include "engine/edit_plan.h"
#include "engine/edit_prosody.h"
#include "engine/editor.h"
#include "engine/splice.h"
#include "tests/engine/helpers.h"
#include "tests/engine/tiny_ear.h"
#include "tests/engine/tiny_voice.h"

using namespace tts;

namespace {

const std::vector<std::string> kEditPhones = {"t", "æ", "d", "ɪ", "k", "u", "ɡ"};

// An ear that hears what it is told: one letter per frame, numbers of kEditPhones from 1, 0
// silence.
class ToldEar : public Ear {
 public:
  explicit ToldEar(const std::string& frames) : Ear(tiny::recogniser_of(kEditPhones)) {
    for (const char frame : frames) frames_.push_back(frame - '0');
  }

  HeardFrames hear(const std::vector<float>&) const override {
    const auto width = static_cast<int64_t>(kEditPhones.size()) + 1;
    return tiny::frames_that_say(frames_, width);
  }

 private:
  std::vector<int64_t> frames_;
};

// In 25 frames.
const char* const kEditText = "tat did kuk";
const char* const kEditFrames = "0011221133443300556655000";

Waveform noise(int64_t samples, int rate_hz = 24000) {
  torch::manual_seed(1);
  const Tensor wave = torch::randn({samples}) * 0.1;
  return {{wave.data_ptr<float>(), wave.data_ptr<float>() + samples}, rate_hz};
}

// The words' phones, so that no test needs espeak-ng.
SpeakOptions edit_options() {
  const std::string path =
      (std::filesystem::temp_directory_path() / "tts_edit_lexicon.tsv").string();
  std::ofstream(path) << "tat\ttæt\ndid\tdɪd\nkuk\tkuk\ngigi\tɡɪɡɪ\nugu\tuɡu\n";
  SpeakOptions options = seeded();
  options.lexicons = {path};
  return options;
}

EditedRecording edited(const std::string& voice, const Waveform& recording, const TextEdit& edit) {
  const std::atomic<bool> never{false};
  const Editor editor(Voice::open(voice), std::make_shared<ToldEar>(kEditFrames), edit_options());
  return editor.edit(recording, kEditText, edit, never);
}

const TextEdit kEditReplace = {TextEdit::Kind::kReplace, "did", "gigi", 0};

// What is outside the gap and the fades of 5 ms is as it was.
void check_kept(const Waveform& recording, const EditedRecording& out) {
  const int64_t fade = recording.sample_rate_hz * 5 / 1000;
  const auto size = static_cast<int64_t>(recording.samples.size());
  REQUIRE(static_cast<int64_t>(out.wave.samples.size()) == size + out.added.end - out.removed.end);
  int64_t changed = 0;
  for (int64_t i = 0; i < out.removed.begin - fade; ++i)
    changed += out.wave.samples[i] != recording.samples[i];
  for (int64_t i = out.removed.end + fade; i < size; ++i)
    changed += out.wave.samples[i - out.removed.end + out.added.end] != recording.samples[i];
  CHECK(changed == 0);
}

Prosody prosody_of(std::vector<float> frames,
                   std::vector<float> log_f0,
                   std::vector<float> voicing) {
  const auto row = [](const std::vector<float>& values) {
    return torch::tensor(values).unsqueeze(0);
  };
  return {row(frames), row(log_f0), row(voicing), row(std::vector<float>(frames.size(), 0))};
}

}  // namespace

TEST_CASE("edit: new words in a recording, all else sample for sample") {
  const Waveform recording = noise(25 * 480);
  const EditedRecording out = edited("dummy", recording, kEditReplace);
  CHECK(out.text == "tat gigi kuk");
  CHECK(out.removed.begin == 8 * 480);
  CHECK(out.removed.end == 14 * 480);
  CHECK(out.added.begin == out.removed.begin);
  CHECK(out.added.end > out.added.begin + 4 * 480);
  CHECK(out.phone_error_rate == 0);
  check_kept(recording, out);
  std::vector<SampleSpan> words;
  for (const auto& event : out.events) {
    if (event.kind == EventKind::kWord) words.push_back(event.samples);
  }
  REQUIRE(words.size() == 3);
  CHECK(words[0].begin == 2 * 480);
  CHECK(words[0].end == 8 * 480);
  CHECK(words[1].begin == out.added.begin);
  CHECK(words[1].end == out.added.end);
  CHECK(words[2].begin == out.added.end + 960);  // behind a pause that stays
  CHECK(out.events.back().samples.end == static_cast<int64_t>(out.wave.samples.size()));
}

TEST_CASE("edit: deleted words are cut out, added ones put between") {
  const Waveform recording = noise(25 * 480);
  const EditedRecording less = edited("dummy", recording, {TextEdit::Kind::kDelete, "did", "", 0});
  CHECK(less.added.begin == less.added.end);
  CHECK(less.wave.samples.size() < recording.samples.size() - 5 * 480);
  check_kept(recording, less);
  const EditedRecording more =
      edited("dummy", recording, {TextEdit::Kind::kInsertAfter, "kuk", "did", 0});
  CHECK(more.removed.begin == more.removed.end);
  CHECK(more.added.end - more.added.begin >= 6 * 480);
  check_kept(recording, more);
}

TEST_CASE("edit: at the recording's own rate") {
  const Waveform recording = noise(2 * 25 * 480 + 100, 48000);
  const EditedRecording out = edited("dummy", recording, kEditReplace);
  CHECK(out.wave.sample_rate_hz == 48000);
  CHECK(out.removed.begin == 2 * 8 * 480);
  check_kept(recording, out);
}

TEST_CASE("edit: a flow generator that infills is told the frames around the gap") {
  const TemporaryFolder root;
  tiny::write_voice(root.path);
  const Waveform recording = noise(25 * 480);
  const EditedRecording pasted = edited(root.path + "/tiny", recording, kEditReplace);
  check_kept(recording, pasted);
  // The same voice with a generator that listens to known frames.
  nlohmann::json voice = tiny::read_json(root.path + "/tiny/voice.json");
  voice["generators"]["flow"]["infill"] = true;
  tiny::write_json(root.path + "/tiny/voice.json", voice);
  const VoiceManifest manifest = VoiceManifest::from_file(root.path + "/tiny/voice.json");
  const auto encoder =
      std::make_shared<FrameEncoder>(FrameEncoderOptions::from(manifest.frame_encoder_config()));
  torch::manual_seed(2);
  const auto generator = make_generator(manifest.generator_config("flow"), encoder);
  {
    torch::NoGradGuard no_grad;
    for (auto& item : generator->named_parameters()) {
      if (item.key() == "known.weight") item.value().normal_();
    }
  }
  save_sharded(root.path + "/tiny/generator-flow", module_tensors(*generator), {}, SaveType::kHalf);
  const EditedRecording told = edited(root.path + "/tiny", recording, kEditReplace);
  check_kept(recording, told);
  CHECK(told.wave.samples != pasted.wave.samples);
  // Another recording around the same gap leads to another sound in it.
  Waveform louder = recording;
  for (size_t i = 0; i < louder.samples.size(); ++i)
    louder.samples[i] = 0.2f * static_cast<float>(std::sin(0.05 * static_cast<double>(i)));
  const EditedRecording elsewhere = edited(root.path + "/tiny", louder, kEditReplace);
  CHECK(std::vector<float>(elsewhere.wave.samples.begin() + told.added.begin,
                           elsewhere.wave.samples.begin() + told.added.begin + 960) !=
        std::vector<float>(told.wave.samples.begin() + told.added.begin,
                           told.wave.samples.begin() + told.added.begin + 960));
  CHECK(edited(root.path + "/tiny", recording, kEditReplace).wave.samples == told.wave.samples);
}

TEST_CASE("edit: a recording of something else is refused, with what was heard") {
  const std::atomic<bool> never{false};
  const Editor editor(Voice::open("dummy"), std::make_shared<ToldEar>(kEditFrames), edit_options());
  const std::string message = message_of(
      ErrorCode::kInput, [&] { editor.edit(noise(25 * 480), "ugu did ugu", kEditReplace, never); });
  CHECK(contains_text(message, "does not say its text"));
  CHECK(contains_text(message, "heard: t æ t d ɪ d k u k"));
  const std::atomic<bool> now{true};
  message_of(ErrorCode::kCancelled,
             [&] { editor.edit(noise(25 * 480), kEditText, kEditReplace, now); });
}

TEST_CASE("edit: words that the text leaves out and the edit takes away are a warning") {
  const std::atomic<bool> never{false};
  const auto warnings = [&](const std::string& frames) {
    const Editor editor(Voice::open("dummy"), std::make_shared<ToldEar>(frames), edit_options());
    std::string out;
    for (const auto& event : editor.edit(noise(25 * 480), kEditText, kEditReplace, never).events) {
      if (event.kind == EventKind::kWarning) out += event.text;
    }
    return out;
  };
  CHECK(warnings(kEditFrames).empty());
  CHECK(contains_text(warnings("0112213454543300556655000"), "more is said there than the text"));
}

TEST_CASE("edit: words that are not there, or several times") {
  const std::string text = "The cat saw the other cat.";
  const auto message = [&](const TextEdit& edit) {
    return message_of(ErrorCode::kUsage, [&] { changed_text(text, edit); });
  };
  using Kind = TextEdit::Kind;
  CHECK(contains_text(message({Kind::kReplace, "cut", "dog", 0}), "the nearest it has: \"cat\""));
  CHECK(contains_text(message({Kind::kReplace, "cat", "dog", 0}), "2 times; say which"));
  CHECK(contains_text(message({Kind::kReplace, "cat", "dog", 3}), "2 times"));
  CHECK(contains_text(message({Kind::kReplace, "saw", "!", 0}), "no letters"));
  CHECK(changed_text(text, {Kind::kReplace, "cat", "dog", 2}).text == "The cat saw the other dog.");
  CHECK(changed_text(text, {Kind::kInsertAfter, "saw", "all of", 0}).text ==
        "The cat saw all of the other cat.");
}

TEST_CASE("edit: prosody of a gap follows the speaker's rate and what stands around it") {
  // Known phones last twice as long as predicted and lie 0.2 above on the left, 0.4 on the right.
  const Prosody known = prosody_of({10, 10, 0, 0, 10}, {5.2f, 5.2f, 0, 0, 5.4f}, {1, 1, 0, 0, 1});
  const Prosody predicted = prosody_of({5, 5, 3, 4, 5}, {5, 5, 5, 5, 5}, {1, 1, 1, 0, 1});
  const Prosody out = fill_prosody(known, predicted, {2, 4}, {true, true, true, true, true});
  const auto close = [](const Tensor& a, std::vector<float> b) {
    return (a - torch::tensor(b)).abs().max().item<float>() < 1e-5;
  };
  CHECK(close(out.durations[0], {10, 10, 6, 8, 10}));
  CHECK(close(out.voicing[0], {1, 1, 1, 0, 1}));
  CHECK(close(out.log_f0[0], {5.2f, 5.2f, 5.25f, 5.35f, 5.4f}));
  CHECK(close(out.energy[0], {0, 0, 0, 0, 0}));
}

TEST_CASE("edit: measured prosody is that of the symbols' own frames") {
  const Tensor t = torch::arange(20 * 480) / 24000.0;
  const Tensor tone = torch::sin(t * 2 * M_PI * 200) * 0.1;
  const Tensor samples = torch::cat({torch::zeros({10 * 480}), tone});
  VoiceStatistics statistics;
  statistics.energy_mean = -3;
  statistics.energy_deviation = 2;
  const Prosody p = measure_prosody(samples, {10, 20, 0}, statistics);
  CHECK(p.voicing[0][0].item<double>() < 0.2);
  CHECK(p.voicing[0][1].item<double>() > 0.8);
  CHECK(p.log_f0[0][1].item<double>() == doctest::Approx(std::log(200)).epsilon(0.002));
  const double level = std::log(0.1 / std::sqrt(2.0));
  CHECK(p.energy[0][1].item<double>() == doctest::Approx((level + 3) / 2).epsilon(0.01));
  CHECK(p.energy[0][2].item<double>() == doctest::Approx((level + 3) / 2).epsilon(0.01));
  CHECK(level_gain(samples, statistics) == doctest::Approx(std::exp(-3 - level)).epsilon(0.02));
}

TEST_CASE("splice: levels follow the surroundings, seams are faded, the rest stays") {
  std::vector<float> recording(1000, 0.2f);
  std::fill(recording.begin() + 600, recording.end(), 0.1f);
  Patch patch{std::vector<float>(500, 0.1f), 200, 200};
  const auto out = splice(recording, {400, 600}, patch, 10);
  REQUIRE(out.size() == 900);
  for (size_t i = 0; i < 390; ++i) REQUIRE(out[i] == 0.2f);
  for (size_t i = 510; i < 900; ++i) REQUIRE(out[i] == 0.1f);
  CHECK(out[400] == doctest::Approx(0.2).epsilon(0.01));  // twice as loud as made
  CHECK(out[499] == doctest::Approx(0.1).epsilon(0.01));
  CHECK(out[450] == doctest::Approx(0.1 * std::sqrt(2.0)).epsilon(0.01));
  const auto cut = splice(recording, {400, 600}, {}, 10);
  REQUIRE(cut.size() == 800);
  CHECK(cut[394] == 0.2f);
  CHECK(cut[405] == 0.1f);
}

TEST_CASE("ear: a text against what was heard") {
  const ToldEar ear(kEditFrames);
  const HeardFrames heard = ear.hear({});
  const Synthesizer reader(Voice::open("dummy"), seeded());
  const auto check = [&](const char* text) {
    return ear.check(heard, joined_sentences(reader.read(text)), ctc_greedy(heard.ctc_rows()));
  };
  const TextCheck right = check("[[tæt]] [[dɪd]] [[kuk]]");
  CHECK(right.phone_error_rate == 0);
  REQUIRE(right.words.size() == 3);
  CHECK(right.words[2].samples.begin == 16 * 480);
  CHECK(right.words[2].samples.end == 22 * 480);
  for (const auto& word : right.words) CHECK(word.fit > -1e-6);
  const TextCheck wrong = check("[[tæt]] [[ɡuɡ]] [[kuk]]");
  CHECK(wrong.edits.substituted == 3);
  // Freed of its own phones, a neighbour lends its frames to the wrong word: it fits less well too,
  // but better.
  CHECK(wrong.words[1].fit < -1);
  CHECK(wrong.words[0].fit > wrong.words[1].fit);
  CHECK(wrong.words[2].fit > wrong.words[1].fit);
  Symbol unknown;
  unknown.phone = "ɮ";
  CHECK(ear.output_of(unknown) == kAnyPhone);
  unknown.phone = "i";  // the nearest that it knows
  CHECK(ear.output_of(unknown) == 4);
  CHECK(ear.phones_of({1, 2}) == "t æ");
}
