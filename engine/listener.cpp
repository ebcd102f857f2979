#include "engine/listener.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/join.h"
#include "engine/voice_file.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

constexpr size_t kRemembered = 16;

uint64_t content_of(const std::vector<PromptSource>& sources,
                    const std::vector<Waveform>& recordings) {
  uint64_t hash = sources.size();
  for (size_t i = 0; i < sources.size(); ++i) {
    const Waveform& r = recordings[i];
    hash = xxh64(sources[i].name.data(), sources[i].name.size(), hash);
    hash = xxh64(r.samples.data(), r.samples.size() * sizeof(float), hash);
    hash = xxh64(&r.sample_rate_hz, sizeof(r.sample_rate_hz), hash);
  }
  return hash;
}

}  // namespace

Listener::Listener(const VoiceFiles& files, const VoiceManifest& manifest) {
  const auto own = files.speaker_encoder(manifest.encoder_folder);
  encoder_ = SpeakerEncoder(SpeakerEncoderOptions::from(own->config(kEncoderFile)));
  const SafeTensors weights = own->weights("speaker");
  load_into(*encoder_, weights);
  encoder_->eval();
  const auto width = static_cast<int64_t>(manifest.speaker.size());
  const std::string identity = content_hash(weights);
  if (encoder_->options().vector != width ||
      (!manifest.encoder_identity.empty() && identity != manifest.encoder_identity)) {
    fail(ErrorCode::kVoice,
         manifest.where,
         ": the voice takes vectors of ",
         width,
         " numbers of speaker encoder ",
         manifest.encoder_identity.empty() ? "(not named)" : manifest.encoder_identity,
         ", but the one found, ",
         weights.where(),
         ", is ",
         identity,
         " and gives ",
         encoder_->options().vector,
         "; take the speaker folder that came with the voice");
  }
}

std::shared_ptr<const HeardPrompts> Listener::hear(const std::vector<PromptSource>& sources) {
  std::vector<Waveform> recordings;
  for (const auto& source : sources) recordings.push_back(recording_of(source));
  const uint64_t key = content_of(sources, recordings);
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [known, heard] : heard_) {
    if (known == key) return heard;
  }
  auto heard = std::make_shared<HeardPrompts>();
  for (size_t i = 0; i < sources.size(); ++i) {
    heard->prompts.push_back(prepare_prompt(recordings[i], sources[i].name));
    const PromptReport& report = heard->prompts.back().report;
    require_usable(report);
    for (const PromptProblem problem : report.problems)
      heard->warnings.push_back("prompt " + sentence_of(report, problem));
  }
  heard->speaker = hear_speaker(encoder_, heard->prompts);
  heard_.emplace_front(key, heard);
  if (heard_.size() > kRemembered) heard_.pop_back();
  return heard;
}

Waveform recording_of(const PromptSource& source) {
  return source.recording ? *source.recording : read_audio(source.name);
}

void require_promptable(const VoiceManifest& manifest) {
  if (!manifest.speaker.empty()) return;
  std::vector<std::string> able;
  for (const auto& voice : list_voices()) {
    try {
      if (!voice.folder.empty() && !open_voice_source(voice.folder).manifest.speaker.empty())
        able.push_back(voice.name);
    } catch (const Error&) {  // `tts voices` tells what is wrong with it
    }
  }
  fail(ErrorCode::kUsage,
       "voice \"",
       manifest.name,
       "\" takes no prompts: it was trained on one speaker; ",
       able.empty() ? "no voice that is found takes them" : "voices that do: " + join(able));
}

}  // namespace tts
