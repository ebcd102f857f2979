/* Text to speech: the C interface. All text is UTF-8. Nothing here exits, throws, aborts or prints.
 *
 *   tts_voice* voice; tts_request* request; const tts_event* event;
 *   tts_voice_open("kathleen", NULL, 0, &voice);
 *   tts_request_new(voice, NULL, 0, &request);
 *   tts_request_push(request, "Hello.", 6, TTS_PLAIN);
 *   tts_request_finish(request);
 *   while (tts_request_next(request, &event) == TTS_OK)
 *     if (event->kind == TTS_AUDIO) play(event->audio, event->audio_count);
 *   tts_request_free(request); tts_voice_free(voice);
 */
#ifndef TTS_TTS_H
#define TTS_TTS_H
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define TTS_API __attribute__((visibility("default")))
#else
#define TTS_API
#endif
#ifdef __cplusplus
extern "C" {
#endif

#define TTS_VERSION_MAJOR 0 /* grows when a program must be changed */
#define TTS_VERSION_MINOR 3 /* grows when something is added */

/* clang-format off */
typedef enum tts_status {
  TTS_OK = 0,
  TTS_END = 1,        /* nothing follows: the last event or the last of a list was handed out */
  TTS_EMPTY = 2,      /* the text has nothing to speak */
  TTS_CANCELLED = 3,  /* tts_request_cancel was called */
  TTS_BAD_USE = 4,    /* a null pointer, a wrong order of calls, an unknown option or value */
  TTS_BAD_VOICE = 5,  /* a voice or weight file is missing, damaged or does not fit */
  TTS_BAD_INPUT = 6,  /* another file or text cannot be used */
  TTS_FAILED = 7,     /* out of memory, or an error in this library */
  TTS_PENDING = 8     /* no event yet (since 0.2) */
} tts_status;

typedef struct tts_voice tts_voice;     /* immutable: any number of threads may use one */
/* One thread pushes and finishes while the same or another one pulls; any may cancel. */
typedef struct tts_request tts_request;

typedef struct tts_option { const char *name, *value; } tts_option; /* {"speed", "1.2"} */
/* One channel, full scale is 1. `name` is for messages; NULL: "recording 1", … */
typedef struct tts_recording { const char* name; const float* samples; size_t count; int sample_rate; } tts_recording;
typedef struct tts_file { const char* name; const void* data; size_t bytes; } tts_file;

typedef enum tts_option_type { TTS_TEXT = 0, TTS_NUMBER = 1, TTS_INTEGER = 2 } tts_option_type;
typedef struct tts_option_info {
  const char* name;
  tts_option_type type;
  double lowest, highest;  /* of numbers */
  const char* standard;    /* the default, for display */
  const char* help;
  const char* generators;  /* those of the voice that have it, "flow, parallel"; NULL: all */
} tts_option_info;

/* PLAIN: read as Markdown or HTML where it plainly is that, with a warning; IPA: words of phonemes;
 * SSML: one <speak> element, its subset in docs/ssml.md; MARKDOWN, HTML: nothing is guessed, and the
 * text is read when it is whole; VERBATIM: every sign of it is read */
typedef enum tts_input_kind {
  TTS_PLAIN = 0, TTS_IPA = 1, TTS_SSML = 2, TTS_MARKDOWN = 3, TTS_HTML = 4, TTS_VERBATIM = 5
} tts_input_kind;

typedef enum tts_event_kind {
  TTS_AUDIO = 0, TTS_SENTENCE = 1, TTS_WORD = 2, TTS_PHONEME = 3, TTS_WARNING = 4, TTS_DONE = 5,
  TTS_MARK = 6,   /* a <mark>: its place in samples, its name as the text */
  TTS_VERDICT = 7 /* of a sentence, with the option "check": JSON (docs/checking.md) */
} tts_event_kind;
typedef struct tts_event {
  tts_event_kind kind;
  const float* audio;               /* TTS_AUDIO: one channel, full scale is 1; else NULL */
  size_t audio_count;
  int64_t first_sample, end_sample; /* when in the whole output; not of warnings */
  size_t first_byte, end_byte;      /* where in the text pushed; not of audio and TTS_DONE */
  const char* text; /* the sentence or word as spoken, the phone, the mark, the warning, the verdict; else NULL */
} tts_event;

/* clang-format on */

/* A name from the search path (TTS_VOICE_PATH), a folder, a file *.voice, or "dummy"; NULL: the
 * default voice.
 * Options: "device" (cpu, cuda, …), "threads" (sentences of a request made side by side; 0, the
 * default: as many as there are CPUs). On failure *out is NULL. The caller frees the voice; it
 * lives on while requests use it. */
TTS_API tts_status tts_voice_open(const char* path,
                                  const tts_option* options,
                                  size_t count,
                                  tts_voice** out);
/* The same from memory, copied: files named as in a voice's folder, its codec's as "codec/…". */
TTS_API tts_status tts_voice_open_memory(const tts_file* files,
                                         size_t file_count,
                                         const tts_option* options,
                                         size_t count,
                                         tts_voice** out);
/* A voice that shares everything with `voice` but speaks as the person in the recordings, which are
 * copied and heard once, here. TTS_BAD_USE when the voice takes no prompts, TTS_BAD_INPUT naming a
 * recording that cannot be used; what is doubtful is a warning of every request, and in
 * tts_voice_info. Each voice is freed by itself. */
TTS_API tts_status tts_voice_prompt(tts_voice* voice,
                                    const tts_recording* recordings,
                                    size_t count,
                                    tts_voice** out);
/* JSON: name, language (its own), languages, generators, sample_rate_hz; of tts_voice_prompt also
 * prompts and prompt_warnings. Lives as long as the voice; NULL for NULL. */
TTS_API const char* tts_voice_info(const tts_voice* voice);
/* Option number `index` of requests to this voice; TTS_END behind the last. The strings live as
 * long as the voice. */
TTS_API tts_status tts_voice_option(const tts_voice* voice, size_t index, tts_option_info* out);
TTS_API void tts_voice_free(tts_voice* voice); /* NULL is allowed */
/* The voices of the search path, a JSON list: name, folder, languages, generators, …, or the error
 * of one that is broken. Valid until the next such call of this thread. Since 0.3. */
TTS_API tts_status tts_voices(const char** json);

/* On failure *out is NULL. The caller frees the request. */
TTS_API tts_status tts_request_new(tts_voice* voice,
                                   const tts_option* options,
                                   size_t count,
                                   tts_request** out);
/* Adds a piece of text, copied; all pieces of a request are of one kind. Speaking begins as soon as
 * a sentence is certain to end, or the first clause of a long one; wherever the text is cut into
 * pieces, the events are the same. */
TTS_API tts_status tts_request_push(tts_request* request,
                                    const char* utf8,
                                    size_t bytes,
                                    tts_input_kind kind);
/* The text is complete. */
TTS_API tts_status tts_request_finish(tts_request* request);
/* Waits for the next event, which is valid until the next event is asked for. TTS_END after
 * TTS_DONE. TTS_PENDING where none will come before more text or tts_request_finish. Any other
 * status ends the request. Where it is not TTS_OK, *event is NULL. */
TTS_API tts_status tts_request_next(tts_request* request, const tts_event** event);
/* The same, but waits so long at most and for text, too: for a thread that pulls while another one
 * pushes, and with 0 for one that does both. Since 0.2. */
TTS_API tts_status tts_request_next_within(tts_request* request,
                                           uint32_t milliseconds,
                                           const tts_event** event);
TTS_API void tts_request_cancel(tts_request* request);           /* from any thread, at any time */
TTS_API int tts_request_sample_rate(const tts_request* request); /* Hz; 0 for NULL */
TTS_API uint64_t tts_request_seed(const tts_request* request);   /* as given or drawn; 0 for NULL */
TTS_API void tts_request_free(tts_request* request); /* cancels and waits; NULL is allowed */

/* What went wrong and what to do, of this thread's last call that returned a status (or of
 * tts_set_log); "" after TTS_OK, TTS_END and TTS_PENDING. Valid until the next such call of this
 * thread. */
TTS_API const char* tts_last_error(void);
TTS_API const char* tts_status_text(tts_status status); /* "cancelled"; any number has a text */
TTS_API const char* tts_version(void);                  /* "0.3.0" */
/* Called with level 0 debug, 1 information, 2 warning, from any thread, one at a time. NULL: none.
 */
typedef void (*tts_log_callback)(int level, const char* message, void* user);
TTS_API void tts_set_log(tts_log_callback callback, void* user);

#ifdef __cplusplus
}
#endif
#endif
