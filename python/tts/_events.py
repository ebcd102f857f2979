"""What is heard, when, and of which part of the text."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Optional, Type

import numpy as np

from ._library import CEvent


@dataclass(frozen=True)
class Event:
    """One moment of a request. Samples count from the start of its sound, bytes from that of its UTF-8 text."""
    first_sample: int
    end_sample: int
    first_byte: int
    end_byte: int
    text: str
    sample_rate: int = field(repr=False)

    @property
    def start(self) -> float:
        """Seconds."""
        return self.first_sample / self.sample_rate

    @property
    def end(self) -> float:
        """Seconds."""
        return self.end_sample / self.sample_rate


@dataclass(frozen=True, eq=False)
class Audio(Event):
    """The next samples: float32, one channel, full scale is 1."""
    samples: np.ndarray = field(repr=False)


class Sentence(Event):
    """A sentence as it is spoken; its words follow, then its sound."""


class Word(Event):
    """A written word as it is spoken: "three dollars fifty" for "$3.50"."""


class Phoneme(Event):
    """A phone of the word before it, in IPA."""


class Mark(Event):
    """A <mark> of SSML: its name and its place."""


class Warning(Event):
    """What was skipped or is spoken otherwise than written; it has no place in the sound."""


class Verdict(Event):
    """With check="report" or "retry": JSON of what was heard of the sentence before it."""


class Done(Event):
    """The last one; end_sample is the length of the sound."""


AUDIO = 0
_KINDS: Dict[int, Type[Event]] = {1: Sentence, 2: Word, 3: Phoneme, 4: Warning, 5: Done, 6: Mark, 7: Verdict}


def event_of(given: CEvent, sample_rate: int) -> Optional[Event]:
    """A copy that outlives the C event; None for a kind that a later libtts added."""
    text = given.text.decode("utf-8", "replace") if given.text else ""
    usual = (given.first_sample, given.end_sample, given.first_byte, given.end_byte, text, sample_rate)
    if given.kind == AUDIO:
        if not given.audio_count:
            return Audio(*usual, np.zeros(0, np.float32))
        return Audio(*usual, np.ctypeslib.as_array(given.audio, (given.audio_count,)).copy())
    kind = _KINDS.get(given.kind)
    return kind(*usual) if kind else None
