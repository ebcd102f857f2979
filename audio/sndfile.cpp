#include "audio/sndfile.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

#include "core/error.h"

namespace tts::sndfile {
namespace {

// The libraries that libsndfile itself needs, in the order of their own needs: loaded first, they
// are found by name although the folder is in no search path.
void load_neighbours(const std::string& folder) {
  for (const char* name : {"libogg.so.0",
                           "libvorbis.so.0",
                           "libvorbisenc.so.2",
                           "libopus.so.0",
                           "libFLAC.so.12",
                           "libFLAC.so.8",
                           "libmp3lame.so.0",
                           "libmpg123.so.0"}) {
    dlopen((folder + "/" + name).c_str(), RTLD_NOW | RTLD_GLOBAL);
  }
}

void* open_one(const std::string& path, std::string& tried) {
  const size_t slash = path.rfind('/');
  if (slash != std::string::npos) load_neighbours(path.substr(0, slash));
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) tried += std::string("\n  ") + dlerror();
  return library;
}

void* open_any() {
  std::string tried;
  if (const char* named = std::getenv("TTS_SNDFILE"); named && *named) {
    if (void* library = open_one(named, tried)) return library;
  }
  if (const std::string deps = TTS_DEPS_DIR; !deps.empty()) {
    if (void* library = open_one(deps + "/lib/libsndfile.so.1", tried)) return library;
  }
  if (void* library = open_one("libsndfile.so.1", tried)) return library;
  fail(ErrorCode::kInput,
       "libsndfile cannot be loaded; install libsndfile1 or name the file in TTS_SNDFILE. Tried:",
       tried);
}

template <typename Function>
void bind(void* library, const char* name, Function& out) {
  out = reinterpret_cast<Function>(dlsym(library, name));
  if (!out) fail(ErrorCode::kInput, "libsndfile has no function ", name, "; version 1.1 is needed");
}

Library load() {
  void* opened = open_any();
  Library out{};
  bind(opened, "sf_open_virtual", out.open_virtual);
  bind(opened, "sf_close", out.close);
  bind(opened, "sf_readf_float", out.read_frames);
  bind(opened, "sf_writef_float", out.write_float);
  bind(opened, "sf_writef_short", out.write_short);
  bind(opened, "sf_strerror", out.error_text);
  bind(opened, "sf_error", out.error_code);
  bind(opened, "sf_command", out.command);
  return out;
}

}  // namespace

const Library& library() {
  static const Library loaded = load();  // a throw leaves it unset: the next call tries again
  return loaded;
}

}  // namespace tts::sndfile
