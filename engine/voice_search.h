// Where voices are found by name.
#pragma once
#include <string>
#include <vector>

namespace tts {

// Folders that hold voice folders, those that exist, in order: each entry of TTS_VOICE_PATH
// (separated by ":"), "voices" beside and above this program or library, share/tts/voices of its
// installation, "voices" in the working folder.
std::vector<std::string> voice_path();

struct FoundVoice {
  std::string name;    // of the folder or file
  std::string folder;  // or the file NAME.voice; empty: built in
};

// Every voice on the path, by name; the first of a name wins. Ends with the built-in "dummy".
std::vector<FoundVoice> list_voices();

// A folder with a voice.json (or that file itself), a file *.voice, or the name of a voice on the
// path; "" is $TTS_VOICE, else "kathleen", else the first voice of the path. → its folder or file,
// "" for the built-in dummy. Throws Error(kVoice) that lists the known voices.
std::string find_voice(const std::string& path_or_name);

// The codec folder of a voice: `relative` to the voice's folder, else "codec" beside the voice,
// else "codec" on the path. Throws Error(kVoice) naming the places tried.
std::string find_codec(const std::string& voice_folder, const std::string& relative);

// The codec of the path, for tools without a voice.
std::string find_codec();

// The folder of a voice's base: `relative` to the voice's folder, beside it, or on the voice path.
std::string find_base(const std::string& voice_folder, const std::string& relative);

// The same for its speaker encoder; "" is "speaker".
std::string find_speaker_encoder(const std::string& voice_folder, const std::string& relative);

}  // namespace tts
