// libsndfile's C interface, declared here and loaded at run time (dlopen): the trainer builds on
// machines without its header, and a program that never opens a sound file never pays for its
// codecs. The declarations follow sndfile.h of libsndfile 1.0.18 to 1.2 (its ABI has not changed
// since); tests/audio/sndfile_test.cpp compares them with the installed header.
#pragma once
#include <cstdint>

namespace tts::sndfile {

struct Info {  // SF_INFO
  int64_t frames;
  int sample_rate_hz;
  int channels;
  int format;
  int sections;
  int seekable;
};

struct VirtualIo {  // SF_VIRTUAL_IO
  int64_t (*length)(void* user);
  int64_t (*seek)(int64_t offset, int whence, void* user);
  int64_t (*read)(void* bytes, int64_t count, void* user);
  int64_t (*write)(const void* bytes, int64_t count, void* user);
  int64_t (*tell)(void* user);
};

inline constexpr int kModeRead = 0x10;   // SFM_READ
inline constexpr int kModeWrite = 0x20;  // SFM_WRITE
inline constexpr int kFlacPcm16 = 0x170002;
inline constexpr int kWavMuLaw = 0x010010;
inline constexpr int kWavGsm = 0x010020;
inline constexpr int kOggVorbis = 0x200060;
inline constexpr int kOggOpus = 0x200064;
inline constexpr int kMp3 = 0x230082;
inline constexpr int kSetVbrQuality = 0x1300;        // SFC_SET_VBR_ENCODING_QUALITY, double 0..1
inline constexpr int kSetCompressionLevel = 0x1301;  // SFC_SET_COMPRESSION_LEVEL, double 0..1

struct Handle;  // SNDFILE

struct Library {
  Handle* (*open_virtual)(VirtualIo*, int mode, Info*, void* user);
  int (*close)(Handle*);
  int64_t (*read_frames)(Handle*, float*, int64_t frames);
  int64_t (*write_float)(Handle*, const float*, int64_t frames);
  int64_t (*write_short)(Handle*, const int16_t*, int64_t frames);
  const char* (*error_text)(Handle*);
  int (*error_code)(Handle*);
  int (*command)(Handle*, int command, void* data, int bytes);
};

// Loads libsndfile once: $TTS_SNDFILE (a file), then TTS_DEPS_DIR/lib of the build, then the
// system's. Throws kInput naming what was tried. Safe from any thread.
const Library& library();

}  // namespace tts::sndfile
