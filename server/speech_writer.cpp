#include "server/speech_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/verdict.h"
#include "server/base64.h"

namespace tts {
namespace {

// Encodes audio. What the encoder wrote since the last take() waits here: a header leaves with the
// first sound.
class Sound {
 public:
  Sound(const SpeechRequest& request, int sample_rate_hz)
      : encoder_(make_sound_encoder(request.format.format,
                                    sample_rate_hz,
                                    [this](std::string_view bytes) { encoded_ += bytes; })) {}

  void write(const Event& event) {
    if (event.kind == EventKind::kAudio) encoder_->write(event.audio);
    if (event.kind == EventKind::kDone) encoder_->finish();
  }

  std::string take() { return std::exchange(encoded_, {}); }

 private:
  std::string encoded_;
  std::unique_ptr<SoundEncoder> encoder_;
};

class FileWriter : public SpeechWriter {
 public:
  FileWriter(const SpeechRequest& request, int sample_rate_hz, ByteSink sink)
      : sink_(std::move(sink)), sound_(request, sample_rate_hz) {}

  void write(const Event& event) override {
    if (event.kind != EventKind::kAudio && event.kind != EventKind::kDone) return;
    sound_.write(event);
    const std::string bytes = sound_.take();
    if (!bytes.empty()) sink_(bytes);
  }

 private:
  ByteSink sink_;
  Sound sound_;
};

std::string to_event(const nlohmann::json& data) {
  return "event: " + data.at("type").get<std::string>() +
         "\ndata: " + data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n\n";
}

// Code points: bytes that do not continue one.
int64_t characters(const std::string& utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

constexpr int64_t kFramesPerSecond = 50;

class EventWriter : public SpeechWriter {
 public:
  EventWriter(const SpeechRequest& request, int sample_rate_hz, ByteSink sink)
      : words_(request.words),
        input_characters_(characters(request.input)),
        seed_(*request.speak.seed),
        sample_rate_hz_(sample_rate_hz),
        sink_(std::move(sink)),
        sound_(request, sample_rate_hz) {}

  void write(const Event& event) override {
    switch (event.kind) {
      case EventKind::kAudio:
        sound_.write(event);
        return delta();
      case EventKind::kWord:
        return words_ ? word(event) : void();
      case EventKind::kMark:
        return words_ ? mark(event) : void();
      case EventKind::kWarning:
        return words_ ? warning(event) : void();
      case EventKind::kVerdict:
        return words_ ? verdict(event) : void();
      case EventKind::kDone:
        sound_.write(event);
        delta();
        return done(event);
      case EventKind::kSentence:
      case EventKind::kPhoneme:
        return;
    }
  }

 private:
  double seconds(int64_t sample) const { return static_cast<double>(sample) / sample_rate_hz_; }

  void delta() {
    const std::string bytes = sound_.take();
    if (!bytes.empty())
      sink_(to_event({{"type", "speech.audio.delta"}, {"audio", to_base64(bytes)}}));
  }

  void word(const Event& event) {
    sink_(to_event({{"type", "speech.audio.word"},
                    {"word", event.text},
                    {"begin", event.bytes.begin},
                    {"end", event.bytes.end},
                    {"start_s", seconds(event.samples.begin)},
                    {"end_s", seconds(event.samples.end)}}));
  }

  void mark(const Event& event) {
    sink_(to_event({{"type", "speech.audio.mark"},
                    {"name", event.text},
                    {"begin", event.bytes.begin},
                    {"end", event.bytes.end},
                    {"start_s", seconds(event.samples.begin)}}));
  }

  void warning(const Event& event) {
    sink_(to_event({{"type", "speech.audio.warning"},
                    {"message", event.text},
                    {"begin", event.bytes.begin},
                    {"end", event.bytes.end}}));
  }

  void verdict(const Event& event) {
    nlohmann::json json = to_json(*event.verdict);
    json["type"] = "speech.audio.verdict";
    json["begin"] = event.bytes.begin;
    json["end"] = event.bytes.end;
    sink_(to_event(json));
  }

  // OpenAI counts tokens; here they are characters in and codec frames out.
  void done(const Event& event) {
    const double duration_s = seconds(event.samples.end);
    const auto frames = static_cast<int64_t>(duration_s * kFramesPerSecond + 0.5);
    sink_(to_event({{"type", "speech.audio.done"},
                    {"usage",
                     {{"input_tokens", input_characters_},
                      {"output_tokens", frames},
                      {"total_tokens", input_characters_ + frames}}},
                    {"duration_s", duration_s},
                    {"sample_rate_hz", sample_rate_hz_},
                    {"seed", seed_}}));
  }

  bool words_;
  int64_t input_characters_;
  uint64_t seed_;
  int sample_rate_hz_;
  ByteSink sink_;
  Sound sound_;
};

}  // namespace

std::unique_ptr<SpeechWriter> make_speech_writer(const SpeechRequest& request,
                                                 int sample_rate_hz,
                                                 ByteSink sink) {
  if (request.events)
    return std::make_unique<EventWriter>(request, sample_rate_hz, std::move(sink));
  return std::make_unique<FileWriter>(request, sample_rate_hz, std::move(sink));
}

std::string error_event(const ApiError& error) {
  nlohmann::json data = nlohmann::json::parse(error.json());
  data["type"] = "error";
  return to_event(data);
}

}  // namespace tts
