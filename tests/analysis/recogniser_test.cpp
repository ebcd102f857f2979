#include "analysis/recogniser.h"

#include <filesystem>
#include <fstream>

#include "analysis/phone_alignment.h"
#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

Recogniser tiny() {
  torch::manual_seed(1);
  RecogniserOptions o;
  o.bands = 16;
  o.channels = 12;
  o.hidden = 24;
  o.blocks = 2;
  o.kernel = 3;
  o.phones = {"a", "aː", "t"};
  Recogniser recogniser(o);
  recogniser->eval();
  return recogniser;
}

Symbol symbol(const std::string& phone, int word = -1) {
  Symbol s;
  s.phone = phone;
  s.word = word;
  return s;
}

// Log probabilities of frames that say `outputs`, each with 0.9.
Tensor frames_that_say(const std::vector<int64_t>& outputs, int64_t width) {
  Tensor out = torch::full({static_cast<int64_t>(outputs.size()), width}, 0.1 / (width - 1));
  for (size_t t = 0; t < outputs.size(); ++t) out[static_cast<int64_t>(t)][outputs[t]] = 0.9;
  return out.log().contiguous();
}

CtcRows rows_of_frames(const Tensor& frames) {
  return {frames.data_ptr<float>(), frames.size(0), frames.size(1)};
}

}  // namespace

TEST_CASE("recogniser: one that begins from a shallower one hears the same, and can learn") {
  Recogniser trained = tiny();
  RecogniserOptions deeper = trained->options();
  deeper.blocks = 4;
  Recogniser recogniser(deeper);
  recogniser->eval();
  begin_from(recogniser, trained);
  const Tensor features = recogniser->features(torch::randn({1, 24000}) * 0.1);
  const Hearing heard = recogniser->forward(features);
  CHECK(heard.ctc.equal(trained->forward(features).ctc));
  heard.ctc.select(2, 1).sum().backward();
  const auto own = recogniser->named_parameters();
  CHECK(own["blocks.3.layer_scale"].grad().abs().max().item<float>() > 0);
}

TEST_CASE(
    "recogniser: one that begins from a trained one and knows further phones keeps the rest") {
  torch::NoGradGuard no_grad;
  Recogniser trained = tiny();
  RecogniserOptions wider = trained->options();
  wider.phones.insert(wider.phones.end(), {"x", "y"});
  Recogniser recogniser(wider);
  recogniser->eval();
  begin_from(recogniser, trained);
  const Tensor features = recogniser->features(torch::randn({1, 24000}) * 0.1);
  const Tensor heard = recogniser->forward(features).frames,
               before = trained->forward(features).frames;
  CHECK(heard.size(2) == 6);
  // Log probabilities of the phones of both, against silence: the further ones share out the rest.
  const Tensor known = heard.slice(2, 0, 4);
  CHECK(torch::allclose(known - known.slice(2, 0, 1), before - before.slice(2, 0, 1), 1e-4, 1e-5));
}

TEST_CASE("recogniser: a phone that it does not know is the nearest that it does, or any") {
  const std::vector<std::string> phones = {"a", "aː", "t"};
  Symbol long_t = symbol("t", 0), long_a = symbol("a", 0);
  long_t.long_mark = long_a.long_mark = true;
  CHECK(recogniser_output(phones, symbol("a", 0)) == 1);
  CHECK(recogniser_output(phones, long_a) == 2);
  CHECK(recogniser_output(phones, long_t) == 3);
  CHECK(recogniser_output(phones, symbol("tʰ", 0)) == 3);
  CHECK(recogniser_output(phones, symbol("ʘ", 0)) == kAnyPhone);
  CHECK(recogniser_output(phones, symbol("|")) == 0);
}

