"""A text on its way to sound."""
from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from typing import Any, Dict, Iterable, Iterator, List, Optional, Union

import numpy as np

from . import _library as c
from ._events import Audio, Event, Word, event_of

Text = Union[str, Iterable[str]]


@dataclass(frozen=True, eq=False)
class Speech:
    """A whole sound: samples (float32, one channel), and the events that came with it."""
    samples: np.ndarray
    sample_rate: int
    seed: int
    events: List[Event]

    @property
    def words(self) -> List[Word]:
        return [event for event in self.events if isinstance(event, Word)]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.sample_rate


class Request:
    """Push text, iterate over events. One thread pushes while the same or another one iterates; any may cancel.

        with voice.request(speed=1.2) as request:
            request.push("One sentence. ")
            request.finish()
            for event in request: ...
    """

    def __init__(self, voice: ctypes.c_void_p, options: Dict[str, Any], kind: int = c.PLAIN):
        self._kind = kind
        self._handle: Optional[ctypes.c_void_p] = None
        self._pulling = threading.Lock()  # held while a thread is inside libtts' next
        self._closing = threading.Lock()
        handle = ctypes.c_void_p()
        c.call("tts_request_new", voice, *c.to_options(options), ctypes.byref(handle))
        self._handle = handle
        self.sample_rate: int = c.library().tts_request_sample_rate(handle)
        self.seed: int = c.library().tts_request_seed(handle)

    def push(self, text: str) -> None:
        """The next piece of the text, which may end anywhere."""
        data = text.encode("utf-8", "replace")
        c.call("tts_request_push", self._open(), data, len(data), self._kind)

    def finish(self) -> None:
        """The text is complete."""
        c.call("tts_request_finish", self._open())

    def next(self, timeout: Optional[float] = None) -> Optional[Event]:
        """The next event; None when none will come without more text, or within `timeout` seconds (0 only looks).

        Raises StopIteration behind the last."""
        while True:
            with self._pulling:
                handle, given = self._open(), ctypes.POINTER(c.CEvent)()
                if timeout is None:
                    status = c.library().tts_request_next(handle, ctypes.byref(given))
                else:
                    wait = max(0, min(int(timeout * 1000 + 0.5), 2**32 - 1))
                    status = c.library().tts_request_next_within(handle, wait, ctypes.byref(given))
                if status == c.OK:
                    event = event_of(given.contents, self.sample_rate)
                    if event is not None:
                        return event
                    continue
            if status == c.PENDING:
                return None
            if status == c.END:
                raise StopIteration
            raise c.error_of(status)

    def __iter__(self) -> Iterator[Event]:
        """Events until the end, or until more text is needed."""
        while True:
            try:
                event = self.next()
            except StopIteration:
                return
            if event is None:
                return
            yield event

    def speak(self, text: Text) -> Iterator[Event]:
        """Pushes the text, or each of its pieces as it comes, and gives the events as soon as they are there."""
        if isinstance(text, str):
            self.push(text)
        else:
            for piece in text:
                self.push(piece)
                while (event := self.next(timeout=0)) is not None:
                    yield event
        self.finish()
        yield from self

    def cancel(self) -> None:
        """From any thread: who iterates gets Cancelled."""
        with self._closing:
            if self._handle is not None:
                c.library().tts_request_cancel(self._handle)

    def close(self) -> None:
        """Stops what is still running. May be called again, and from another thread than the one that iterates."""
        self.cancel()
        with self._pulling, self._closing:
            if self._handle is not None:
                c.library().tts_request_free(self._handle)
                self._handle = None

    def _open(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise c.Cancelled("the request is closed")
        return self._handle

    def __enter__(self) -> "Request":
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None) is not None:
            self.close()


def collected(request: Request, events: Iterator[Event]) -> Speech:
    kept = list(events)
    chunks = [event.samples for event in kept if isinstance(event, Audio)]
    samples = np.concatenate(chunks) if chunks else np.zeros(0, np.float32)
    rest = [event for event in kept if not isinstance(event, Audio)]
    return Speech(samples, request.sample_rate, request.seed, rest)
