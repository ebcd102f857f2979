#include "engine/voice_search.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/classic_stream.h"
#include "core/error.h"
#include "core/voice_manifest.h"
#include "engine/voice_file.h"

namespace fs = std::filesystem;

namespace tts {
namespace {

constexpr char kBuiltIn[] = "dummy";
constexpr char kStandard[] = "kathleen";  // when nobody says which

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

// The folder of the program or, when this code is in a shared library, of that library.
fs::path own_folder() {
  std::error_code ignored;
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&own_folder), &info) != 0 && info.dli_fname != nullptr &&
      fs::path(info.dli_fname).filename().string().find(".so") != std::string::npos) {
    return fs::canonical(info.dli_fname, ignored).parent_path();
  }
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

void add(std::vector<std::string>& folders, const fs::path& folder) {
  std::error_code ignored;
  if (folder.empty() || !fs::is_directory(folder, ignored)) return;
  const std::string path = fs::weakly_canonical(folder, ignored).string();
  if (std::find(folders.begin(), folders.end(), path) == folders.end()) folders.push_back(path);
}

// The first of the places that holds `file`; `what` it would be.
std::string first_with(const char* file, const char* what, const std::vector<fs::path>& places) {
  std::string tried;
  for (const auto& place : places) {
    if (is_file(place / file)) return place.lexically_normal().string();
    tried += (tried.empty() ? "" : ", ") + place.lexically_normal().string();
  }
  fail(ErrorCode::kVoice, "no ", what, " found: none of these folders has a ", file, ": ", tried);
}

std::vector<fs::path> on_voice_path(const char* name) {
  std::vector<fs::path> places;
  for (const auto& folder : voice_path()) places.push_back(fs::path(folder) / name);
  return places;
}

// Where what a voice names as `relative` may lie: there, beside the voice, on the voice path.
std::vector<fs::path> places_of(const std::string& voice_folder,
                                const std::string& relative,
                                const char* usual_name) {
  std::vector<fs::path> places = {fs::path(voice_folder) / relative,
                                  fs::path(voice_folder) / ".." / usual_name};
  const auto others = on_voice_path(usual_name);
  places.insert(places.end(), others.begin(), others.end());
  return places;
}

std::string known_voices() {
  std::string known;
  for (const auto& voice : list_voices()) known += (known.empty() ? "" : ", ") + voice.name;
  return known;
}

}  // namespace

std::vector<std::string> voice_path() {
  std::vector<std::string> folders;
  const char* listed = std::getenv("TTS_VOICE_PATH");
  ClassicInput entries(listed == nullptr ? "" : listed);
  for (std::string entry; std::getline(entries, entry, ':');) add(folders, entry);
  const fs::path own = own_folder();
  for (const char* place :
       {"voices", "../voices", "../share/tts/voices", "../../share/tts/voices"}) {
    if (!own.empty()) add(folders, own / place);
  }
  add(folders, "voices");
  return folders;
}

std::vector<FoundVoice> list_voices() {
  std::vector<FoundVoice> voices;
  const auto known = [&](const std::string& name) {
    return std::any_of(
        voices.begin(), voices.end(), [&](const FoundVoice& v) { return v.name == name; });
  };
  for (const auto& folder : voice_path()) {
    std::vector<FoundVoice> here;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
      const std::string name = entry.path().filename().string();
      if (is_file(entry.path() / kVoiceFile) && !known(name))
        here.push_back({name, entry.path().string()});
      const std::string stem = entry.path().stem().string();
      if (has_voice_extension(name) && is_file(entry.path()) && !known(stem))
        here.push_back({stem, entry.path().string()});
    }
    std::stable_sort(here.begin(), here.end(), [](const FoundVoice& a, const FoundVoice& b) {
      return a.name < b.name;
    });
    const auto same = [](const FoundVoice& a, const FoundVoice& b) { return a.name == b.name; };
    here.erase(std::unique(here.begin(), here.end(), same), here.end());
    voices.insert(voices.end(), here.begin(), here.end());
  }
  if (!known(kBuiltIn)) voices.push_back({kBuiltIn, ""});
  return voices;
}

std::string find_voice(const std::string& path_or_name) {
  std::string wanted = path_or_name;
  if (wanted.empty() && std::getenv("TTS_VOICE") != nullptr) wanted = std::getenv("TTS_VOICE");
  const std::vector<FoundVoice> voices = list_voices();
  const std::string name = wanted.empty() ? kStandard : wanted;
  for (const auto& voice : voices) {
    if (voice.name == name) return voice.folder;
  }
  if (wanted.empty()) {
    if (!voices.front().folder.empty()) return voices.front().folder;
    fail(ErrorCode::kVoice,
         "no voice found; set TTS_VOICE_PATH to a folder of voices or give one with --voice");
  }
  if (is_file(fs::path(wanted) / kVoiceFile)) return wanted;
  if (has_voice_extension(wanted) && is_file(wanted)) return wanted;
  if (is_file(wanted) && fs::path(wanted).filename() == kVoiceFile) {
    return fs::absolute(wanted).parent_path().string();
  }
  std::error_code ignored;
  if (fs::is_directory(wanted, ignored)) {
    fail(ErrorCode::kVoice,
         wanted,
         ": has no ",
         kVoiceFile,
         ", so it is not a voice; known: ",
         known_voices());
  }
  fail(ErrorCode::kVoice, "unknown voice \"", wanted, "\"; known: ", known_voices());
}

std::string find_codec(const std::string& voice_folder, const std::string& relative) {
  return first_with(kCodecFile, "codec", places_of(voice_folder, relative, "codec"));
}

std::string find_codec() {
  return first_with(kCodecFile, "codec", on_voice_path("codec"));
}

std::string find_base(const std::string& voice_folder, const std::string& relative) {
  const std::string name = fs::path(relative).filename().string();
  return first_with(kBaseFile, "base model", places_of(voice_folder, relative, name.c_str()));
}

std::string find_speaker_encoder(const std::string& voice_folder, const std::string& relative) {
  constexpr char kUsual[] = "speaker";
  const auto places = places_of(voice_folder, relative.empty() ? kUsual : relative, kUsual);
  return first_with(kEncoderFile, "speaker encoder", places);
}

}  // namespace tts
