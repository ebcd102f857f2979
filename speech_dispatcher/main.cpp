// sd_tts [tts.conf]: speech-dispatcher starts it. docs/speech-dispatcher.md
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>

#include "nn/runtime.h"
#include "speech_dispatcher/module.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  try {
    tts::configure_runtime(1);
    tts::keep_freed_memory();
    tts::Wire wire(STDOUT_FILENO);
    return tts::Module(std::cin, wire).run(argc > 1 ? argv[1] : "");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
