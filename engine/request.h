// A request that is pulled: text in, events out, spoken by a worker thread that is never far ahead.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "engine/synthesizer.h"

namespace tts {

// One thread may push and finish while another one pulls.
class Request : private TextSource {
 public:
  // Throws like Synthesizer.
  Request(std::shared_ptr<const Voice> voice, const SpeakOptions& options);
  ~Request() override;  // cancels and waits
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // Adds text; the pieces are one text, in which the spans of all events count. Cut anywhere, they
  // give the same events as the whole: what is certain to be a sentence is spoken.
  // Throws Error(kUsage) after finish() and for a piece of another kind than the first.
  void push(std::string_view text, InputKind kind = InputKind::kPlain);
  // The text is complete.
  void finish();

  enum class Pulled { kEvent, kPending, kEnd };
  // Waits for the next event, at most for `time` where one is given; kEnd when all have been handed
  // out. kPending: nothing yet; without a time only where nothing will come before more text or
  // finish(). Throws what went wrong, again and again; Error(kCancelled) after cancel().
  Pulled next(Event& event, std::optional<std::chrono::milliseconds> time = std::nullopt);
  // From any thread, at any time; waits for nothing.
  void cancel();

  const Synthesizer& synthesizer() const { return synthesizer_; }

 private:
  // Of the worker.
  void speak();
  void put(const Event& event);
  bool read(std::string& text) override;
  bool ready() override;
  // With mutex_ held.
  void start();
  bool is_starved() const;

  Synthesizer synthesizer_;
  std::atomic<bool> cancelled_{false};

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::thread worker_;
  std::string text_;  // pushed, not yet read
  std::optional<InputKind> kind_;
  bool finished_ = false;
  bool reading_ = true;  // the worker waits for text, or has not begun
  std::deque<Event> events_;
  size_t audio_waiting_ = 0;
  bool ended_ = false;
  std::exception_ptr error_;
};

}  // namespace tts
