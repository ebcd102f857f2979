/* speak VOICE TEXT > sound.s16: streams 16-bit samples and prints when each word is spoken.
 *   cc speak.c $(pkg-config --cflags --libs tts) -o speak */
#include <stdio.h>
#include <string.h>

#include "tts/tts.h"

static int fail(const char* what) {
  fprintf(stderr, "%s: %s\n", what, tts_last_error());
  return 1;
}

int main(int argc, char** argv) {
  tts_voice* voice = NULL;
  tts_request* request = NULL;
  const tts_event* event = NULL;
  tts_status status;
  if (argc != 3) return fprintf(stderr, "usage: speak VOICE TEXT > sound.s16\n"), 2;
  if (tts_voice_open(argv[1], NULL, 0, &voice) != TTS_OK) return fail("voice");
  if (tts_request_new(voice, NULL, 0, &request) != TTS_OK) return fail("request");
  if (tts_request_push(request, argv[2], strlen(argv[2]), TTS_PLAIN) != TTS_OK) return fail("text");
  if (tts_request_finish(request) != TTS_OK) return fail("text");
  while ((status = tts_request_next(request, &event)) == TTS_OK) {
    if (event->kind == TTS_AUDIO) {
      size_t i;
      for (i = 0; i < event->audio_count; i++) {
        const short sample = (short)(event->audio[i] * 32767);
        fwrite(&sample, sizeof(sample), 1, stdout);
      }
    } else if (event->kind == TTS_WORD) {
      fprintf(stderr,
              "%8.3f s  %s\n",
              (double)event->first_sample / tts_request_sample_rate(request),
              event->text);
    }
  }
  if (status != TTS_END) return fail("speaking");
  tts_request_free(request);
  tts_voice_free(voice);
  return 0;
}
