// A C++ program against the installed tree: a text that comes in pieces.
#include <cstdio>
#include <string>
#include <tts/tts.hpp>

int main() {
  try {
    const tts::api::Voice voice("dummy");
    tts::api::Request request(voice, {{"seed", "3"}});
    size_t samples = 0, early = 0;
    const std::string text = "[[həlˈoʊ]] [[wˈɜːld]].\n[[aaa]]";
    for (const char c : text) {
      request.push({&c, 1});
      while (const tts_event* event = request.next()) early += event->audio_count;
    }
    if (request.ended()) return std::puts("ended before finish"), 1;
    request.finish();
    while (const tts_event* event = request.next()) samples += event->audio_count;
    if (!request.ended()) return std::puts("not ended"), 1;
    if (early < 5000 || samples < 2000) return std::puts("no sound"), 1;
    try {
      tts::api::Voice("no such voice");
      return std::puts("opened"), 1;
    } catch (const tts::api::Failure& failure) {
      if (failure.status() != TTS_BAD_VOICE) return std::puts(failure.what()), 1;
    }
    std::puts("C++: all good");
    return 0;
  } catch (const tts::api::Failure& failure) {
    return std::puts(failure.what()), 1;
  }
}
