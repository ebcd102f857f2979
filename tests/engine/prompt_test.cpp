// Speaking as the person in a recording.
#include <cmath>

#include "engine/listener.h"
#include "tests/engine/shared_voices.h"
#include "tests/test.h"
#include "tts/tts.hpp"

using namespace tts;

namespace {

const std::string kGreeting = "[[həlˈoʊ]] [[wˈɜːld]].";

SpeakOptions prompted(const std::vector<std::string>& paths) {
  SpeakOptions options = seeded();
  for (const auto& path : paths) set_option(options, "prompt-wav", path);
  options.language = "en-us";
  return options;
}

}  // namespace

TEST_CASE("prompt: who is heard speaks, the same each time; another sounds otherwise") {
  const SharedVoices folder;
  const auto voice = folder.voice();
  const std::string low = folder.path + "/low.wav", high = folder.path + "/high.wav";
  const auto as_low = said(voice, prompted({low}));
  CHECK(as_low == said(voice, prompted({low})));
  CHECK(as_low == said(folder.voice(), prompted({low})));
  CHECK(as_low != said(voice, prompted({high})));
  CHECK(as_low != said(voice, prompted({low, high})));
  CHECK(as_low != said(voice, prompted({})));
}

TEST_CASE("prompt: the pitch is that of the recording, and is turned as always") {
  const SharedVoices folder;
  const auto heard = folder.voice()->hear({{folder.path + "/high.wav", nullptr}});
  CHECK(std::exp(heard->speaker.traits.statistics.log_f0_mean) ==
        doctest::Approx(220).epsilon(0.06));
  SpeakOptions options = prompted({folder.path + "/high.wav"});
  const auto plain = said(folder.voice(), options);
  options.pitch_semitones = -3;
  CHECK(plain != said(folder.voice(), options));
}

TEST_CASE("prompt: heard once for a voice, by its content") {
  const SharedVoices folder;
  const auto voice = folder.voice();
  const PromptSource low{folder.path + "/low.wav", nullptr};
  const auto first = voice->hear({low});
  CHECK(voice->hear({low}) == first);
  tiny::write_recording(low.name, 180);
  const auto changed = voice->hear({low});
  CHECK(changed != first);
  CHECK(changed->speaker.traits.statistics.log_f0_mean >
        first->speaker.traits.statistics.log_f0_mean + 0.3);
}

TEST_CASE("prompt: what is doubtful is a warning before the first sound") {
  const SharedVoices folder;
  const std::string path = folder.path + "/short.wav";
  tiny::write_recording(path, 150, 1.5);
  const Heard heard = hear(Synthesizer(folder.voice(), prompted({path})), kGreeting);
  REQUIRE(heard.events.front().kind == EventKind::kWarning);
  const std::string& warning = heard.events.front().text;
  CHECK(contains_text(warning, "prompt " + path + ": has "));
  CHECK(contains_text(warning, " s of speech; give 1.5 s or more"));
  const Heard fine =
      hear(Synthesizer(folder.voice(), prompted({folder.path + "/low.wav"})), kGreeting);
  CHECK(fine.of(EventKind::kWarning).empty());
}

TEST_CASE("prompt: recordings that cannot be used") {
  const SharedVoices folder;
  const auto voice = folder.voice();
  const auto complaint = [&](const std::string& name) {
    return message_of(ErrorCode::kInput,
                      [&] { said(voice, prompted({folder.path + "/" + name})); });
  };
  CHECK(contains_text(complaint("none.wav"), "none.wav: no such file"));
  std::ofstream(folder.path + "/zero.wav");
  CHECK(contains_text(complaint("zero.wav"), "zero.wav: has zero length"));
  write_audio(folder.path + "/empty.wav", {{}, 24000});
  CHECK(contains_text(complaint("empty.wav"), "holds no samples"));
  write_audio(folder.path + "/silent.wav", {std::vector<float>(48000, 0.0f), 24000});
  CHECK(contains_text(complaint("silent.wav"), "silent.wav: is silent; give"));
  std::ofstream(folder.path + "/text.wav") << "this is no sound at all, but it is long enough";
  CHECK(contains_text(complaint("text.wav"), "is not a sound file"));
  // One bad recording among good ones is named.
  CHECK(contains_text(
      message_of(ErrorCode::kInput,
                 [&] {
                   said(voice, prompted({folder.path + "/low.wav", folder.path + "/silent.wav"}));
                 }),
      "silent.wav"));
}

