// The smallest generator of every kind, and what they are tested on.
#pragma once
#include <map>

#include "acoustic/generator.h"
#include "tests/learning.h"
#include "tests/test.h"

namespace tts {

inline constexpr int64_t kSymbols = 7, kLatent = 3, kCodebooks = 3, kEntries = 7, kSemantic = 9;

inline std::shared_ptr<FrameEncoder> tiny_encoder() {
  FrameEncoderOptions o;
  o.symbols = kSymbols;
  o.channels = 24;
  o.text_blocks = 1;
  o.frame_blocks = 1;
  o.dropout = o.symbol_dropout = 0;
  o.languages = 2;
  o.speaker_vector = 3;
  return std::make_shared<FrameEncoder>(o);
}

// Every type, and those of their forms that take other ways.
inline std::map<std::string, nlohmann::json> tiny_members() {
  const nlohmann::json tokens = {{"codebooks", kCodebooks},
                                 {"entries", kEntries},
                                 {"embedding", 8},
                                 {"condition_blocks", 1},
                                 {"channels", 24},
                                 {"blocks", 2},
                                 {"dropout", 0.0},
                                 {"condition_dropout", 0.0},
                                 {"code_noise", 0.0}};
  nlohmann::json masked = tokens, autoregressive = tokens;
  masked["type"] = "masked";
  autoregressive.update({{"type", "autoregressive"}, {"heads", 2}, {"code_mask", 0.0}});
  nlohmann::json delay = autoregressive, coarse_first = autoregressive;
  delay["order"] = "delay";
  coarse_first.update({{"order", "coarse_first"}, {"refine_blocks", 2}});
  nlohmann::json pointing = coarse_first;
  pointing["pointer"] = true;
  nlohmann::json merged = coarse_first;
  merged["merged"] = 2;
  nlohmann::json dual = autoregressive, spans = masked;
  dual.update({{"order", "dual"}, {"chain_blocks", 1}});
  spans.update({{"span", 2}, {"fine_blocks", 1}});
  const nlohmann::json flow = {{"type", "flow"},
                               {"latent", kLatent},
                               {"mean_blocks", 1},
                               {"channels", 24},
                               {"blocks", 2},
                               {"dropout", 0.0},
                               {"condition_dropout", 0.0},
                               {"infill", true}};
  nlohmann::json scalars = flow;
  scalars.update({{"scalars", 4}, {"scalar_steps", 3}});
  nlohmann::json transformer = flow;
  transformer.update({{"trunk", "transformer"}, {"heads", 2}});
  nlohmann::json shortcut = flow;
  shortcut["shortcut"] = true;
  nlohmann::json two_stage = masked;
  two_stage.update({{"type", "two_stage"},
                    {"semantic_entries", kSemantic},
                    {"semantic_channels", 24},
                    {"semantic_blocks", 2},
                    {"heads", 2}});
  return {
      {"autoregressive, coarse_first", coarse_first},
      {"autoregressive, coarse_first, pointer", pointing},
      {"autoregressive, coarse_first, merged", merged},
      {"autoregressive, delay", delay},
      {"autoregressive, dual", dual},
      {"flow", flow},
      {"flow, scalars", scalars},
      {"flow, shortcut", shortcut},
      {"flow, transformer", transformer},
      {"masked", masked},
      {"masked, spans", spans},
      {"parallel", {{"type", "parallel"}, {"latent", kLatent}, {"blocks", 1}, {"dropout", 0.0}}},
      {"two_stage", two_stage}};
}

inline std::vector<std::string> member_names() {
  std::vector<std::string> names;
  for (const auto& [name, json] : tiny_members()) names.push_back(name);
  return names;
}

inline std::shared_ptr<Generator> tiny(const std::string& member,
                                       std::shared_ptr<FrameEncoder> encoder) {
  return make_generator(Config(tiny_members().at(member), "test"), encoder);
}

// What a generator wrote: latents or codes.
inline Tensor frames_of(const Generation& generation) {
  return generation.latents.defined() ? generation.latents : generation.codes.to(torch::kFloat);
}

// Codes of two_rows(), such as a member can write.
inline Tensor codes_for(const std::string& member) {
  Tensor codes = torch::randint(kEntries, {2, 9, kCodebooks}, torch::kLong);
  Tensor first = codes.select(2, 0);
  if (tiny_members().at(member).value("merged", 1) == 2)
    first.copy_(first.slice(1, 0, 9, 2).repeat_interleave(2, 1).slice(1, 0, 9));
  return codes;
}

// Rows of different length; the last symbols of the second row are padding.
inline Condition two_rows() {
  Condition c;
  c.symbols = torch::tensor({{1, 2, 3, 4}, {5, 6, 0, 0}});
  c.attributes = torch::zeros({2, 4}, torch::kLong);
  c.symbol_lengths = torch::tensor({4, 2});
  c.durations = torch::tensor({{2, 3, 0, 4}, {3, 2, 0, 0}});
  c.log_f0 = torch::full({2, 9}, 5.2);
  c.voicing = torch::ones({2, 9});
  c.energy = torch::zeros({2, 9});
  c.language = torch::tensor({0, 1});
  c.speakers = torch::tensor({{{1.0f, 0.0f, 0.0f}}, {{0.0f, 0.6f, 0.8f}}});
  return c;
}

inline Condition row(const Condition& c, int64_t i, int64_t symbols, int64_t frames) {
  Condition r = c;
  for (Tensor Condition::*f :
       {&Condition::symbols, &Condition::attributes, &Condition::durations}) {
    r.*f = (c.*f).slice(0, i, i + 1).slice(1, 0, symbols);
  }
  for (Tensor Condition::*f : {&Condition::log_f0, &Condition::voicing, &Condition::energy}) {
    r.*f = (c.*f).slice(0, i, i + 1).slice(1, 0, frames);
  }
  for (Tensor Condition::*f :
       {&Condition::symbol_lengths, &Condition::language, &Condition::speakers}) {
    r.*f = (c.*f).slice(0, i, i + 1);
  }
  return r;
}

// One row so many times.
inline Condition many_rows(const Condition& one, int64_t count) {
  Condition many = one;
  for (Tensor Condition::*f : {&Condition::symbols,
                               &Condition::attributes,
                               &Condition::durations,
                               &Condition::log_f0,
                               &Condition::voicing,
                               &Condition::energy,
                               &Condition::symbol_lengths,
                               &Condition::language,
                               &Condition::speakers})
    many.*f = (one.*f).repeat_interleave(count, 0);
  return many;
}

inline Sampling sampling(uint64_t seed) {
  Sampling s;
  s.seed = seed;
  s.utterances = {0, 1};
  s.steps = 4;
  return s;
}

// Trains a generator and its encoder until `learnt()`: tests/learning.h.
template <typename Learnt>
bool learn(Generator& generator, FrameEncoder& encoder, const Batch& batch, const Learnt& learnt) {
  std::vector<Tensor> parameters = encoder.parameters();
  for (const auto& p : generator.parameters()) parameters.push_back(p);
  const auto loss = [&] {
    generator.train();
    return generator.loss(batch).at("total");
  };
  return learn(parameters, loss, [&] {
    generator.eval();
    return learnt();
  });
}

// What was made, as training data has it: codes, or the signs of latents.
inline Tensor made_frames(const Generation& generation) {
  return generation.codes.defined() ? generation.codes : torch::sign(generation.latents);
}

}  // namespace tts
