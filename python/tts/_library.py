"""libtts itself: its C structures, its functions, and its statuses as exceptions."""
from __future__ import annotations

import ctypes
import ctypes.util
import functools
import os
import pathlib
from ctypes import POINTER, byref, c_char_p, c_double, c_float, c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, Iterator, Tuple

OK, END, EMPTY, CANCELLED, BAD_USE, BAD_VOICE, BAD_INPUT, FAILED, PENDING = range(9)
PLAIN, IPA, SSML, MARKDOWN, HTML, VERBATIM = range(6)
NEEDED = (0, 3)  # the first version that has all functions below


class Error(RuntimeError):
    """What libtts says went wrong. The classes below tell whose fault it was."""


class UsageError(Error, ValueError):
    """An unknown option, a value out of range, a wrong order of calls."""


class VoiceError(Error):
    """A voice or weight file is missing, damaged or does not fit."""


class InputError(Error):
    """Another file or text cannot be used."""


class EmptyText(InputError):
    """The text has nothing to speak."""


class Cancelled(Error):
    """The request was cancelled or closed."""


_ERRORS = {EMPTY: EmptyText, CANCELLED: Cancelled, BAD_USE: UsageError, BAD_VOICE: VoiceError, BAD_INPUT: InputError}


class COption(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("value", c_char_p)]


class COptionInfo(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("type", c_int), ("lowest", c_double), ("highest", c_double),
                ("standard", c_char_p), ("help", c_char_p), ("generators", c_char_p)]


class CRecording(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("samples", POINTER(c_float)), ("count", c_size_t), ("sample_rate", c_int)]


class CEvent(ctypes.Structure):
    _fields_ = [("kind", c_int), ("audio", POINTER(c_float)), ("audio_count", c_size_t), ("first_sample", c_int64),
                ("end_sample", c_int64), ("first_byte", c_size_t), ("end_byte", c_size_t), ("text", c_char_p)]


# name: (result, arguments); the results that are statuses are checked by `call`.
_FUNCTIONS: Dict[str, Tuple[Any, Tuple[Any, ...]]] = {
    "tts_version": (c_char_p, ()),
    "tts_last_error": (c_char_p, ()),
    "tts_voices": (c_int, (POINTER(c_char_p),)),
    "tts_voice_open": (c_int, (c_char_p, POINTER(COption), c_size_t, POINTER(c_void_p))),
    "tts_voice_prompt": (c_int, (c_void_p, POINTER(CRecording), c_size_t, POINTER(c_void_p))),
    "tts_voice_info": (c_char_p, (c_void_p,)),
    "tts_voice_option": (c_int, (c_void_p, c_size_t, POINTER(COptionInfo))),
    "tts_voice_free": (None, (c_void_p,)),
    "tts_request_new": (c_int, (c_void_p, POINTER(COption), c_size_t, POINTER(c_void_p))),
    "tts_request_push": (c_int, (c_void_p, c_char_p, c_size_t, c_int)),
    "tts_request_finish": (c_int, (c_void_p,)),
    "tts_request_next": (c_int, (c_void_p, POINTER(POINTER(CEvent)))),
    "tts_request_next_within": (c_int, (c_void_p, c_uint32, POINTER(POINTER(CEvent)))),
    "tts_request_cancel": (None, (c_void_p,)),
    "tts_request_sample_rate": (c_int, (c_void_p,)),
    "tts_request_seed": (c_uint64, (c_void_p,)),
    "tts_request_free": (None, (c_void_p,)),
}


def _places() -> Iterator[str]:
    """Where the library may be, the first that is there wins."""
    named = os.environ.get("TTS_LIBRARY")
    if named:
        yield named
        return  # what was named and cannot be loaded is an error, not passed over
    built = pathlib.Path(__file__).resolve().parents[2] / "build" / "libtts.so.0"
    if built.exists():
        yield str(built)
    yield "libtts.so.0"
    found = ctypes.util.find_library("tts")
    if found:
        yield found


@functools.lru_cache(maxsize=None)
def library() -> ctypes.CDLL:
    """libtts, loaded when first asked for."""
    failures = []
    for place in _places():
        try:
            loaded = ctypes.CDLL(place)
            break
        except OSError as error:
            failures.append(str(error))
    else:
        raise ImportError("libtts cannot be loaded (" + "; ".join(failures) + "); install it, or name it in TTS_LIBRARY")
    loaded.tts_version.restype = c_char_p
    version = loaded.tts_version().decode()
    if tuple(int(part) for part in version.split(".")[:2]) < NEEDED:
        raise ImportError(f"libtts is version {version}; this package needs {NEEDED[0]}.{NEEDED[1]} or later")
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


def library_version() -> str:
    """The version of libtts, "0.3.0"."""
    return library().tts_version().decode()


def error_of(status: int) -> Error:
    sentence = library().tts_last_error().decode("utf-8", "replace")
    return _ERRORS.get(status, Error)(sentence)


def call(name: str, *arguments: Any) -> None:
    """Raises what libtts says, in its words."""
    status = getattr(library(), name)(*arguments)
    if status != OK:
        raise error_of(status)


def to_options(values: Dict[str, Any]) -> Tuple[Any, int]:
    """Keyword arguments → C options: first_clause=3 is "first-clause", a list repeats its option."""
    pairs = []
    for name, given in values.items():
        for value in given if isinstance(given, (list, tuple)) else [given]:
            if value is None:
                continue
            text = str(int(value)) if isinstance(value, bool) else os.fspath(value) if hasattr(value, "__fspath__") \
                else repr(float(value)) if isinstance(value, float) else str(value)
            pairs.append(COption(name.replace("_", "-").encode(), text.encode()))
    return (COption * len(pairs))(*pairs), len(pairs)
