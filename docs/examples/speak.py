"""speak.py VOICE TEXT OUT.wav: the C API from Python, with nothing but the standard library."""
import array
import ctypes
import ctypes.util
import os
import sys
import wave

OK, END = 0, 1
AUDIO, SENTENCE, WORD, PHONEME, WARNING, DONE = range(6)


class Event(ctypes.Structure):
    _fields_ = [
        ("kind", ctypes.c_int),
        ("audio", ctypes.POINTER(ctypes.c_float)),
        ("audio_count", ctypes.c_size_t),
        ("first_sample", ctypes.c_int64),
        ("end_sample", ctypes.c_int64),
        ("first_byte", ctypes.c_size_t),
        ("end_byte", ctypes.c_size_t),
        ("text", ctypes.c_char_p),
    ]


class Option(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("value", ctypes.c_char_p)]


lib = ctypes.CDLL(os.environ.get("TTS_LIBRARY") or ctypes.util.find_library("tts") or "libtts.so.0")
lib.tts_last_error.restype = ctypes.c_char_p
for name in ("tts_voice_free", "tts_request_free", "tts_request_cancel"):
    getattr(lib, name).argtypes = [ctypes.c_void_p]
    getattr(lib, name).restype = None
lib.tts_request_push.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
lib.tts_request_finish.argtypes = [ctypes.c_void_p]
lib.tts_request_sample_rate.argtypes = [ctypes.c_void_p]
lib.tts_request_next.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(Event))]


def check(status):
    if status != OK:
        raise RuntimeError(lib.tts_last_error().decode())


def to_options(values):
    pairs = [Option(name.encode(), str(value).encode()) for name, value in values.items()]
    return (Option * len(pairs))(*pairs), ctypes.c_size_t(len(pairs))


def speak(voice_name, text, **options):
    """Yields (event, sample rate); an event is valid until the next one."""
    voice, request, event = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.POINTER(Event)()
    check(lib.tts_voice_open(voice_name.encode(), None, ctypes.c_size_t(0), ctypes.byref(voice)))
    try:
        check(lib.tts_request_new(voice, *to_options(options), ctypes.byref(request)))
        data = text.encode()
        check(lib.tts_request_push(request, data, len(data), 0))
        check(lib.tts_request_finish(request))
        rate = lib.tts_request_sample_rate(request)
        while (status := lib.tts_request_next(request, ctypes.byref(event))) == OK:
            yield event.contents, rate
        if status != END:
            check(status)
    finally:
        lib.tts_request_free(request)
        lib.tts_voice_free(voice)


def main():
    voice, text, path = sys.argv[1:4]
    samples, rate = array.array("h"), 0
    for event, rate in speak(voice, text, speed=1.0):
        if event.kind == AUDIO:
            samples.extend(int(x * 32767) for x in event.audio[: event.audio_count])
        elif event.kind == WORD:
            print(f"{event.first_sample / rate:8.3f} s  {event.text.decode()}")
    with wave.open(path, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(samples.tobytes())


if __name__ == "__main__":
    main()
