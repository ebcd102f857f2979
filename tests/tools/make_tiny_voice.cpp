// make_tiny_voice DIR: writes the random voice of tests/engine/tiny_voice.h for tests of the
// program. make_tiny_voice DIR shared: two voices that share a base, a speaker encoder, and
// recordings a.wav, b.wav.
#include <string>

#include "tests/engine/tiny_voice.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string root = argv[1];
  if (argc == 2) {
    tts::tiny::write_voice(root);
    return 0;
  }
  tts::tiny::write_shared_voices(root);
  tts::tiny::write_speaker_encoder(root);
  tts::tiny::write_recording(root + "/a.wav", 110);
  tts::tiny::write_recording(root + "/b.wav", 220);
  return 0;
}
