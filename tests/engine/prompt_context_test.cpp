// Going on from a prompt whose words are known.
#include "engine/prompt_context.h"

#include <cmath>

#include "tests/engine/shared_voices.h"
#include "tests/engine/tiny_ear.h"
#include "tests/test.h"

using namespace tts;

namespace {

const std::vector<std::string> kPromptPhones = {"t", "æ", "d", "ɪ"};
const std::string kPromptText = "[[tæt]] [[dɪd]]";

// Hears the phones of kPromptText, each for the same time, between ten frames of silence.
class EvenEar : public Ear {
 public:
  explicit EvenEar(std::vector<int64_t> outputs = {1, 2, 1, 3, 4, 3})
      : Ear(tiny::recogniser_of(kPromptPhones)), outputs_(std::move(outputs)) {}

  HeardFrames hear(const std::vector<float>& samples) const override {
    const auto frames = static_cast<int64_t>(samples.size()) / 480;
    const auto width = static_cast<int64_t>(kPromptPhones.size()) + 1;
    const auto count = static_cast<int64_t>(outputs_.size());
    std::vector<int64_t> heard;
    for (int64_t t = 0; t < frames; ++t) {
      const bool silent = t < 10 || t >= frames - 10;
      const int64_t place = silent ? 0 : (t - 10) * count / (frames - 20);
      heard.push_back(silent ? 0 : outputs_[static_cast<size_t>(place)]);
    }
    return tiny::frames_that_say(heard, width);
  }

 private:
  std::vector<int64_t> outputs_;
};

// The shared voices with a flow generator that goes on from frames that are known.
struct InfillingVoices : SharedVoices {
  InfillingVoices() {
    const std::string base = path + "/base/base.json";
    nlohmann::json json = tiny::read_json(base);
    json["generators"]["flow"]["infill"] = true;
    tiny::write_json(base, json);
    const auto encoder =
        std::make_shared<FrameEncoder>(FrameEncoderOptions::from({json["frame_encoder"], "tiny"}));
    torch::manual_seed(5);
    const auto flow = make_generator({json["generators"]["flow"], "tiny"}, encoder);
    save_sharded(path + "/base/generator-flow", module_tensors(*flow), {}, SaveType::kHalf);
  }
  SpeakOptions options(const std::string& text) const {
    SpeakOptions options = seeded();
    options.language = "en-us";
    options.prompts.push_back({path + "/low.wav", nullptr});
    options.prompt_texts = {text};
    return options;
  }
  Heard hear_context(const std::string& text) const {
    const Synthesizer synthesizer(voice(), options(text), std::make_shared<EvenEar>());
    return hear(synthesizer, "[[həlˈoʊ]] [[wˈɜːld]]. [[həlˈoʊ]]");
  }
};

PromptSymbols told(const EvenEar& ear, const Prompt& prompt, const std::string& ipa) {
  const auto voice = Voice::open("dummy");
  const Synthesizer reader(voice, seeded());
  SymbolEncoder encoder(voice->manifest());
  return symbols_of_prompt(ear, prompt, reader.read(ipa), encoder);
}

Prompt low_prompt(double seconds = 4) {
  SpeechLike sound;
  sound.seconds = seconds;
  return prepare_prompt({speech_like(sound), sound.sample_rate_hz}, "low.wav");
}

}  // namespace

TEST_CASE("prompt context: each phone has the frames in which it was heard") {
  const Prompt prompt = low_prompt();
  const PromptSymbols symbols = told(EvenEar(), prompt, kPromptText);
  const auto frames = static_cast<int64_t>(prompt.samples.size()) / 480;
  CHECK(symbols.count() == frames);
  REQUIRE(symbols.frames.size() == symbols.symbols.ids.size());
  const double each = static_cast<double>(frames - 20) / 6;
  int phones = 0;
  for (size_t i = 0; i < symbols.frames.size(); ++i) {
    if (!is_phone(symbols.symbols.symbols[i])) continue;
    ++phones;
    CHECK(std::abs(static_cast<double>(symbols.frames[i]) - each) <= 2);
  }
  CHECK(phones == 6);
}

TEST_CASE("prompt context: a long prompt gives its first whole words") {
  const PromptSymbols symbols = told(EvenEar(), low_prompt(12), kPromptText);
  CHECK(symbols.count() <= kLongestPromptFrames);
  CHECK(symbols.count() > kLongestPromptFrames / 2);
  CHECK(symbols.symbols.symbols.back().phone == "t");
  CHECK(symbols.symbols.symbols.back().word_end);
}

TEST_CASE("prompt context: a prompt that says something else") {
  const EvenEar other({4, 3, 4, 2, 1, 2});
  const std::string message =
      message_of(ErrorCode::kInput, [&] { told(other, low_prompt(), kPromptText); });
  CHECK(contains_text(message, "low.wav: does not say its text ("));
  CHECK(contains_text(message, "heard: ɪ d ɪ æ t æ"));
}

