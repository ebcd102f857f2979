#include "engine/voice_networks.h"

#include <algorithm>

#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

// The composite of that name, unless the voice has one with weights of its own.
const CompositeGenerator* composite(const std::string& name, const VoiceManifest& manifest) {
  const auto& all = composite_generators();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.name == name; });
  return found == all.end() || contains(manifest.generator_names(), name) ? nullptr : &*found;
}

// All that the networks are made from; "" of files that nobody else can name.
std::string key_of(const VoiceFiles& files,
                   const VoiceManifest& manifest,
                   const torch::Device& device) {
  if (files.place().empty()) return "";
  const nlohmann::json key = {files.place(),
                              device.str(),
                              manifest.codec_folder,
                              manifest.codec_identity,
                              manifest.frame_encoder,
                              manifest.generators};
  return key.dump();
}

}  // namespace

void check_dimension(const nlohmann::json& member,
                     const char* key,
                     int64_t expected,
                     const std::string& where) {
  const auto found = member.find(key);
  if (found == member.end() || found->get<int64_t>() == expected) return;
  fail(ErrorCode::kVoice,
       where,
       ": ",
       key,
       " is ",
       found->get<int64_t>(),
       "; it must be ",
       expected);
}

void make_ready(torch::nn::Module& module, const torch::Device& device) {
  module.to(device);
  module.eval();
}

std::shared_ptr<const VoiceNetworks> VoiceNetworks::open(std::shared_ptr<const VoiceFiles> files,
                                                         const VoiceManifest& manifest,
                                                         const torch::Device& device) {
  static std::mutex mutex;  // guards `all`
  static std::map<std::string, std::weak_ptr<const VoiceNetworks>> all;
  const std::string key = key_of(*files, manifest, device);
  if (key.empty()) return std::make_shared<const VoiceNetworks>(std::move(files), manifest, device);
  const std::lock_guard<std::mutex> lock(mutex);
  if (auto there = all[key].lock()) return there;
  auto made = std::make_shared<const VoiceNetworks>(std::move(files), manifest, device);
  all[key] = made;
  return made;
}

VoiceNetworks::VoiceNetworks(std::shared_ptr<const VoiceFiles> files,
                             const VoiceManifest& manifest,
                             const torch::Device& device)
    : files_(std::move(files)), manifest_(manifest), device_(device) {
  codec_ = CodecBundle::open(*files_->codec(manifest_.codec_folder), device_);
  if (codec_->identity != manifest_.codec_identity) {
    fail(ErrorCode::kVoice,
         manifest_.where,
         ": the voice was made for codec ",
         manifest_.codec_identity,
         ", but the codec found is ",
         codec_->identity,
         "; take the codec folder that came with the voice");
  }
  frame_encoder_ =
      std::make_shared<FrameEncoder>(FrameEncoderOptions::from(manifest_.frame_encoder_config()));
  load_into(
      *frame_encoder_, files_->weights("frame_encoder"), "", manifest_.where + ": frame_encoder");
  make_ready(*frame_encoder_, device_);
}

Generator& VoiceNetworks::generator(const std::string& name) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return *loaded(name);
}

std::shared_ptr<Generator> VoiceNetworks::loaded(const std::string& name) const {
  const auto found = generators_.find(name);
  if (found != generators_.end()) return found->second;
  return generators_[name] = load(name);
}

std::shared_ptr<Generator> VoiceNetworks::load(const std::string& name) const {
  if (const auto* made_of = composite(name, manifest_)) {
    std::vector<std::shared_ptr<Generator>> parts;
    for (const auto& part : made_of->parts) parts.push_back(loaded(part));
    return made_of->make(parts);
  }
  auto generator = make_generator(manifest_.generator_config(name), frame_encoder_);
  const nlohmann::json dimensions = generator->to_json();
  const int64_t latent = codec_->codec->options().encoder.latent;
  if (dimensions.value("latent", int64_t{0}) > latent) {
    check_dimension(dimensions, "latent", latent, manifest_.where + ": generators: " + name);
  }
  load_into(*generator,
            files_->weights("generator-" + name),
            "",
            manifest_.where + ": generators: " + name);
  make_ready(*generator, device_);
  const std::string judge = generator->judge_type();
  if (contains(manifest_.generator_names(), judge))
    generator->set_judge([this, judge]() -> Generator& { return this->generator(judge); });
  return generator;
}

}  // namespace tts
