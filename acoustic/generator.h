// The acoustic family: what to say and how long → codec frames.
#pragma once
#include <torch/torch.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "acoustic/frame_encoder.h"
#include "core/config.h"
#include "core/types.h"

namespace tts {

class Generator : public torch::nn::Module {
 public:
  // Writes the frames of every row of the condition. Latent members answer with standardised
  // latents [B, T, K] (CodecImpl::restore undoes it), token members with codes [B, T, Q]. The sink
  // gets frames as they are made and may cancel; a one-pass member calls it once. Thread-safe: the
  // state of a generation lives in the call. Rows do not influence each other, padding never
  // changes a result.
  virtual Generation generate(const Condition& condition,
                              const Sampling& sampling,
                              const FrameSink& sink) = 0;

  // Whether the member hears condition.known_latents (or known_codes) and fits its frames to them.
  virtual bool infills() const { return false; }

  // Whether frames follow the condition's durations, F0 and energy; else only their number does.
  virtual bool follows_prosody() const { return true; }

  // Tells how likely codes of the first level are, each given those before it: [B, T, 1 or more],
  // entries() where unknown → log probabilities [B, T]. Empty: the member cannot tell.
  using Scorer = std::function<Tensor(const Tensor& codes)>;
  virtual Scorer scorer(const Condition& condition) {
    (void)condition;
    return {};
  }
  // Type of the generator of the same voice that the member may ask for scores, when a request
  // wants it (Sampling::rescore). Empty: none.
  virtual std::string judge_type() const { return ""; }
  virtual void set_judge(std::function<Generator&()> judge) { (void)judge; }

  // Before training: what each code stands for, in standardised latents [Q, entries, K]. Members
  // that write latents have no use for it.
  virtual void start_from(const Tensor& meanings) { (void)meanings; }

  // Training losses; "total" is the one to minimise.
  virtual Losses loss(const Batch& batch) = 0;

  // The options of a request that mean something to this member (engine/options).
  virtual std::vector<std::string> options() const = 0;

  // What is drawn with unless a request says otherwise.
  virtual Sampling defaults() const { return {}; }

  // Type and dimensions, as in voice.json; make_generator reads it back.
  virtual nlohmann::json to_json() const = 0;
};

// What was made, with the frames that the condition says are known in their place. made: [B, T, K]
Tensor keep_known(const Tensor& made, const Condition& condition);
// The same for codes. made: [B, T, Q]
Tensor known_codes_or(const Condition& condition, const Tensor& made);

// The members by name. The frame encoder is shared by all generators of a voice and not part of
// their weights.
std::shared_ptr<Generator> make_generator(Config config,
                                          std::shared_ptr<FrameEncoder> frame_encoder);
std::vector<std::string> generator_types();

// Which of these generators is the least likely to say anything but its text: those that draw
// nothing before those that draw, those that write all frames at once before those that feed on
// their own.
std::string safest_generator(const std::vector<std::string>& names);

// A generator without weights of its own: a voice that has the parts has it too.
struct CompositeGenerator {
  std::string name;
  std::vector<std::string> parts;
  std::shared_ptr<Generator> (*make)(const std::vector<std::shared_ptr<Generator>>& parts);
};
const std::vector<CompositeGenerator>& composite_generators();

}  // namespace tts
