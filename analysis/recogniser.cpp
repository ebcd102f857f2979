#include "analysis/recogniser.h"

#include <algorithm>
#include <filesystem>

#include "analysis/ctc.h"
#include "analysis/mel_pairs.h"
#include "core/atomic_file.h"
#include "core/near_phones.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

constexpr int64_t kInputKernel = 3;

}  // namespace

RecogniserOptions RecogniserOptions::from(Config c) {
  RecogniserOptions o;
  o.bands = c.integer("bands", 8, 256);
  o.channels = c.integer("channels", 4, 4096);
  o.hidden = c.integer("hidden", 4, 16384);
  o.blocks = c.integer("blocks", 0, 64);
  o.kernel = c.integer("kernel", 1, 63);
  o.phones = c.texts("phones");
  c.finish();
  return o;
}

nlohmann::json RecogniserOptions::to_json() const {
  return {{"bands", bands},
          {"channels", channels},
          {"hidden", hidden},
          {"blocks", blocks},
          {"kernel", kernel},
          {"phones", phones}};
}

RecogniserImpl::RecogniserImpl(const RecogniserOptions& o)
    : options_(o),
      log_mel_(mel_of_pairs(o.bands)),
      input_(register_module("input", FrameConv(2 * o.bands, o.channels, kInputKernel))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      ctc_(register_module(
          "ctc", torch::nn::Linear(o.channels, 1 + static_cast<int64_t>(o.phones.size())))),
      frames_(register_module(
          "frames", torch::nn::Linear(o.channels, 1 + static_cast<int64_t>(o.phones.size())))) {
  ConvNeXtOptions block{o.channels, o.hidden, o.kernel};
  block.dropout = o.dropout;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor RecogniserImpl::features(const Tensor& wave, const Tensor& lengths) const {
  return mel_pairs(log_mel_, wave, lengths);
}

Tensor RecogniserImpl::hidden(const Tensor& features, const Tensor& lengths) {
  const Tensor mask = valid_mask(lengths, features);
  Tensor x = input_(features);
  for (const auto& block : *blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask);
  return norm_(x);
}

Hearing RecogniserImpl::forward(const Tensor& features, const Tensor& lengths) {
  return read(hidden(features, lengths));
}

Hearing RecogniserImpl::read(const Tensor& x) {
  return {torch::log_softmax(ctc_(x), 2), torch::log_softmax(frames_(x), 2)};
}

std::string recogniser_phone(const Symbol& s) {
  static const std::string others = ",.?!;:…—";
  if (s.phone == kSilence || s.phone == kWordBoundary || s.phone == kPause ||
      others.find(s.phone) != std::string::npos)
    return "";
  return s.long_mark ? s.phone + "ː" : s.phone;
}

int64_t recogniser_output(const std::vector<std::string>& phones, const Symbol& symbol) {
  const std::string exact = recogniser_phone(symbol);
  if (exact.empty()) return 0;
  std::vector<std::string> names = {exact, symbol.phone, symbol.phone + "ː"};
  for (const auto& near : near_phones(symbol.phone)) {
    names.push_back(symbol.long_mark ? near + "ː" : near);
    names.push_back(symbol.long_mark ? near : near + "ː");
  }
  for (const auto& name : names) {
    const auto found = std::find(phones.begin(), phones.end(), name);
    if (found != phones.end()) return found - phones.begin() + 1;
  }
  return kAnyPhone;
}

void begin_from(Recogniser& recogniser, Recogniser& trained) {
  const torch::NoGradGuard no_grad;
  const auto own = recogniser->named_parameters();
  for (const auto& parameter : trained->named_parameters()) {
    const Tensor& from = parameter.value();
    own[parameter.key()].slice(0, 0, from.size(0)).copy_(from);
  }
  for (int64_t i = trained->options().blocks; i < recogniser->options().blocks; ++i)
    own["blocks." + std::to_string(i) + ".layer_scale"].zero_();
}

Recogniser load_recogniser(const std::string& folder) {
  const std::string stem = folder + "/recogniser";
  Recogniser recogniser(RecogniserOptions::from(Config::from_file(stem + ".json")));
  load_into(*recogniser, SafeTensors::open_sharded(stem));
  recogniser->eval();
  return recogniser;
}

void save_recogniser(Recogniser& recogniser, const std::string& folder) {
  std::filesystem::create_directories(folder);
  save_sharded(folder + "/recogniser", module_tensors(*recogniser), {}, SaveType::kInt8PerChannel);
  AtomicFile file(folder + "/recogniser.json");
  file.write(recogniser->options().to_json().dump(1) + "\n");
  file.commit();
}

}  // namespace tts
