// What a voice is, in one word: programs that keep its sounds know by it when they are out of date.
#pragma once
#include <string>

namespace tts {

// 16 hexadecimal digits over the manifest and the weights of all stages, as stored. With `prompts`
// those of the speaker encoder, too. Reads all files of the voice, and loads no network. Throws
// Error(kVoice).
std::string voice_identity(const std::string& path_or_name, bool prompts);

}  // namespace tts