TEST_CASE("prompt context: the speech is as long as without, and none of the prompt is heard") {
  const InfillingVoices folder;
  const Heard with = folder.hear_context(kPromptText), without = folder.hear_context("");
  CHECK(with.audio.size() == without.audio.size());
  CHECK(with.audio != without.audio);
  CHECK(with.audio == folder.hear_context(kPromptText).audio);
  const auto words = with.of(EventKind::kWord), plain = without.of(EventKind::kWord);
  REQUIRE(words.size() == 3);
  for (size_t i = 0; i < words.size(); ++i) CHECK(words[i].samples.begin == plain[i].samples.begin);
}

TEST_CASE("prompt context: one prompt after the other, as many whole words as there is room for") {
  const InfillingVoices folder;
  SpeakOptions options = folder.options(kPromptText);
  const auto said = [&] {
    return hear(Synthesizer(folder.voice(), options, std::make_shared<EvenEar>()),
                "[[həlˈoʊ]] [[wˈɜːld]]. [[həlˈoʊ]]");
  };
  options.prompts.push_back(options.prompts.front());
  const Heard one = said();
  options.prompt_texts.push_back(kPromptText);
  const Heard both = said();
  CHECK(both.audio.size() == one.audio.size());
  CHECK(both.audio != one.audio);
  CHECK(both.of(EventKind::kWarning).size() == one.of(EventKind::kWarning).size());
  options.prompts.resize(6, options.prompts.front());
  options.prompt_texts.resize(6, kPromptText);
  const Heard many = said();
  CHECK(many.audio.size() == one.audio.size());
  const auto warnings = many.of(EventKind::kWarning);
  REQUIRE(!warnings.empty());
  CHECK(contains_text(warnings.back().text, "no word of it fits into what is continued"));
  options.prompts.resize(5);
  CHECK(contains_text(message_of(ErrorCode::kUsage, said), "6 times prompt-text for 5 prompt-wav"));
}

TEST_CASE("prompt context: a text may be left out") {
  const InfillingVoices folder;
  SpeakOptions options = folder.options("");
  options.prompts.push_back(options.prompts.front());
  const auto said = [&] {
    return hear(Synthesizer(folder.voice(), options, std::make_shared<EvenEar>()), "[[həlˈoʊ]]")
        .audio;
  };
  const auto imitated = said();
  options.prompt_texts = {"", kPromptText};
  CHECK(said() != imitated);
}

TEST_CASE("prompt context: prompt first, then the text, known where the prompt is") {
  const InfillingVoices folder;
  const auto voice = folder.voice();
  const Prompt prompt = low_prompt();
  const Synthesizer reader(voice, folder.options(""));
  SymbolEncoder encoder(voice->manifest());
  const PromptSymbols symbols =
      symbols_of_prompt(EvenEar(), prompt, reader.read(kPromptText), encoder);
  Condition told_symbols;
  const auto n = static_cast<int64_t>(symbols.frames.size());
  told_symbols.symbols = torch::tensor(symbols.symbols.ids).unsqueeze(0);
  told_symbols.attributes = torch::tensor(symbols.symbols.attributes).unsqueeze(0);
  told_symbols.symbol_lengths = torch::tensor({n});
  told_symbols.optional = torch::zeros({1, n}, torch::kBool);
  const VoiceStatistics statistics = voice->manifest().statistics;
  const PromptContext context = context_of(*voice, prompt, symbols, statistics, told_symbols);
  CHECK(context.count() == symbols.count());
  CHECK(context.condition.log_f0.size(1) == context.count());
  Condition text = told_symbols;
  text.durations = torch::full({1, n}, 2, torch::kLong);
  text.log_f0 = text.voicing = text.energy = torch::zeros({1, 2 * n});
  const Condition both = context.before(text);
  const int64_t total = context.count() + 2 * n;
  CHECK(both.symbols.size(1) == 2 * n);
  CHECK(both.symbol_lengths[0].item<int64_t>() == 2 * n);
  CHECK(both.durations.sum().item<int64_t>() == total);
  CHECK(both.log_f0.size(1) == total);
  CHECK(both.known_latents.size(1) == total);
  CHECK(both.known_codes.size(1) == total);
  CHECK(both.known_mask.sum().item<int64_t>() == context.count());
  CHECK(both.known_mask[0][context.count() - 1].item<bool>());
  CHECK(!both.known_mask[0][context.count()].item<bool>());
  // The prompt is as long as its words say, and spoken at its own pitch.
  CHECK(context.condition.log_f0.mean().item<double>() ==
        doctest::Approx(std::log(150.0)).epsilon(0.05));
}

TEST_CASE("prompt context: what is refused") {
  const InfillingVoices folder;
  SpeakOptions options = folder.options(kPromptText);
  const auto complaint = [&] {
    return message_of(ErrorCode::kUsage, [&] {
      const Synthesizer synthesizer(folder.voice(), options, std::make_shared<EvenEar>());
    });
  };
  options.generator = "parallel";
  CHECK(contains_text(complaint(), "generators that can: flow"));
  options = folder.options(kPromptText);
  options.prompts.clear();
  CHECK(contains_text(complaint(), "prompt-text is given without prompt-wav"));
}
