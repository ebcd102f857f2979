"""Voices: what speaks, and what it can be told."""
from __future__ import annotations

import ctypes
import json
import os
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

import numpy as np

from . import _library as c
from ._events import Audio, Event
from ._request import Request, Speech, Text, collected

_TYPES = ("text", "number", "integer")
_KINDS = {"plain": c.PLAIN, "ipa": c.IPA, "ssml": c.SSML, "markdown": c.MARKDOWN, "html": c.HTML, "verbatim": c.VERBATIM}


@dataclass(frozen=True)
class Option:
    """An option of requests, as libtts lists it."""
    name: str
    type: str  # "text", "number" or "integer"
    lowest: float
    highest: float
    default: str
    help: str
    generators: Optional[List[str]]  # those of the voice that have it; None: all


@dataclass(frozen=True, eq=False)
class Recording:
    """Somebody's voice: one channel (or a column for each), full scale is 1."""
    samples: np.ndarray
    sample_rate: int
    name: Optional[str] = None


def voices() -> List[Dict[str, Any]]:
    """The voices of the search path: name, folder, languages, generators, …, or "error" of one that is broken."""
    listed = ctypes.c_char_p()
    c.call("tts_voices", ctypes.byref(listed))
    return json.loads((listed.value or b"[]").decode("utf-8", "replace"))


class Voice:
    """A voice by its name, folder or file; None is the default one. Any number of threads may use it.

    Keyword arguments are the options of libtts' tts_voice_open: device="cpu", threads=2.
    Those of speak, stream, events and request are the options of requests; `options` lists them.
    """

    def __init__(self, name: Union[str, "os.PathLike[str]", None] = None, **options: Any):
        handle = ctypes.c_void_p()
        path = os.fsencode(name) if name is not None else None
        c.call("tts_voice_open", path, *c.to_options(options), ctypes.byref(handle))
        self._take(handle)

    def _take(self, handle: ctypes.c_void_p) -> None:
        self._handle: Optional[ctypes.c_void_p] = handle
        self.info: Dict[str, Any] = json.loads(c.library().tts_voice_info(handle).decode())

    @property
    def name(self) -> str:
        return self.info["name"]

    @property
    def sample_rate(self) -> int:
        """Of the sound, in Hz, unless a request asks for another by sample_rate=."""
        return self.info["sample_rate_hz"]

    @property
    def options(self) -> Dict[str, Option]:
        """What requests may be told, by the names of the keyword arguments."""
        out, index, given = {}, 0, c.COptionInfo()
        while (status := c.library().tts_voice_option(self._open(), index, ctypes.byref(given))) == c.OK:
            name = given.name.decode()
            generators = given.generators.decode().split(", ") if given.generators is not None else None
            out[name.replace("-", "_")] = Option(name, _TYPES[given.type], given.lowest, given.highest,
                                                 given.standard.decode(), given.help.decode(), generators)
            index += 1
        if status != c.END:
            raise c.error_of(status)
        return out

    def request(self, kind: str = "plain", **options: Any) -> Request:
        """For a text in pieces: see Request. kind: "plain", "ssml", "ipa", "markdown", "html" or "verbatim"."""
        if kind not in _KINDS:
            raise c.UsageError(f'kind is "{kind}"; known: {", ".join(_KINDS)}')
        return Request(self._open(), options, _KINDS[kind])

    def events(self, text: Text, kind: str = "plain", **options: Any) -> Iterator[Event]:
        """Words, phonemes, marks, warnings and audio, as they come. Closing the iterator cancels the rest."""
        request = self.request(kind, **options)  # now, so that a wrong option is raised here
        return self._events(request, text)

    @staticmethod
    def _events(request: Request, text: Text) -> Iterator[Event]:
        with request:
            yield from request.speak(text)

    def stream(self, text: Text, kind: str = "plain", **options: Any) -> Iterator[np.ndarray]:
        """The sound as it is made: arrays of float32. Closing the iterator cancels the rest.

        `text` may be an iterator over pieces, such as the words of a language model."""
        events = self.events(text, kind, **options)
        return self._samples(events)

    @staticmethod
    def _samples(events: Iterator[Event]) -> Iterator[np.ndarray]:
        try:
            for event in events:
                if isinstance(event, Audio):
                    yield event.samples
        finally:
            events.close()  # type: ignore[attr-defined]

    def speak(self, text: Text, kind: str = "plain", **options: Any) -> Speech:
        """The whole sound, with its words and their times."""
        with self.request(kind, **options) as request:
            return collected(request, request.speak(text))

    def prompted(self, *recordings: Union[Recording, Tuple[Any, int]]) -> "Voice":
        """A voice that speaks as the person in the recordings, (samples, sample rate), which are heard once, here."""
        given = [r if isinstance(r, Recording) else Recording(*r) for r in recordings]
        arrays = [_mono(r.samples) for r in given]
        floats = ctypes.POINTER(ctypes.c_float)
        rows = [c.CRecording(r.name.encode() if r.name else None, a.ctypes.data_as(floats), len(a), int(r.sample_rate))
                for r, a in zip(given, arrays)]
        handle = ctypes.c_void_p()
        c.call("tts_voice_prompt", self._open(), (c.CRecording * len(rows))(*rows), len(rows), ctypes.byref(handle))
        out = Voice.__new__(Voice)
        out._take(handle)
        return out

    def close(self) -> None:
        """Its memory goes when its last request is gone. May be called again."""
        if self._handle is not None:
            c.library().tts_voice_free(self._handle)
            self._handle = None

    def _open(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise c.UsageError("the voice is closed")
        return self._handle

    def __enter__(self) -> "Voice":
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None) is not None:
            self.close()

    def __repr__(self) -> str:
        return f"tts.Voice({self.name!r})"


def _mono(samples: Any) -> np.ndarray:
    """float32, one channel; whole numbers are of 16 or 32 bits, full scale at their largest."""
    array = np.asarray(samples)
    if array.dtype.kind == "i":
        array = array / -float(np.iinfo(array.dtype).min)
    if array.ndim == 2:
        array = array.mean(axis=1)
    if array.ndim != 1:
        raise c.UsageError(f"a recording has {array.ndim} dimensions; it must have one, or a column for each channel")
    return np.ascontiguousarray(array, np.float32)
