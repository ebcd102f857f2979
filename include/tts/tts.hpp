// Text to speech for C++17: tts.h with owners and exceptions. Header only.
//
//   tts::api::Voice voice("kathleen");
//   tts::api::Request request(voice, {{"speed", "1.2"}});
//   request.push("Hello.");
//   request.finish();
//   while (const tts_event* event = request.next()) { … }
#pragma once
#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tts/tts.h"

namespace tts::api {

// What a call that failed says: its status and tts_last_error().
class Failure : public std::runtime_error {
 public:
  Failure(tts_status status, const char* sentence)
      : std::runtime_error(sentence), status_(status) {}
  tts_status status() const { return status_; }

 private:
  tts_status status_;
};

inline void check(tts_status status) {
  if (status != TTS_OK) throw Failure(status, tts_last_error());
}

using Options = std::initializer_list<tts_option>;

class Voice {
 public:
  explicit Voice(const std::string& path, Options options = {}) {
    tts_voice* voice = nullptr;
    check(tts_voice_open(path.c_str(), options.begin(), options.size(), &voice));
    handle_.reset(voice);
  }
  // A voice that speaks as the person in the recordings.
  Voice prompted(std::initializer_list<tts_recording> recordings) const {
    tts_voice* voice = nullptr;
    check(tts_voice_prompt(get(), recordings.begin(), recordings.size(), &voice));
    Voice out;
    out.handle_.reset(voice);
    return out;
  }
  tts_voice* get() const { return handle_.get(); }
  std::string info() const { return tts_voice_info(get()); }

 private:
  Voice() = default;
  struct Free {
    void operator()(tts_voice* voice) const { tts_voice_free(voice); }
  };
  std::unique_ptr<tts_voice, Free> handle_;
};

class Request {
 public:
  explicit Request(const Voice& voice, Options options = {}) {
    tts_request* request = nullptr;
    check(tts_request_new(voice.get(), options.begin(), options.size(), &request));
    handle_.reset(request);
  }
  void push(std::string_view utf8, tts_input_kind kind = TTS_PLAIN) {
    check(tts_request_push(get(), utf8.data(), utf8.size(), kind));
  }
  void finish() { check(tts_request_finish(get())); }
  // The next event, valid until the next call; null when all were handed out, or none will come
  // before more text or finish(): see ended(). Throws Failure.
  const tts_event* next() {
    const tts_event* event = nullptr;
    const tts_status status = tts_request_next(get(), &event);
    return take(status, event);
  }
  // The same, waiting at most so long, for text too.
  const tts_event* next_within(std::chrono::milliseconds time) {
    const tts_event* event = nullptr;
    const auto count = static_cast<uint32_t>(std::max<int64_t>(0, time.count()));
    const tts_status status = tts_request_next_within(get(), count, &event);
    return take(status, event);
  }
  bool ended() const { return ended_; }  // all events were handed out
  void cancel() { tts_request_cancel(get()); }
  int sample_rate() const { return tts_request_sample_rate(get()); }
  uint64_t seed() const { return tts_request_seed(get()); }
  tts_request* get() const { return handle_.get(); }

 private:
  struct Free {
    void operator()(tts_request* request) const { tts_request_free(request); }
  };
  const tts_event* take(tts_status status, const tts_event* event) {
    if (status != TTS_PENDING && status != TTS_END) check(status);
    ended_ = status == TTS_END;
    return event;
  }
  std::unique_ptr<tts_request, Free> handle_;
  bool ended_ = false;
};

}  // namespace tts::api
