// One request while it is spoken: a worker runs it, the client's thread reads its bytes.
#pragma once
#include <atomic>
#include <memory>

#include "server/byte_pipe.h"
#include "server/metrics.h"
#include "server/speech_queue.h"
#include "server/speech_request.h"
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

 private:
  void speak();

  const SpeechRequest request_;
  VoiceShelf& voices_;
  Metrics& metrics_;
  BytePipe bytes_;
  int sample_rate_hz_ = 0;
  std::atomic<bool> cancelled_{false};
};

}  // namespace tts
