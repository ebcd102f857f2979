// Bytes to a file descriptor, all of them.
#pragma once
#include <string_view>

namespace tts {

// Goes on behind a signal and after a part. False: not all could be written, and errno says why.
bool write_all(int descriptor, std::string_view bytes);

}  // namespace tts
