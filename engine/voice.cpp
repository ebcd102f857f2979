#include "engine/voice.h"

#include <algorithm>

#include "audio/band.h"
#include "core/error.h"
#include "core/join.h"
#include "engine/dummy.h"
#include "engine/ear.h"
#include "engine/voice_file.h"
#include "nn/runtime.h"

namespace tts {
namespace {

[[noreturn]] void fail_no_generator(const Voice& voice, const std::string& name) {
  fail(ErrorCode::kUsage,
       "voice \"",
       voice.manifest().name,
       "\" has no generator \"",
       name,
       "\"; it has: ",
       join(voice.generator_names()));
}

}  // namespace

std::shared_ptr<const Voice> Voice::open(const std::string& path_or_name,
                                         const VoiceOptions& options) {
  return std::make_shared<Voice>(open_found_voice(find_voice(path_or_name)), options);
}

std::shared_ptr<const Voice> Voice::open_memory(std::map<std::string, std::string> contents,
                                                const VoiceOptions& options) {
  const auto file = std::find_if(contents.begin(), contents.end(), [](const auto& item) {
    return has_voice_extension(item.first);
  });
  if (file == contents.end() || contents.count(kVoiceFile) > 0)
    return std::make_shared<Voice>(open_source(memory_files(std::move(contents))), options);
  const VoiceFile voice =
      voice_file_of(SafeTensors::from_memory(file->second, "memory: " + file->first));
  const auto files = memory_files(std::move(contents));
  return std::make_shared<Voice>(source_of(voice, files->base(voice.base)), options);
}

Voice::Voice(VoiceSource source, const VoiceOptions& options)
    : manifest_(std::move(source.manifest)),
      device_(parse_device(options.device)),
      threads_(options.threads == 0 ? usable_threads() : options.threads),
      batches_(options.batches),
      files_(std::move(source.files)) {
  if (manifest_.dummy) {
    device_ = torch::Device("cpu");
    default_generator_ = dummy_generators().front();
    vocoder_ = make_dummy_vocoder();
  } else {
    load_stages();
  }
}

void Voice::generate(Generator& generator,
                     const Condition& condition,
                     const Sampling& sampling,
                     const FrameSink& sink,
                     const std::atomic<bool>& cancelled) const {
  if (batches_ == nullptr || batches_->rows() == 1) {
    generator.generate(condition, sampling, sink);
  } else {
    batches_->generate(generator, condition, sampling, sink, cancelled);
  }
}

void Voice::load_stages() {
  networks_ = VoiceNetworks::open(files_, manifest_, device_);
  vocoder_ = networks_->codec().vocoder;
  duration("");  // the others wait until they are asked for
  const nlohmann::json dimensions = networks_->frame_encoder().to_json();
  const std::string where = manifest_.where + ": frame_encoder";
  const auto symbols = static_cast<int64_t>(manifest_.symbols.size());
  const auto vector = static_cast<int64_t>(manifest_.speaker.size());
  check_dimension(dimensions, "symbols", symbols, where);
  check_dimension(dimensions, "speaker_vector", vector, where);
  default_generator_ = manifest_.default_generator;
}

std::vector<std::string> Voice::duration_names() const {
  return manifest_.dummy ? dummy_durations() : manifest_.duration_names();
}

std::string Voice::default_duration() const {
  return manifest_.dummy ? dummy_durations().front() : manifest_.default_duration_name();
}

DurationModel& Voice::duration(const std::string& name) const {
  const std::string wanted = name.empty() ? default_duration() : name;
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& model = durations_[wanted];
  if (model == nullptr) model = load_duration(wanted);
  return *model;
}

std::shared_ptr<DurationModel> Voice::load_duration(const std::string& name) const {
  if (!contains(duration_names(), name)) {
    fail(ErrorCode::kUsage,
         "voice \"",
         manifest_.name,
         "\" has no durations \"",
         name,
         "\"; it has: ",
         join(duration_names()));
  }
  if (manifest_.dummy) return make_dummy_duration(name, manifest_.symbols);
  const Config config = manifest_.duration_config(name);
  auto model = make_duration_model(config);
  load_into(*model, files_->weights(manifest_.duration_stem(name)), "", config.where());
  make_ready(*model, device_);
  const nlohmann::json json = model->to_json();
  for (const nlohmann::json& part : {json, json.value("model", nlohmann::json::object())}) {
    const auto symbols = static_cast<int64_t>(manifest_.symbols.size());
    const auto vector = static_cast<int64_t>(manifest_.speaker.size());
    check_dimension(part, "symbols", symbols, config.where());
    check_dimension(part, "speaker_vector", vector, config.where());
  }
  return model;
}

nlohmann::json description_of(const VoiceManifest& manifest) {
  const bool dummy = manifest.dummy;
  return {
      {"languages", manifest.languages},
      {"language", manifest.language},
      {"prompts", !manifest.speaker.empty()},
      {"sample_rate_hz", manifest.sample_rate_hz},
      {"generators", generator_names_of(manifest)},
      {"default_generator", dummy ? dummy_generators().front() : manifest.default_generator},
      {"durations", dummy ? dummy_durations() : manifest.duration_names()},
      {"default_duration", dummy ? dummy_durations().front() : manifest.default_duration_name()}};
}

nlohmann::json description_of(const FoundVoice& found) {
  const bool built_in = found.folder.empty();
  nlohmann::json out = {{"name", found.name}, {"folder", built_in ? "built in" : found.folder}};
  try {
    out.update(description_of(open_found_voice(found.folder).manifest));
  } catch (const Error& e) {
    out["error"] = e.what();  // a broken voice is shown, the others still work
  }
  return out;
}

std::vector<std::string> generator_names_of(const VoiceManifest& manifest) {
  if (manifest.dummy) return dummy_generators();
  std::vector<std::string> names = manifest.generator_names();
  const std::vector<std::string> own = names;
  const auto has = [&](const std::string& part) { return contains(own, part); };
  for (const auto& c : composite_generators()) {
    if (!has(c.name) && std::all_of(c.parts.begin(), c.parts.end(), has)) names.push_back(c.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Voice::generator_names() const {
  return generator_names_of(manifest_);
}

Generator& Voice::generator(const std::string& given) const {
  const std::string name = given.empty() ? default_generator_ : given;
  if (!contains(generator_names(), name)) fail_no_generator(*this, name);
  if (!manifest_.dummy) return networks_->generator(name);
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& generator = dummy_generators_[name];
  if (generator == nullptr) generator = make_dummy_generator(name);
  return *generator;
}

std::shared_ptr<const HeardPrompts> Voice::hear(const std::vector<PromptSource>& prompts) const {
  require_promptable(manifest_);
  Listener* listener = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (listener_ == nullptr) listener_ = std::make_unique<Listener>(*files_, manifest_);
    listener = listener_.get();
  }
  return listener->hear(prompts);
}

std::shared_ptr<const Ear> Voice::ear() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (ear_ == nullptr) ear_ = Ear::open_if_there();
  return ear_;
}

Tensor Voice::to_latents(const Tensor& frames) const {
  if (manifest_.dummy) return frames;
  const auto codec = networks_->codec().codec;
  return frames.is_floating_point() ? codec->restore(frames) : Codec(codec)->decode(frames);
}

Tensor Voice::snapped(const Tensor& latents) const {
  if (manifest_.dummy) return latents;
  Codec codec(networks_->codec().codec);
  return codec->quantiser()->encode(codec->restore(latents));
}

Voice::KnownFrames Voice::frames_of(const Tensor& wave) const {
  if (networks_ == nullptr)
    fail(ErrorCode::kUsage,
         "voice \"",
         manifest_.name,
         "\" has no codec: it cannot hear a recording");
  Codec codec = networks_->codec().codec;
  KnownFrames out;
  out.codes = codec->encode(wave.to(device_), band_limits_hz(wave, kSampleRateHz).to(device_));
  out.latents = codec->standardise(codec->decode(out.codes));
  return out;
}

}  // namespace tts
