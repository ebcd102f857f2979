// Shared by the engine's tests.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "engine/synthesizer.h"
#include "tests/messages.h"
#include "tests/temporary_folder.h"
#include "tests/test.h"

// Everything that a call of speak() handed out.
struct Heard {
  std::vector<tts::Event> events;
  std::vector<float> audio;

  std::vector<tts::Event> of(tts::EventKind kind) const {
    std::vector<tts::Event> out;
    for (const auto& event : events) {
      if (event.kind == kind) out.push_back(event);
    }
    return out;
  }
};

inline Heard hear(const tts::Synthesizer& synthesizer,
                  const std::string& text,
                  tts::InputKind kind = tts::InputKind::kPlain) {
  Heard heard;
  const std::atomic<bool> never{false};
  const auto sink = [&](const tts::Event& event) {
    heard.events.push_back(event);
    heard.audio.insert(heard.audio.end(), event.audio.begin(), event.audio.end());
  };
  synthesizer.speak(text, kind, sink, never);
  return heard;
}

inline tts::SpeakOptions seeded(uint64_t seed = 1) {
  tts::SpeakOptions options;
  options.seed = seed;
  return options;
}

inline Heard hear_dummy(const std::string& text, tts::SpeakOptions options = seeded()) {
  return hear(tts::Synthesizer(tts::Voice::open("dummy"), options), text);
}
