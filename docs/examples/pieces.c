/* pieces VOICE < text > sound.s16: speaks while the text arrives, as that of a language model does.
 *   cc pieces.c $(pkg-config --cflags --libs tts) -o pieces */
#include <stdio.h>
#include <unistd.h>

#include "tts/tts.h"

static int fail(const char* what) {
  fprintf(stderr, "%s: %s\n", what, tts_last_error());
  return 1;
}

/* Writes what there is to hear. TTS_PENDING: more text is needed for more. */
static tts_status hear(tts_request* request) {
  const tts_event* event = NULL;
  tts_status status;
  while ((status = tts_request_next(request, &event)) == TTS_OK) {
    size_t i;
    for (i = 0; i < event->audio_count; i++) {
      const short sample = (short)(event->audio[i] * 32767);
      fwrite(&sample, sizeof(sample), 1, stdout);
    }
    if (event->kind == TTS_AUDIO) fflush(stdout);
  }
  return status;
}

int main(int argc, char** argv) {
  tts_voice* voice = NULL;
  tts_request* request = NULL;
  char piece[256];
  ssize_t bytes;
  if (argc != 2) return fprintf(stderr, "usage: pieces VOICE < text > sound.s16\n"), 2;
  if (tts_voice_open(argv[1], NULL, 0, &voice) != TTS_OK) return fail("voice");
  if (tts_request_new(voice, NULL, 0, &request) != TTS_OK) return fail("request");
  while ((bytes = read(STDIN_FILENO, piece, sizeof(piece))) > 0) {
    if (tts_request_push(request, piece, (size_t)bytes, TTS_PLAIN) != TTS_OK) return fail("text");
    if (hear(request) != TTS_PENDING) return fail("speaking");
  }
  if (tts_request_finish(request) != TTS_OK) return fail("text");
  if (hear(request) != TTS_END) return fail("speaking");
  tts_request_free(request);
  tts_voice_free(voice);
  return 0;
}
