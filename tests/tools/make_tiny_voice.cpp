// make_tiny_voice DIR: writes the random voice of tests/engine/tiny_voice.h for tests of the
// program.
#include "tests/engine/tiny_voice.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  tts::tiny::write_voice(argv[1]);
  return 0;
}
