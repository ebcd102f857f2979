/* include/tts/tts.h from C: every function, every status but TTS_FAILED (see c_api_test.cpp). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tts/tts.h"

static int failures = 0;

#define EXPECT(condition)                                                                    \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      failures++;                                                                            \
      fprintf(stderr, "%s:%d: %s (%s)\n", __FILE__, __LINE__, #condition, tts_last_error()); \
    }                                                                                        \
  } while (0)

static const char kText[] = "[[həlˈoʊ]] [[wˈɜːld]]. [[ʘ]]";

static tts_voice* open_dummy(void) {
  tts_voice* voice = NULL;
  EXPECT(tts_voice_open("dummy", NULL, 0, &voice) == TTS_OK);
  return voice;
}

static size_t text_bytes = sizeof(kText); /* at most, of what is spoken */

/* Pulls a request dry; counts events by kind and the samples. Returns the last status. */
static tts_status pull(tts_request* request, size_t* counts, int64_t* samples) {
  const tts_event* event = NULL;
  tts_status status;
  *samples = 0;
  memset(counts, 0, 7 * sizeof(*counts));
  while ((status = tts_request_next(request, &event)) == TTS_OK) {
    counts[event->kind]++;
    if (event->kind == TTS_AUDIO) {
      EXPECT(event->audio != NULL && event->text == NULL);
      EXPECT(event->first_sample == *samples);
      *samples += (int64_t)event->audio_count;
      EXPECT(event->end_sample == *samples);
    } else if (event->kind == TTS_DONE) {
      EXPECT(event->end_sample == *samples);
    } else {
      EXPECT(event->text != NULL && event->audio == NULL);
      EXPECT(event->first_byte <= event->end_byte && event->end_byte <= text_bytes);
    }
  }
  EXPECT(event == NULL);
  return status;
}

static void test_speaking(void) {
  const tts_option options[] = {{"seed", "7"}, {"sample-rate", "48000"}};
  size_t counts[7];
  int64_t samples;
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  EXPECT(tts_request_new(voice, options, 2, &request) == TTS_OK);
  tts_voice_free(voice); /* lives on while the request uses it */
  EXPECT(tts_request_seed(request) == 7);
  EXPECT(tts_request_sample_rate(request) == 48000);
  EXPECT(tts_request_push(request, kText, 10, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_push(request, kText + 10, strlen(kText) - 10, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(pull(request, counts, &samples) == TTS_END);
  EXPECT(counts[TTS_WORD] == 2 && counts[TTS_PHONEME] == 8 && counts[TTS_SENTENCE] == 1);
  EXPECT(counts[TTS_WARNING] == 1 && counts[TTS_DONE] == 1 && samples > 10000);
  EXPECT(pull(request, counts, &samples) == TTS_END);
  tts_request_free(request);
}

static void test_ipa(void) {
  size_t counts[7];
  int64_t samples;
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, "həlˈoʊ", strlen("həlˈoʊ"), TTS_IPA) == TTS_OK);
  EXPECT(tts_request_push(request, "a", 1, TTS_PLAIN) == TTS_BAD_USE);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(pull(request, counts, &samples) == TTS_END);
  EXPECT(counts[TTS_WORD] == 1);
  tts_request_free(request);
  tts_voice_free(voice);
}

static void test_ssml(void) {
  static const char text[] =
      "<speak>[[hə]]<break time=\"1s\"/><mark name=\"here\"/>[[lˈoʊ]]</speak>";
  size_t counts[7];
  int64_t samples;
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, text, strlen(text), TTS_SSML) == TTS_OK);
  text_bytes = strlen(text);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(pull(request, counts, &samples) == TTS_END);
  EXPECT(counts[TTS_WORD] == 2);
  text_bytes = sizeof(kText);
  EXPECT(counts[TTS_MARK] == 1);
  EXPECT(samples > 24000);
  tts_request_free(request);
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, "<speak>", 7, TTS_SSML) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(pull(request, counts, &samples) == TTS_BAD_INPUT);
  EXPECT(strstr(tts_last_error(), "line 1") != NULL);
  tts_request_free(request);
  tts_voice_free(voice);
}

