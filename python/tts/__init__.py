"""Text to speech on neural codec tokens, in this process and without a network.

    import tts
    with tts.Voice("kathleen") as voice:
        for chunk in voice.stream("The old clock struck ten."):
            play(chunk, voice.sample_rate)

Everything is done by libtts, a C library that is found in $TTS_LIBRARY, beside this package's repository or where
the system's loader looks. docs/python.md has the rest.
"""
from ._events import Audio, Done, Event, Mark, Phoneme, Sentence, Verdict, Warning, Word
from ._library import Cancelled, EmptyText, Error, InputError, UsageError, VoiceError
from ._library import library_version as version
from ._request import Request, Speech
from ._version import __version__
from ._voice import Option, Recording, Voice, voices

__all__ = [
    "Audio", "Cancelled", "Done", "EmptyText", "Error", "Event", "InputError", "Mark", "Option", "Phoneme",
    "Recording", "Request", "Sentence", "Speech", "UsageError", "Verdict", "Voice", "VoiceError", "Warning", "Word",
    "__version__", "version", "voices",
]
