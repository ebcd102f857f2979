"""Against libtts with its built-in voice "dummy" (tones), which needs no weights."""
import locale
import threading
import time

import numpy as np
import pytest

import tts

TEXT = "[[həlˈoʊ]] [[wˈɜːld]]."
MANY = "[[aaa]]. " * 5000


@pytest.fixture
def voice():
    with tts.Voice("dummy") as opened:
        yield opened


def test_stream_gives_the_sound_of_speak(voice):
    chunks = list(voice.stream(TEXT, seed=3))
    whole = voice.speak(TEXT, seed=3)
    assert all(chunk.dtype == np.float32 and chunk.ndim == 1 for chunk in chunks)
    assert np.array_equal(np.concatenate(chunks), whole.samples)
    assert whole.sample_rate == voice.sample_rate == 24000
    assert whole.seed == 3
    assert whole.seconds == len(whole.samples) / 24000 > 0.3
    assert np.abs(whole.samples).max() > 0.01


def test_words_say_when_they_are_heard_and_where_they_stand(voice):
    speech = voice.speak(TEXT)
    data = TEXT.encode()
    assert [data[w.first_byte:w.end_byte].decode() for w in speech.words] == ["[[həlˈoʊ]]", "[[wˈɜːld]]"]
    first, second = speech.words
    assert 0 <= first.start < first.end <= second.start < second.end <= speech.seconds
    assert first.end == first.end_sample / 24000


def test_events_come_in_order(voice):
    kinds = [type(event) for event in voice.events(TEXT)]
    assert kinds[0] is tts.Sentence
    assert kinds[1:3] == [tts.Word, tts.Phoneme]
    assert kinds[-1] is tts.Done
    assert kinds.index(tts.Audio) > max(i for i, kind in enumerate(kinds) if kind is tts.Word)
    place = 0
    for event in voice.events(TEXT):
        if isinstance(event, tts.Audio):
            assert event.first_sample == place
            assert event.end_sample - event.first_sample == len(event.samples)
            place = event.end_sample
        if isinstance(event, tts.Done):
            assert event.end_sample == place


def test_a_text_in_pieces_is_the_whole_text(voice):
    whole = voice.speak(MANY[:900], seed=1).samples
    pieces = (MANY[i:i + 9] for i in range(0, 900, 9))
    assert np.array_equal(voice.speak(pieces, seed=1).samples, whole)


def test_sound_leaves_before_the_text_is_complete(voice):
    told = []

    def pieces():
        for i in range(40):
            told.append(i)
            yield "[[aaa]]. "
            time.sleep(0.01)

    stream = voice.stream(pieces())
    next(stream)
    assert len(told) < 40
    stream.close()


def test_options_are_those_of_the_library(voice):
    options = voice.options
    assert options["speed"].type == "number"
    assert (options["speed"].lowest, options["speed"].highest) == (0.5, 2)
    assert options["temperature"].generators == ["vibrato"]
    assert options["speed"].generators is None
    assert all(name == option.name.replace("-", "_") and option.help for name, option in options.items())
    usual = voice.speak(TEXT, seed=1)
    assert voice.speak(TEXT, seed=1, speed=2).seconds < 0.7 * usual.seconds
    assert voice.speak(TEXT, seed=1, sample_rate=48000).sample_rate == 48000
    assert voice.speak(TEXT, seed=2**64 - 1).seed == 2**64 - 1
    assert voice.speak(TEXT, duration=np.float64(0.75)).seconds == 0.75
    lexicon = voice.speak("aha", lexicon=["aha\taˈhaː", "aha\tm"])
    assert [event.text for event in lexicon.events if isinstance(event, tts.Phoneme)] == ["m"]


def test_every_option_of_the_library_is_a_keyword(voice):
    numbers = {name: option for name, option in voice.options.items() if option.type != "text"}
    assert len(numbers) > 15
    for name, option in numbers.items():
        with pytest.raises(tts.UsageError, match=f"^{option.name} .*much"):
            voice.request(**{name: "much"})


@pytest.mark.parametrize("error, sentence, wrong", [
    (tts.UsageError, 'speed is "9.0"; it must be a number from 0.5 to 2', {"speed": 9.0}),
    (tts.UsageError, "speeed", {"speeed": 1}),
    (tts.UsageError, "generators that have it: vibrato", {"temperature": 1}),
    (tts.InputError, "lexicon", {"lexicon": "no tab\nhere"}),
])
def test_the_librarys_sentence_comes_through(voice, error, sentence, wrong):
    with pytest.raises(error, match=".") as raised:
        voice.stream(TEXT, **wrong)
    assert sentence in str(raised.value)
    assert isinstance(raised.value, tts.Error)


