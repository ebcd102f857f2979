#include "cli/text_input.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/console.h"
#include "core/error.h"
#include "engine/empty_text.h"

namespace tts {
namespace {

constexpr int kLookMs = 100;  // how often an interrupt that came between two calls is looked for

}  // namespace

TextInput::TextInput(const std::string& path, const std::atomic<bool>& cancelled)
    : path_(path), cancelled_(cancelled) {
  refuse_folder(path);
  descriptor_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0)
    fail(ErrorCode::kInput, path, ": cannot be opened (", std::strerror(errno), ")");
}

TextInput::~TextInput() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

bool TextInput::wait_for_text() {
  while (is_blank(text_)) {
    if (!fill()) return false;
  }
  return true;
}

bool TextInput::read(std::string& text) {
  if (given_ == text_.size() && !fill()) return false;
  text.append(text_, given_);
  given_ = text_.size();
  return true;
}

bool TextInput::ready() {
  if (given_ < text_.size() || cancelled_) return true;
  pollfd look{descriptor_, POLLIN, 0};
  return ::poll(&look, 1, 0) != 0;
}

bool TextInput::fill() {
  char buffer[1 << 16];
  for (;;) {
    if (cancelled_) fail(ErrorCode::kCancelled, "interrupted");
    pollfd look{descriptor_, POLLIN, 0};
    if (::poll(&look, 1, kLookMs) <= 0) continue;
    const ssize_t count = ::read(descriptor_, buffer, sizeof(buffer));
    if (count == 0) return false;
    if (count > 0) {
      text_.append(buffer, static_cast<size_t>(count));
      refuse_binary(path_, text_);
      return true;
    }
    if (errno != EINTR && errno != EAGAIN)
      fail(ErrorCode::kInput, path_, ": cannot be read (", std::strerror(errno), ")");
  }
}

}  // namespace tts
