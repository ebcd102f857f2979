// locale_program VOICE LOCALE: in a host that has set LOCALE for C and C++, everything that the
// library says of some requests, in whole numbers and text. locale_test.sh compares it with "C".
#include <clocale>
#include <cstdio>
#include <cstring>
#include <locale>
#include <string>
#include <vector>

#include "tts/tts.h"

namespace {

struct Case {
  const char* text;
  tts_input_kind kind;
  std::vector<tts_option> options;
};

const char kIpa[] = "[[aɪlənd]] [[ɪst]]";
const std::vector<Case> kCases = {
    {"Hello there, friend.", TTS_PLAIN, {}},
    {kIpa, TTS_PLAIN, {{"speed", "1.25"}}},
    {kIpa, TTS_PLAIN, {{"speed", "1,25"}}},
    {kIpa, TTS_PLAIN, {{"pitch", "-2.5"}}},
    {kIpa, TTS_PLAIN, {{"pitch", "100"}}},
    {kIpa, TTS_PLAIN, {{"volume", "0.5"}}},
    {kIpa, TTS_PLAIN, {{"duration", "3.20"}}},
    {kIpa, TTS_PLAIN, {{"sample-rate", "22050"}}},
    {"Wait [[pause 1.5s]] and [[pause .25s]] and [[pause 1500ms]] now.", TTS_PLAIN, {}},
    {"Wait [[pause 1,5s]] now.", TTS_PLAIN, {}},
    {"<speak>Wait <break time='1.5s'/> and <break time='1500ms'/> now.</speak>", TTS_SSML, {}},
    {"<speak><prosody rate='1.5' pitch='+2.5st' volume='-2.5dB'>Wait.</prosody></speak>",
     TTS_SSML,
     {}},
    {"<speak><prosody rate='+12.5%' pitch='-7.5%'>Wait.</prosody></speak>", TTS_SSML, {}},
    {"<speak><say-as interpret-as='cardinal'>1234.5</say-as>&#x130; &amp;</speak>", TTS_SSML, {}},
    {"It is 1,234,567.25 or 3.14; WIFI IN ISTANBUL, III. LIVING IN TITLE CASE.", TTS_PLAIN, {}},
    {"On 12/05/2024 Dr. Smith paid $3.50 at 5:30 pm; café, naïve, İstanbul, ışık, à.",
     TTS_PLAIN,
     {}},
    {"IT IS I.\tINDIGO", TTS_PLAIN, {{"lexicon", "indigo\tˈɪndɪɡoʊ\nà\tɑ\n"}}},
    {"Es kostet 1.234,50 € am 3.5.2024, INGE.", TTS_PLAIN, {{"language", "de"}}},
    {"Het kost € 1.234,50 op 3-5-2024, INGE.", TTS_PLAIN, {{"language", "nl"}}},
    {"你好 \xff\xfe, hello.", TTS_PLAIN, {}},
};

unsigned hash(const float* samples, size_t count, unsigned state) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(samples);
  for (size_t i = 0; i < count * sizeof(float); ++i) state = (state ^ bytes[i]) * 16777619u;
  return state;
}

void print(const tts_event& event) {
  std::printf("  %d samples %lld-%lld bytes %zu-%zu %s\n",
              static_cast<int>(event.kind),
              static_cast<long long>(event.first_sample),
              static_cast<long long>(event.end_sample),
              event.first_byte,
              event.end_byte,
              event.text == nullptr ? "" : event.text);
}

void speak(tts_voice* voice, const Case& spoken) {
  std::vector<tts_option> options = {{"seed", "4"}};
  options.insert(options.end(), spoken.options.begin(), spoken.options.end());
  std::printf("%s\n", spoken.text);
  tts_request* request = nullptr;
  if (tts_request_new(voice, options.data(), options.size(), &request) != TTS_OK) {
    std::printf("  refused: %s\n", tts_last_error());
    return;
  }
  tts_request_push(request, spoken.text, std::strlen(spoken.text), spoken.kind);
  tts_request_finish(request);
  const tts_event* event = nullptr;
  unsigned state = 2166136261u;
  while (tts_request_next(request, &event) == TTS_OK) {
    state = hash(event->audio, event->audio_count, state);
    if (event->kind != TTS_AUDIO) print(*event);
  }
  std::printf("  audio %08x, %s\n", state, tts_last_error());
  tts_request_free(request);
}

void list_options(const tts_voice* voice) {
  tts_option_info option;
  for (size_t i = 0; tts_voice_option(voice, i, &option) == TTS_OK; ++i)
    std::printf("%s %s %s\n", option.name, option.standard, option.help);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  if (std::setlocale(LC_ALL, argv[2]) == nullptr) return 3;
  std::locale::global(std::locale(argv[2]));
  const std::string host = std::setlocale(LC_ALL, nullptr);
  tts_voice* voice = nullptr;
  if (tts_voice_open(argv[1], nullptr, 0, &voice) != TTS_OK) {
    std::fprintf(stderr, "%s\n", tts_last_error());
    return 1;
  }
  std::printf("%s\n", tts_voice_info(voice));
  list_options(voice);
  for (const Case& spoken : kCases) speak(voice, spoken);
  tts_voice_free(voice);
  const std::string after = std::setlocale(LC_ALL, nullptr);
  if (after == host) return 0;
  std::fprintf(stderr, "the library changed its host's locale: %s\n", after.c_str());
  return 4;
}
