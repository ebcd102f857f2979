// audio/sndfile.h declares libsndfile's interface itself: compare it with the installed header.
#include "audio/sndfile.h"

#include "tests/test.h"
#if __has_include(<sndfile.h>)
#include <sndfile.h>

#include <cstddef>

namespace own = tts::sndfile;

static_assert(sizeof(own::Info) == sizeof(SF_INFO));
static_assert(offsetof(own::Info, sample_rate_hz) == offsetof(SF_INFO, samplerate));
static_assert(offsetof(own::Info, channels) == offsetof(SF_INFO, channels));
static_assert(offsetof(own::Info, format) == offsetof(SF_INFO, format));
static_assert(sizeof(own::VirtualIo) == sizeof(SF_VIRTUAL_IO));
static_assert(offsetof(own::VirtualIo, seek) == offsetof(SF_VIRTUAL_IO, seek));
static_assert(offsetof(own::VirtualIo, read) == offsetof(SF_VIRTUAL_IO, read));
static_assert(offsetof(own::VirtualIo, write) == offsetof(SF_VIRTUAL_IO, write));
static_assert(offsetof(own::VirtualIo, tell) == offsetof(SF_VIRTUAL_IO, tell));

TEST_CASE("libsndfile's numbers are those of its header") {
  CHECK(own::kModeRead == SFM_READ);
  CHECK(own::kModeWrite == SFM_WRITE);
  CHECK(own::kFlacPcm16 == (SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
  CHECK(own::kOggVorbis == (SF_FORMAT_OGG | SF_FORMAT_VORBIS));
  CHECK(own::kOggOpus == (SF_FORMAT_OGG | SF_FORMAT_OPUS));
  CHECK(own::kMp3 == (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III));
  CHECK(sizeof(sf_count_t) == sizeof(int64_t));
}
#endif
