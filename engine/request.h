// A request that is pulled: text in, events out, spoken by a worker thread that is never far ahead.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "engine/synthesizer.h"

namespace tts {

class Request {
 public:
  // Throws like Synthesizer.
  Request(std::shared_ptr<const Voice> voice, const SpeakOptions& options);
  ~Request();  // cancels and waits
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // Adds text; the pieces are one text, in which the spans of all events count.
  // Throws Error(kUsage) after finish() and for a piece of another kind than the first.
  void push(std::string_view text, InputKind kind = InputKind::kPlain);
  // The text is complete: speaking begins.
  void finish();
  // Waits for the next event; false when all have been handed out. Throws what went wrong, again
  // and again; Error(kCancelled) after cancel().
  bool next(Event& event);
  // From any thread, at any time; waits for nothing.
  void cancel();

  const Synthesizer& synthesizer() const { return synthesizer_; }

 private:
  void speak();
  void put(const Event& event);

  Synthesizer synthesizer_;
  std::string text_;
  InputKind kind_ = InputKind::kPlain;
  bool finished_ = false;
  std::atomic<bool> cancelled_{false};
  std::thread worker_;

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<Event> events_;
  size_t audio_waiting_ = 0;
  bool ended_ = false;
  std::exception_ptr error_;
};

}  // namespace tts
