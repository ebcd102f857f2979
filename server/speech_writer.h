// Events of the engine → the bytes of a response: a sound file, or server-sent events.
#pragma once
#include <functional>
#include <memory>

#include "engine/event.h"
#include "server/api_error.h"
#include "server/speech_request.h"

namespace tts {

class SpeechWriter {
 public:
  virtual ~SpeechWriter() = default;
  virtual void write(const Event& event) = 0;  // the last is kDone
};

// Nothing is written before the first sound or word, so that a request that fails before can still
// be answered with a status.
std::unique_ptr<SpeechWriter> make_speech_writer(const SpeechRequest& request,
                                                 int sample_rate_hz,
                                                 ByteSink sink);

// What ends a stream of events that began and then failed.
std::string error_event(const ApiError& error);

}  // namespace tts