TEST_CASE("recogniser: 50 frames per second, free of padding, neighbours and level") {
  torch::NoGradGuard no_grad;
  Recogniser recogniser = tiny();
  const Tensor wave = torch::randn({2, 24000}) * 0.1;
  const Hearing both = recogniser->forward(recogniser->features(wave));
  CHECK(both.ctc.sizes() == torch::IntArrayRef({2, 50, 4}));
  CHECK(both.frames.sizes() == torch::IntArrayRef({2, 50, 4}));
  CHECK((both.ctc.exp().sum(2) - 1).abs().max().item<float>() < 1e-5);
  const Hearing quiet = recogniser->forward(recogniser->features(wave * 0.25));
  CHECK((quiet.ctc - both.ctc).abs().max().item<float>() < 1e-2);
  const Tensor shorter = wave.slice(0, 1, 2).slice(1, 0, 14400);
  const Hearing alone = recogniser->forward(recogniser->features(shorter));
  Tensor padded = wave.clone();
  padded[1].slice(0, 14400).zero_();
  const Tensor lengths = torch::tensor({50, 30});
  const Hearing beside = recogniser->forward(recogniser->features(padded, lengths), lengths);
  CHECK((beside.ctc[1].slice(0, 0, 30) - alone.ctc[0]).abs().max().item<float>() < 1e-4);
  CHECK((beside.frames[0] - both.frames[0]).abs().max().item<float>() < 1e-4);
}

TEST_CASE("recogniser: written, read, and refused with the name of what is wrong") {
  torch::NoGradGuard no_grad;
  const std::string folder = (std::filesystem::temp_directory_path() / "tts-recogniser").string();
  std::filesystem::remove_all(folder);
  Recogniser recogniser = tiny();
  save_recogniser(recogniser, folder);
  Recogniser again = load_recogniser(folder);
  CHECK(again->options().phones == recogniser->options().phones);
  const Tensor wave = torch::randn({1, 4800}) * 0.1;
  const Tensor was = recogniser->forward(recogniser->features(wave)).ctc;
  CHECK((again->forward(again->features(wave)).ctc - was).abs().max().item<float>() < 1e-2);
  std::ifstream saved(folder + "/recogniser.json");
  nlohmann::json json = nlohmann::json::parse(saved);
  json["bands"] = 2;
  std::ofstream(folder + "/recogniser.json") << json.dump();
  try {
    load_recogniser(folder);
    FAIL("not refused");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    CHECK_MESSAGE(
        std::string(e.what()).find("\"bands\" is 2; it must be 8 to 256") != std::string::npos,
        std::string(e.what()));
  }
}

TEST_CASE("recogniser: a long phone is a phone of its own, marks are none") {
  Symbol a = symbol("a");
  CHECK(recogniser_phone(a) == "a");
  a.long_mark = true;
  CHECK(recogniser_phone(a) == "aː");
  for (const char* mark : {"_", "|", "#", ",", ".", "…", "—"})
    CHECK(recogniser_phone(symbol(mark)).empty());
}

TEST_CASE("phones are aligned by what each frame says") {
  // _ a | t _ with a pause between the words.
  const std::vector<Symbol> symbols = {
      symbol("_"), symbol("a", 0), symbol("|"), symbol("t", 1), symbol("_")};
  const Tensor frames = frames_that_say({0, 0, 1, 1, 1, 0, 0, 0, 0, 2, 2, 0}, 3);
  const PhoneAlignment a = align_phones(rows_of_frames(frames), symbols, {0, 1, 0, 2, 0});
  REQUIRE(a.possible);
  CHECK(a.durations == std::vector<int64_t>{2, 3, 4, 2, 1});
  CHECK(a.score == doctest::Approx(std::log(0.9)));
  // A phone that the recogniser does not know is any phone.
  const PhoneAlignment any = align_phones(rows_of_frames(frames), symbols, {0, 1, 0, kAnyPhone, 0});
  CHECK(any.durations == a.durations);
  CHECK(align_phones(rows_of_frames(frames), symbols, {0, 2, 0, 1, 0}).score < a.score - 0.5);
  const Tensor short_frames = frames_that_say({0, 1, 0}, 3);
  CHECK(!align_phones(rows_of_frames(short_frames), symbols, {0, 1, 0, 2, 0}).possible);
}