/* Cut inside words and characters, a text is heard as it is whole, and its first sentence before
 * the second one came. */
static void test_pieces(void) {
  static const char text[] = "[[həlˈoʊ]] [[wˈɜːld]].\n[[ðɪs]] [[ɪz]]";
  const tts_option seed = {"seed", "1"};
  const tts_event* event;
  size_t counts[7], i, early = 0;
  int64_t whole, rest;
  int64_t pieces = 0;
  tts_status status;
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  EXPECT(tts_request_new(voice, &seed, 1, &request) == TTS_OK);
  EXPECT(tts_request_push(request, text, strlen(text), TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  text_bytes = strlen(text);
  EXPECT(pull(request, counts, &whole) == TTS_END);
  text_bytes = sizeof(kText);
  tts_request_free(request);

  EXPECT(tts_request_new(voice, &seed, 1, &request) == TTS_OK);
  EXPECT(tts_request_next(request, &event) == TTS_PENDING && event == NULL);
  EXPECT(tts_last_error()[0] == '\0');
  for (i = 0; i < strlen(text); i++) {
    EXPECT(tts_request_push(request, text + i, 1, TTS_PLAIN) == TTS_OK);
    while ((status = tts_request_next(request, &event)) == TTS_OK) {
      if (event->kind == TTS_AUDIO) pieces += (int64_t)event->audio_count;
      early++;
    }
    EXPECT(status == TTS_PENDING);
  }
  EXPECT(early > 5 && pieces > 5000);
  EXPECT(tts_request_next_within(request, 1, &event) == TTS_PENDING && event == NULL);
  EXPECT(tts_request_finish(request) == TTS_OK);
  for (rest = 0; (status = tts_request_next_within(request, 60000, &event)) == TTS_OK;)
    if (event->kind == TTS_AUDIO) rest += (int64_t)event->audio_count;
  EXPECT(status == TTS_END && rest > 2000 && pieces + rest == whole);
  EXPECT(tts_request_next_within(request, 0, &event) == TTS_END);
  tts_request_free(request);
  tts_voice_free(voice);
}

static void test_empty_and_cancelled(void) {
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  const tts_event* event;
  int i;
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, " \n", 2, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(tts_request_next(request, &event) == TTS_EMPTY);
  EXPECT(strcmp(tts_last_error(), "there is no text to speak") == 0);
  tts_request_free(request); /* no status, so the sentence stays */
  EXPECT(strcmp(tts_last_error(), "there is no text to speak") == 0);

  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, "...", 3, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(tts_request_next(request, &event) == TTS_EMPTY);
  tts_request_free(request);

  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  for (i = 0; i < 1000; i++) EXPECT(tts_request_push(request, "[[aaa]]. ", 9, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(tts_request_next(request, &event) == TTS_OK);
  tts_request_cancel(request);
  EXPECT(tts_request_next(request, &event) == TTS_CANCELLED);
  EXPECT(tts_request_next(request, &event) == TTS_CANCELLED);
  tts_request_free(request);

  /* Freed while it speaks, or before it began. */
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  for (i = 0; i < 1000; i++) EXPECT(tts_request_push(request, "[[aaa]]. ", 9, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  tts_request_free(request);
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  tts_request_free(request);
  tts_voice_free(voice);
}

static void test_wrong_use(void) {
  const tts_option unknown = {"speeed", "1"}, bad = {"speed", "9"}, none = {NULL, "1"};
  const tts_option twice[2] = {{"speed", "1"}, {"speed", "2"}};
  const tts_option steps = {"steps", "3"}, lexicon = {"lexicon", "/nonexistent.tsv"},
                   device = {"device", "abacus"};
  tts_voice* voice = open_dummy();
  tts_voice* other = voice;
  tts_request* request = NULL;
  const tts_event* event;
  EXPECT(tts_voice_open("no such voice", NULL, 0, &other) == TTS_BAD_VOICE);
  EXPECT(other == NULL && strstr(tts_last_error(), "dummy") != NULL);
  EXPECT(tts_voice_open("dummy", &unknown, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_open("dummy", &device, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_open("dummy", NULL, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_open("dummy", NULL, 0, NULL) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, &unknown, 1, &request) == TTS_BAD_USE);
  EXPECT(strstr(tts_last_error(), "did you mean \"speed\"") != NULL);
  EXPECT(tts_request_new(voice, &bad, 1, &request) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, &none, 1, &request) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, &steps, 1, &request) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, twice, 2, &request) == TTS_BAD_USE);
  EXPECT(strcmp(tts_last_error(), "speed is given twice") == 0);
  EXPECT(tts_request_new(voice, &lexicon, 1, &request) == TTS_BAD_INPUT);
  EXPECT(request == NULL);
  EXPECT(tts_request_new(NULL, NULL, 0, &request) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, NULL, 0, NULL) == TTS_BAD_USE);

  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_request_push(request, NULL, 3, TTS_PLAIN) == TTS_BAD_USE);
  EXPECT(tts_request_push(request, "a", 1, (tts_input_kind)9) == TTS_BAD_USE);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_BAD_USE);
  EXPECT(tts_request_push(request, "a", 1, TTS_PLAIN) == TTS_BAD_USE);
  EXPECT(tts_request_next(request, NULL) == TTS_BAD_USE);
  EXPECT(tts_request_next_within(request, 0, NULL) == TTS_BAD_USE);
  tts_request_free(request);
  tts_voice_free(voice);

  EXPECT(tts_request_push(NULL, "a", 1, TTS_PLAIN) == TTS_BAD_USE);
  EXPECT(tts_request_finish(NULL) == TTS_BAD_USE);
  EXPECT(tts_request_next(NULL, &event) == TTS_BAD_USE);
  EXPECT(tts_request_next_within(NULL, 0, &event) == TTS_BAD_USE);
  EXPECT(tts_voice_option(NULL, 0, NULL) == TTS_BAD_USE);
  EXPECT(tts_voice_info(NULL) == NULL);
  {
    const char* voices = NULL;
    EXPECT(tts_voices(NULL) == TTS_BAD_USE);
    EXPECT(tts_voices(&voices) == TTS_OK && voices != NULL);
    EXPECT(strstr(voices, "\"name\":\"dummy\"") != NULL && strstr(voices, "vibrato") != NULL);
  }
  EXPECT(tts_request_sample_rate(NULL) == 0 && tts_request_seed(NULL) == 0);
  tts_request_cancel(NULL);
  tts_request_free(NULL);
  tts_voice_free(NULL);
}

static void test_last_error(void) {
  tts_voice* voice = open_dummy();
  tts_request* request = NULL;
  tts_option_info info;
  size_t counts[7];
  int64_t samples;
  EXPECT(tts_voice_option(NULL, 0, &info) == TTS_BAD_USE);
  EXPECT(tts_last_error()[0] != '\0');
  EXPECT(tts_voice_option(voice, 1000, &info) == TTS_END);
  EXPECT(tts_last_error()[0] == '\0');
  EXPECT(tts_request_finish(NULL) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, NULL, 0, &request) == TTS_OK);
  EXPECT(tts_last_error()[0] == '\0');
  EXPECT(tts_request_push(request, "[[a]]", 5, (tts_input_kind)9) == TTS_BAD_USE);
  EXPECT(tts_request_push(request, "[[a]]", 5, TTS_PLAIN) == TTS_OK);
  EXPECT(tts_request_finish(request) == TTS_OK);
  EXPECT(tts_voice_option(NULL, 0, &info) == TTS_BAD_USE);
  EXPECT(pull(request, counts, &samples) == TTS_END);
  EXPECT(tts_last_error()[0] == '\0');
  tts_request_free(request);
  tts_voice_free(voice);
}

static void test_memory(void) {
  const char manifest[] =
      "{\"format\": 1, \"name\": \"beep\", \"type\": \"dummy\", \"languages\": [\"en-us\"],"
      " \"sample_rate_hz\": 24000, \"gain_db\": 0, \"symbols\": [\"_\", \"|\", \"a\"]}";
  tts_file file = {"voice.json", manifest, sizeof(manifest) - 1};
  tts_voice* voice = NULL;
  EXPECT(tts_voice_open_memory(&file, 1, NULL, 0, &voice) == TTS_OK);
  EXPECT(strstr(tts_voice_info(voice), "\"beep\"") != NULL);
  tts_voice_free(voice);
  file.bytes = 10;
  EXPECT(tts_voice_open_memory(&file, 1, NULL, 0, &voice) == TTS_BAD_VOICE);
  file.name = "other.json";
  EXPECT(tts_voice_open_memory(&file, 1, NULL, 0, &voice) == TTS_BAD_VOICE);
  EXPECT(voice == NULL && strstr(tts_last_error(), "voice.json") != NULL);
  EXPECT(tts_voice_open_memory(NULL, 0, NULL, 0, &voice) == TTS_BAD_USE);
}

/* tests/engine/prompt_test.cpp speaks with one; the dummy takes none. */
static void test_prompt(void) {
  const float samples[4] = {0, 0.5f, 0, -0.5f};
  const tts_recording recording = {"me", samples, 4, 24000}, none = {NULL, NULL, 3, 24000};
  const tts_option prompt = {"prompt-wav", "/nonexistent.wav"};
  tts_voice* voice = open_dummy();
  tts_voice* other = voice;
  tts_request* request = NULL;
  EXPECT(tts_voice_prompt(voice, &recording, 1, &other) == TTS_BAD_USE);
  EXPECT(other == NULL && strstr(tts_last_error(), "\"dummy\" takes no prompts") != NULL);
  EXPECT(tts_voice_prompt(voice, &none, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_prompt(voice, NULL, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_prompt(voice, &recording, 0, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_prompt(NULL, &recording, 1, &other) == TTS_BAD_USE);
  EXPECT(tts_voice_prompt(voice, &recording, 1, NULL) == TTS_BAD_USE);
  EXPECT(tts_request_new(voice, &prompt, 1, &request) == TTS_BAD_USE);
  tts_voice_free(voice);
}

static void test_lists(void) {
  tts_voice* voice = open_dummy();
  tts_option_info info;
  size_t count = 0;
  int status, with_generators = 0;
  while (tts_voice_option(voice, count, &info) == TTS_OK) {
    EXPECT(info.name[0] != '\0' && info.help[0] != '\0' && info.standard[0] != '\0');
    if (strcmp(info.name, "temperature") == 0) EXPECT(strcmp(info.generators, "vibrato") == 0);
    if (info.generators != NULL) with_generators++;
    count++;
  }
  EXPECT(tts_voice_option(voice, count, &info) == TTS_END);
  EXPECT(count >= 12 && with_generators == 18);
  tts_voice_free(voice);
  for (status = TTS_OK; status <= TTS_PENDING; status++)
    EXPECT(strlen(tts_status_text((tts_status)status)) > 5);
  EXPECT(strcmp(tts_status_text((tts_status)99), "unknown status") == 0);
  EXPECT(strcmp(tts_status_text((tts_status)-1), "unknown status") == 0);
  EXPECT(strchr(tts_version(), '.') != NULL);
}

static void on_log(int level, const char* message, void* user) {
  EXPECT(level >= 0 && level <= 2 && message[0] != '\0');
  ++*(int*)user;
}

static void test_log(void) {
  int lines = 0;
  tts_set_log(on_log, &lines);
  tts_voice_free(open_dummy());
  EXPECT(lines > 0);
  tts_set_log(NULL, NULL);
  lines = 0;
  tts_voice_free(open_dummy());
  EXPECT(lines == 0);
}

int main(void) {
  test_speaking();
  test_ipa();
  test_ssml();
  test_pieces();
  test_empty_and_cancelled();
  test_wrong_use();
  test_last_error();
  test_memory();
  test_prompt();
  test_lists();
  test_log();
  if (failures == 0) puts("C API: all good");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
