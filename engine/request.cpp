#include "engine/request.h"

#include "core/error.h"
#include "nn/runtime.h"

namespace tts {
namespace {

constexpr size_t kMaxAudioWaiting = 8;  // about four seconds

[[noreturn]] void fail_cancelled() {
  fail(ErrorCode::kCancelled, "cancelled");
}

}  // namespace

Request::Request(std::shared_ptr<const Voice> voice, const SpeakOptions& options)
    : synthesizer_(std::move(voice), options) {}

Request::~Request() {
  cancel();
  if (worker_.joinable()) worker_.join();
}

void Request::push(std::string_view text, InputKind kind) {
  if (finished_) fail(ErrorCode::kUsage, "text was pushed after finish; make a new request");
  if (!text_.empty() && kind != kind_)
    fail(ErrorCode::kUsage, "all pieces of a text must be of one kind");
  kind_ = kind;
  text_ += text;
}

void Request::finish() {
  if (finished_) fail(ErrorCode::kUsage, "the request was finished before");
  finished_ = true;
  worker_ = std::thread([this] { speak(); });
}

bool Request::next(Event& event) {
  if (!finished_) fail(ErrorCode::kUsage, "finish the request before asking for its events");
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return cancelled_ || !events_.empty() || ended_; });
  if (cancelled_) fail_cancelled();
  if (events_.empty()) {
    if (error_) std::rethrow_exception(error_);
    return false;
  }
  event = std::move(events_.front());
  events_.pop_front();
  if (event.kind == EventKind::kAudio) --audio_waiting_;
  changed_.notify_all();
  return true;
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
    synthesizer_.speak(text_, kind_, sink, cancelled_);
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

}  // namespace tts