TEST_CASE("prompt: a voice of one speaker refuses and names those that can") {
  const SharedVoices folder;
  setenv("TTS_VOICE_PATH", folder.path.c_str(), 1);
  const std::string message = message_of(
      ErrorCode::kUsage, [&] { said(Voice::open("dummy"), prompted({folder.path + "/low.wav"})); });
  unsetenv("TTS_VOICE_PATH");
  CHECK(contains_text(message, "voice \"dummy\" takes no prompts"));
  CHECK(contains_text(message, "voices that do: anna, bert"));
}

TEST_CASE("prompt: the encoder must be that of the base, and there") {
  const SharedVoices folder;
  const std::string base = folder.path + "/base/base.json";
  nlohmann::json json = tiny::read_json(base);
  const std::string identity = tiny::write_speaker_encoder(folder.path);
  json["speaker_encoder"] = {{"folder", "../speaker"}, {"identity", identity}};
  tiny::write_json(base, json);
  const auto options = prompted({folder.path + "/low.wav"});
  CHECK(!said(folder.voice(), options).empty());
  const std::string other = tiny::write_speaker_encoder(folder.path, 9);
  const auto complaint = [&] {
    return message_of(ErrorCode::kVoice, [&] { said(folder.voice(), options); });
  };
  CHECK(contains_text(complaint(), identity));
  CHECK(contains_text(complaint(), other));
  std::filesystem::remove(folder.path + "/speaker/speaker.safetensors");
  CHECK(contains_text(complaint(), "speaker.safetensors"));
  // Without prompts nobody needs it.
  CHECK(!said(folder.voice(), prompted({})).empty());
}

TEST_CASE("C API: samples in memory are a prompt, heard once, as the file is") {
  const SharedVoices folder;
  const api::Voice voice(folder.path + "/anna");
  const Waveform wave = read_audio(folder.path + "/high.wav");
  const tts_recording recording{
      "high", wave.samples.data(), wave.samples.size(), wave.sample_rate_hz};
  const auto speak = [](const api::Voice& speaker, api::Options options) {
    api::Request request(speaker, options);
    request.push(kGreeting);
    request.finish();
    std::vector<float> audio;
    while (const tts_event* event = request.next())
      audio.insert(audio.end(), event->audio, event->audio + event->audio_count);
    return audio;
  };
  const api::Voice prompted_voice = voice.prompted({recording});
  CHECK(contains_text(prompted_voice.info(), "\"name\":\"high\""));
  const auto audio = speak(prompted_voice, {{"seed", "1"}});
  const std::string path = folder.path + "/high.wav";
  CHECK(audio == speak(voice, {{"seed", "1"}, {"prompt-wav", path.c_str()}}));
  CHECK(audio != speak(voice, {{"seed", "1"}}));
  // A request's own prompts go before the voice's.
  const std::string low = folder.path + "/low.wav";
  CHECK(speak(prompted_voice, {{"seed", "1"}, {"prompt-wav", low.c_str()}}) ==
        speak(voice, {{"seed", "1"}, {"prompt-wav", low.c_str()}}));

  tts_voice* out = voice.get();
  tts_recording bad = recording;
  bad.name = nullptr;
  bad.count = 10;
  CHECK(tts_voice_prompt(voice.get(), &bad, 1, &out) == TTS_BAD_INPUT);
  CHECK(out == nullptr);
  CHECK(contains_text(tts_last_error(), "recording 1: is silent"));
  const float infinite[] = {0, INFINITY};
  bad = {"x", infinite, 2, 24000};
  CHECK(tts_voice_prompt(voice.get(), &bad, 1, &out) == TTS_BAD_INPUT);
  bad.sample_rate = 100;
  CHECK(tts_voice_prompt(voice.get(), &bad, 1, &out) == TTS_BAD_INPUT);
}
