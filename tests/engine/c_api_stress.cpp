// stress_c_api VOICE REQUESTS [THREADS]: requests of all kinds by many threads on one voice, of
// which some are cancelled, dropped or pushed in pieces. Each of the others must sound as it does
// alone.
#include <sched.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tts/tts.hpp"

namespace {

using tts::api::Failure;
using tts::api::Request;
using tts::api::Voice;

std::string text_of(int number) {
  static const char* const words[] = {"[[həlˈoʊ]]", "[[wˈɜːld]]", "[[ðɪs]]", "[[ɪz]]", "[[ɪt]]"};
  std::string text = words[number % 5];
  for (int i = 0; i < 2 + number % 3; ++i)
    text += std::string(i % 2 == 0 ? ", " : ". ") + words[(number + i) % 5];
  return text + ".";
}

void pull(Request& request, std::vector<float>& audio) {
  while (const tts_event* event = request.next())
    audio.insert(audio.end(), event->audio, event->audio + event->audio_count);
}

std::vector<float> speak(const Voice& voice, int number, size_t piece) {
  const std::string text = text_of(number), seed = std::to_string(number);
  Request request(voice, {{"seed", seed.c_str()}});
  std::vector<float> audio;
  for (size_t at = 0; at < text.size(); at += piece) {
    request.push(std::string_view(text).substr(at, piece));
    if (piece < text.size()) pull(request, audio);
  }
  request.finish();
  pull(request, audio);
  return audio;
}

void cancel_one(const Voice& voice, int number) {
  Request request(voice);
  for (int i = 0; i < 20; ++i) request.push(text_of(number) + " ");
  request.finish();
  std::thread other([&] { request.cancel(); });
  try {
    while (request.next() != nullptr) continue;
  } catch (const Failure&) {
  }
  other.join();
}

void drop_one(const Voice& voice, int number) {
  Request request(voice);
  request.push(text_of(number));
  if (number % 2 == 0) request.finish();
  if (number % 3 == 0) request.next();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "dummy";
  const int requests = argc > 2 ? std::atoi(argv[2]) : 200;
  const int threads = argc > 3 ? std::atoi(argv[3]) : 8;
  constexpr int kTexts = 8;
  cpu_set_t before, after;
  sched_getaffinity(0, sizeof(before), &before);
  const Voice voice(name);
  std::vector<std::vector<float>> alone;
  for (int i = 0; i < kTexts; ++i) alone.push_back(speak(voice, i, 1000));
  for (const auto& audio : alone) {
    if (audio.size() < 5000) return std::puts("no sound"), 1;
  }
  std::atomic<int> next{0}, wrong{0};
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      for (int i; (i = next++) < requests;) {
        const int text = i % kTexts;
        if (i % 10 == 8) {
          cancel_one(voice, i);
        } else if (i % 10 == 9) {
          drop_one(voice, i);
        } else if (speak(voice, text, i % 2 == 0 ? 1000 : 3) != alone[static_cast<size_t>(text)]) {
          ++wrong;
        }
      }
    });
  }
  for (auto& worker : workers) worker.join();
  sched_getaffinity(0, sizeof(after), &after);
  if (!CPU_EQUAL(&before, &after)) return std::puts("the host's threads were moved"), 1;
  std::printf("%d requests by %d threads, %d differ from alone\n", requests, threads, wrong.load());
  return wrong == 0 ? 0 : 1;
}
