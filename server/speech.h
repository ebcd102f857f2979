// One request while it is spoken: a worker runs it, the client's thread reads its bytes.
#pragma once
#include <atomic>
#include <memory>

#include "server/byte_pipe.h"
#include "server/metrics.h"
#include "server/speech_queue.h"
#include "server/speech_request.h"
#include "server/speech_writer.h"
#include "server/voice_shelf.h"

namespace tts {

class Speech : public SpeechQueue::Job {
 public:
  Speech(SpeechRequest request, VoiceShelf& voices, Metrics& metrics);

  void run() override;
  // From any thread: the work stops, nobody reads any more.
  void cancel();

  BytePipe& bytes() { return bytes_; }
  const SpeechRequest& request() const { return request_; }
  int sample_rate_hz() const { return sample_rate_hz_; }  // once there are bytes
  // What is spoken otherwise than asked for, in ASCII; once there are bytes.
  const std::string& warning() const { return warning_; }

 private:
  void speak();
  void say_nothing(SpeechWriter& writer, const std::string& why);
  void warn(const std::string& message);

  const SpeechRequest request_;
  VoiceShelf& voices_;
  Metrics& metrics_;
  BytePipe bytes_;
  int sample_rate_hz_ = 0;
  std::string warning_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace tts
