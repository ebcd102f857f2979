#pragma once

namespace tts {

#ifdef TTS_VERSION
inline constexpr char kVersion[] = TTS_VERSION;
#else
inline constexpr char kVersion[] = "0.3.0";
#endif

}  // namespace tts
