#include "analysis/semantic_tokens.h"

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

SemanticEncoder tiny_encoder() {
  torch::manual_seed(1);
  SemanticEncoderOptions o;
  o.bands = 16;
  o.channels = 12;
  o.hidden = 24;
  o.blocks = 2;
  o.feature_block = 1;
  o.kernel = 3;
  o.targets = 8;
  SemanticEncoder encoder(o);
  encoder->eval();
  return encoder;
}

std::string scratch(const std::string& name) {
  const auto folder = std::filesystem::temp_directory_path() / ("tts-semantic-" + name);
  std::filesystem::remove_all(folder);
  return folder.string();
}

std::string refusal(const std::string& folder) {
  try {
    SemanticTokens::load(folder);
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    return e.what();
  }
  return "";
}

void change(const std::string& folder, const std::string& key, const nlohmann::json& value) {
  std::ifstream saved(folder + "/semantic.json");
  nlohmann::json json = nlohmann::json::parse(saved);
  json[key] = value;
  std::ofstream(folder + "/semantic.json") << json.dump();
}

}  // namespace

TEST_CASE("semantic encoder: padding and level never change a frame; masked frames are hidden") {
  torch::NoGradGuard no_grad;
  SemanticEncoder encoder = tiny_encoder();
  const Tensor wave = torch::randn({2, 24000}) * 0.1;
  const Tensor heard = encoder->heard(wave);
  const Tensor features = encoder->features(heard);
  CHECK(features.sizes() == torch::IntArrayRef({2, 50, 12}));
  const Tensor quiet = encoder->features(encoder->heard(wave * 0.25));
  CHECK((quiet - features).abs().max().item<float>() < 2e-2);
  const Tensor alone = encoder->features(encoder->heard(wave.slice(0, 1, 2).slice(1, 0, 14400)));
  Tensor padded = wave.clone();
  padded[1].slice(0, 14400).zero_();
  const Tensor lengths = torch::tensor({50, 30});
  const Tensor beside = encoder->features(encoder->heard(padded, lengths), lengths);
  CHECK((beside[1].slice(0, 0, 30) - alone[0]).abs().max().item<float>() < 1e-3);
  // What is hidden has no say.
  Tensor masked = torch::zeros({2, 50}, torch::kBool);
  masked.slice(1, 10, 20).fill_(true);
  Tensor other = heard.clone();
  other.slice(1, 10, 20).add_(1);
  CHECK(encoder->predict(other, masked).equal(encoder->predict(heard, masked)));
  CHECK(!encoder->predict(other, ~masked).equal(encoder->predict(heard, ~masked)));
}

TEST_CASE("semantic encoder: targets do not depend on loudness alone once it is decorrelated") {
  torch::NoGradGuard no_grad;
  SemanticEncoder encoder = tiny_encoder();
  // All bands move together, and a little each for itself.
  const Tensor heard = torch::randn({4000, 1}) * 10 + torch::randn({4000, 32});
  const auto used = [&] {
    const Tensor share =
        torch::bincount(encoder->targets(heard), {}, 8).to(torch::kFloat) / heard.size(0);
    return (-(share * share.clamp_min(1e-9).log()).sum()).exp().item<float>();
  };
  const float before = used();
  encoder->set_statistics(heard);
  CHECK(used() > before);
  CHECK(used() > 5);
}

TEST_CASE("semantic tokens: written, read, the same every time, from either source") {
  torch::NoGradGuard no_grad;
  RecogniserOptions ear;
  ear.bands = 16;
  ear.channels = 12;
  ear.hidden = 24;
  ear.blocks = 1;
  ear.phones = {"a"};
  torch::manual_seed(2);
  const Tensor wave = torch::randn({9600}) * 0.1;
  for (const auto& source : {semantic_source(tiny_encoder()), semantic_source(Recogniser(ear))}) {
    CAPTURE(source.name);
    const std::string folder = scratch(source.name);
    source.network->eval();
    const Tensor heard = source.hear(wave.unsqueeze(0))[0];
    save_semantic(source, heard.slice(0, 0, 5), folder);
    const SemanticTokens semantic = SemanticTokens::load(folder);
    CHECK(semantic.entries() == 5);
    const Tensor tokens = semantic.tokens(wave);
    CHECK(tokens.sizes() == torch::IntArrayRef({20}));
    // The frames that became the table are their own tokens.
    CHECK(tokens.slice(0, 0, 5).equal(torch::arange(5)));
    const SemanticTokens again = SemanticTokens::load(folder);
    CHECK(again.tokens(wave).equal(tokens));
    CHECK(again.identity() == semantic.identity());
  }
}

TEST_CASE("semantic tokens: files that do not fit are refused with the name of what is wrong") {
  torch::NoGradGuard no_grad;
  const std::string folder = scratch("bad");
  CHECK(refusal(folder).find("semantic.json") != std::string::npos);
  const auto write = [&] {
    save_semantic(semantic_source(tiny_encoder()), torch::randn({5, 12}), folder);
  };
  write();
  CHECK(refusal(folder).empty());
  change(folder, "source", "guess");
  CHECK(refusal(folder).find("known: masked_prediction, recogniser") != std::string::npos);
  write();
  change(folder, "entries", 6);
  CHECK(refusal(folder).find("table.centres") != std::string::npos);
  write();
  change(folder, "more", 1);
  CHECK(refusal(folder).find("more") != std::string::npos);
  save_semantic(semantic_source(tiny_encoder()), torch::randn({5, 11}), folder);
  CHECK(refusal(folder).find("\"width\" is 11") != std::string::npos);
  write();
  std::ofstream(folder + "/semantic.safetensors") << "x";
  CHECK(refusal(folder).find("semantic.safetensors") != std::string::npos);
}
