#include "engine/request.h"

#include "core/error.h"
#include "core/stop.h"
#include "nn/runtime.h"

namespace tts {
namespace {

constexpr size_t kMaxAudioWaiting = 8;  // about four seconds

}  // namespace

Request::Request(std::shared_ptr<const Voice> voice, const SpeakOptions& options)
    : synthesizer_(std::move(voice), options) {}

Request::~Request() {
  cancel();
  if (worker_.joinable()) worker_.join();
}

void Request::push(std::string_view text, InputKind kind) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (finished_) fail(ErrorCode::kUsage, "text was pushed after finish; make a new request");
  if (kind_.value_or(kind) != kind)
    fail(ErrorCode::kUsage, "all pieces of a text must be of one kind");
  if (text.empty()) return;
  text_ += text;
  kind_ = kind;
  start();
  changed_.notify_all();
}

void Request::finish() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (finished_) fail(ErrorCode::kUsage, "the request was finished before");
  finished_ = true;
  start();
  changed_.notify_all();
}

void Request::start() {
  if (!worker_.joinable()) worker_ = std::thread([this] { speak(); });
}

bool Request::is_starved() const {
  return reading_ && text_.empty() && !finished_;
}

Request::Pulled Request::next(Event& event, std::optional<std::chrono::milliseconds> time) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto is_there = [&] { return cancelled_ || !events_.empty() || ended_; };
  if (time) {
    changed_.wait_for(lock, *time, is_there);
  } else {
    changed_.wait(lock, [&] { return is_there() || is_starved(); });
  }
  if (cancelled_) fail_cancelled();
  if (events_.empty()) {
    if (error_) std::rethrow_exception(error_);
    return ended_ ? Pulled::kEnd : Pulled::kPending;
  }
  event = std::move(events_.front());
  events_.pop_front();
  if (event.kind == EventKind::kAudio) --audio_waiting_;
  changed_.notify_all();
  return Pulled::kEvent;
}

void Request::cancel() {
  cancelled_ = true;
  // The lock makes sure that a waiting thread is either not yet looking or woken.
  const std::lock_guard<std::mutex> lock(mutex_);
  changed_.notify_all();
}

void Request::speak() {
  std::exception_ptr error;
  try {
    configure_thread();
    const auto sink = [this](const Event& event) { put(event); };
    InputKind kind = InputKind::kPlain;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      kind = kind_.value_or(kind);
    }
    synthesizer_.speak(*this, kind, sink, cancelled_);
  } catch (...) {
    error = std::current_exception();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  ended_ = true;
  error_ = error;
  changed_.notify_all();
}

void Request::put(const Event& event) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return cancelled_ || audio_waiting_ < kMaxAudioWaiting; });
  if (cancelled_) fail_cancelled();
  if (event.kind == EventKind::kAudio) ++audio_waiting_;
  events_.push_back(event);
  changed_.notify_all();
}

bool Request::read(std::string& text) {
  std::unique_lock<std::mutex> lock(mutex_);
  reading_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return cancelled_ || !text_.empty() || finished_; });
  if (cancelled_) fail_cancelled();
  reading_ = false;
  if (text_.empty()) return false;
  text += text_;
  text_.clear();
  return true;
}

bool Request::ready() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return cancelled_ || !text_.empty() || finished_;
}

}  // namespace tts
