// Two voices that share a base, a speaker encoder, and recordings of two people, in a folder.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/engine/helpers.h"
#include "tests/engine/tiny_voice.h"

struct SharedVoices : TemporaryFolder {
  SharedVoices() {
    tts::tiny::write_shared_voices(path);
    tts::tiny::write_speaker_encoder(path);
    tts::tiny::write_recording(path + "/low.wav", 110);
    tts::tiny::write_recording(path + "/high.wav", 220);
  }
  std::shared_ptr<const tts::Voice> voice(const std::string& name = "anna") const {
    return tts::Voice::open(path + "/" + name);
  }
};

inline std::vector<float> said(const std::shared_ptr<const tts::Voice>& voice,
                               const tts::SpeakOptions& options) {
  return hear(tts::Synthesizer(voice, options), "[[həlˈoʊ]] [[wˈɜːld]].").audio;
}
