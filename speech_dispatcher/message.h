// What a message of speech-dispatcher says, as SSML.
#pragma once
#include <string>

#include "speech_dispatcher/settings.h"

namespace tts {

enum class MessageKind { kText, kChar, kKey, kSoundIcon };

// Text comes as SSML with speech-dispatcher's marks; what is not well-formed is read without its
// tags, and letters of scripts that the language is not written in are put into Latin ones. A
// character is named, a key ("control_shift_a") by its parts, an icon by its name.
// `language` names punctuation and capitals: English, German, Dutch; else in English.
std::string ssml_of(MessageKind kind,
                    const std::string& text,
                    const Settings& settings,
                    const std::string& language);

}  // namespace tts
