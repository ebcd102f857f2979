#include "acoustic/frame_encoder.h"

#include "acoustic/flow/flow.h"
#include "acoustic/parallel/parallel.h"
#include "tests/tensor_checks.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kVector = 6, kWidth = 5;

std::shared_ptr<FrameEncoder> encoder_of(int64_t speaker_width) {
  FrameEncoderOptions o;
  o.symbols = 7;
  o.channels = 16;
  o.text_blocks = o.frame_blocks = 1;
  o.speaker_vector = kVector;
  o.speaker_width = speaker_width;
  torch::manual_seed(1);
  auto encoder = std::make_shared<FrameEncoder>(o);
  encoder->eval();
  return encoder;
}

Condition rows_with_speakers() {
  Condition c;
  c.symbols = torch::tensor({{0, 1, 2, 3}, {4, 5, 6, 0}}, torch::kLong);
  c.attributes = torch::zeros({2, 4}, torch::kLong);
  c.symbol_lengths = torch::tensor({4, 3}, torch::kLong);
  c.durations = torch::tensor({{2, 3, 4, 1}, {1, 2, 3, 0}}, torch::kLong);
  torch::manual_seed(2);
  c.speakers = torch::randn({2, 1, kVector});
  c.speakers = c.speakers / c.speakers.norm(2, 2, true);
  return c;
}

std::shared_ptr<Generator> generator_of(const std::string& type,
                                        const std::shared_ptr<FrameEncoder>& encoder) {
  nlohmann::json json = {{"type", type}, {"latent", kWidth}, {"dropout", 0.0}, {"blocks", 2}};
  if (type == "flow")
    json.update({{"mean_blocks", 1}, {"channels", 16}, {"condition_dropout", 0.1}});
  torch::manual_seed(3);
  return make_generator(Config(json, "test"), encoder);
}

}  // namespace

TEST_CASE("frame encoder: sizes come back from JSON, and old descriptions have no speaker norms") {
  for (const int64_t width : {0, 8}) {
    const nlohmann::json json = encoder_of(width)->options().to_json();
    CHECK(json.contains("speaker_width") == (width > 0));
    CHECK(FrameEncoderOptions::from(Config(json, "test")).speaker_width == width);
  }
}

TEST_CASE("frame encoder: speakers move the norms of the blocks, row by row") {
  const auto encoder = encoder_of(8);
  Condition c = rows_with_speakers();
  const auto before = encoder->forward(c);
  CHECK(before.speaker.sizes() == torch::IntArrayRef({2, 1, 8}));
  c.speakers = torch::stack({c.speakers[0], -c.speakers[1]});
  const auto after = encoder->forward(c);
  CHECK_TENSOR_EQ(before.features[0], after.features[0]);
  CHECK_FALSE(torch::allclose(before.features[1], after.features[1]));
  CHECK_FALSE(encoder_of(0)->forward(c).speaker.defined());
}

TEST_CASE("generators learn through the speaker's norms, and flow unlearns him for guidance") {
  for (const char* type : {"parallel", "flow"}) {
    CAPTURE(type);
    const auto encoder = encoder_of(8);
    const auto generator = generator_of(type, encoder);
    Batch batch;
    batch.condition = rows_with_speakers();
    batch.frame_lengths = torch::tensor({10, 6}, torch::kLong);
    batch.latents = torch::randn({2, 10, kWidth});
    generator->train();
    generator->loss(batch).at("total").backward();
    double modulations = 0;
    for (const auto& parameter : generator->named_parameters()) {
      if (parameter.key().find("modulation.weight") == std::string::npos) continue;
      modulations += 1;
      CHECK(parameter.value().grad().abs().sum().item<double>() > 0);
    }
    CHECK(modulations >= 2);
    // A guided generation differs from an unguided one, and both depend on the speaker.
    generator->eval();
    Sampling sampling = generator->defaults();
    Condition other = batch.condition;
    other.speakers = -other.speakers;
    const Tensor one = generator->generate(batch.condition, sampling, {}).latents;
    CHECK_FALSE(torch::allclose(one, generator->generate(other, sampling, {}).latents));
  }
}