def test_voices_that_are_not_there_and_texts_that_are_empty(voice):
    with pytest.raises(tts.VoiceError, match="nobody"):
        tts.Voice("nobody")
    with pytest.raises(tts.UsageError, match="colour"):
        tts.Voice("dummy", colour="red")
    with pytest.raises(tts.EmptyText):
        voice.speak(" ")
    with pytest.raises(tts.UsageError, match="known: plain, ipa, ssml"):
        voice.speak(TEXT, kind="html")


def test_voices_are_listed():
    dummy = [entry for entry in tts.voices() if entry["name"] == "dummy"]
    assert dummy and dummy[0]["generators"] == ["tone", "vibrato"]


def test_ssml_and_ipa(voice):
    marks = [e for e in voice.events("<speak>[[aaa]] <mark name='here'/>[[iii]]</speak>", kind="ssml")
             if isinstance(e, tts.Mark)]
    assert [mark.text for mark in marks] == ["here"]
    assert len(voice.speak("həlˈoʊ wˈɜːld", kind="ipa").words) == 2
    with pytest.raises(tts.InputError, match="line 1"):
        voice.speak("<speak>", kind="ssml")


def test_warnings_are_events(voice):
    warnings = [e.text for e in voice.speak("[[ʘ]] [[aaa]]").events if isinstance(e, tts.Warning)]
    assert any("ʘ" in text for text in warnings)


def test_closing_a_stream_cancels_it(voice):
    stream = voice.stream(MANY)
    next(stream)
    begun = time.monotonic()
    stream.close()
    assert time.monotonic() - begun < 5
    assert list(stream) == []


def test_another_thread_cancels(voice):
    with voice.request() as request:
        request.push(MANY)
        request.finish()
        request.next()
        threading.Timer(0.05, request.cancel).start()
        with pytest.raises(tts.Cancelled):
            for _ in request:
                pass
    with pytest.raises(tts.Cancelled, match="closed"):
        request.push("x")
    request.close()


def test_another_thread_closes_a_request_that_waits(voice):
    request = voice.request()
    request.push(MANY)
    request.finish()
    failures = []

    def pull():
        try:
            for _ in request:
                pass
        except tts.Cancelled as error:
            failures.append(error)

    puller = threading.Thread(target=pull)
    puller.start()
    time.sleep(0.05)
    request.close()
    puller.join(10)
    assert not puller.is_alive() and len(failures) == 1


def test_requests_of_many_threads_are_what_they_are_alone(voice):
    alone = [voice.speak(TEXT * (1 + i % 3), seed=i).samples for i in range(8)]
    together = [None] * 8

    def speak(i):
        together[i] = voice.speak(TEXT * (1 + i % 3), seed=i).samples

    threads = [threading.Thread(target=speak, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(a, b) for a, b in zip(alone, together))


def test_a_closed_voice_says_so_and_its_requests_live_on():
    voice = tts.Voice("dummy")
    request = voice.request()
    voice.close()
    voice.close()
    assert len(list(request.speak(TEXT))) > 3
    request.close()
    with pytest.raises(tts.UsageError, match="the voice is closed"):
        voice.speak(TEXT)


def test_prompts_are_refused_by_a_voice_that_takes_none(voice):
    with pytest.raises(tts.UsageError, match="prompt"):
        voice.prompted((np.zeros(48000), 24000))
    with pytest.raises(tts.UsageError, match="3 dimensions"):
        voice.prompted((np.zeros((2, 2, 2)), 24000))


def test_recordings_become_one_channel_of_floats():
    mono = tts._voice._mono
    assert np.allclose(mono(np.array([0, 16384, -32768], np.int16)), [0, 0.5, -1])
    assert np.allclose(mono(np.array([[1.0, 0.0], [0.5, 0.5]])), [0.5, 0.5])
    assert mono([0.25, 0.5]).dtype == np.float32


def test_the_hosts_locale_changes_nothing(voice):
    usual = voice.speak(TEXT, seed=1, speed=1.25).samples
    before = locale.setlocale(locale.LC_ALL)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert np.array_equal(voice.speak(TEXT, seed=1, speed=1.25).samples, usual)
        finally:
            locale.setlocale(locale.LC_ALL, before)


def test_a_library_that_is_not_there_is_named(tmp_path):
    import os
    import subprocess
    import sys
    environment = dict(os.environ, TTS_LIBRARY=str(tmp_path / "nothing.so"))
    ran = subprocess.run([sys.executable, "-c", "import tts; tts.Voice('dummy')"], env=environment,
                         capture_output=True, text=True)
    assert ran.returncode != 0 and "nothing.so" in ran.stderr and "TTS_LIBRARY" in ran.stderr
