#include "speech_dispatcher/wire.h"

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "audio/encoder.h"
#include "core/error.h"
#include "core/write_all.h"

namespace tts {
namespace {

// The sound must not hold the end of a line: as in HDLC, that and the escape are escaped by bit 5.
constexpr char kEscape = 0x7D, kInverted = 0x20;

void append_byte(std::string& out, char byte) {
  if (byte != '\n' && byte != kEscape) {
    out += byte;
  } else {
    out += kEscape;
    out += static_cast<char>(byte ^ kInverted);
  }
}

}  // namespace

void Wire::say(std::string_view lines) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!write_all(fd_, lines))
    fail(ErrorCode::kOutput, "speech-dispatcher does not listen (", std::strerror(errno), ")");
}

void Wire::audio(const float* samples, size_t count, int sample_rate_hz) {
  std::string event =
      "705-bits=16\n705-num_channels=1\n705-sample_rate=" + std::to_string(sample_rate_hz) +
      "\n705-num_samples=" + std::to_string(count) + "\n705-big_endian=0\n";
  event += "705-AUDIO";
  event += '\0';
  for (size_t i = 0; i < count; ++i) {
    const auto bits = static_cast<uint16_t>(to_pcm16(samples[i]));
    append_byte(event, static_cast<char>(bits & 0xFF));
    append_byte(event, static_cast<char>(bits >> 8));
  }
  say(event + "\n705 AUDIO\n");
}

}  // namespace tts
