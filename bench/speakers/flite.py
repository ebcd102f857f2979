#!/usr/bin/env python3
"""Speech of flite's free voices, further speakers for `tts train speaker` (never for a voice's sound).

    flite.py METADATA OUT [--count 70] [--voice slt …]

Input:  metadata.csv (id|text) of an English speaker; its held-back sentences are left out.
Output: OUT/VOICE/metadata.csv and OUT/VOICE/wavs/ID.wav, the layout that `tts train prepare` reads, for each voice.
"""
import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
import common  # noqa: E402

VOICES = ["slt", "awb", "rms", "kal16"]


def training_sentences(metadata, count):
    """(id, text): `count` sentences spread over those that no held-back recording says."""
    text = common.read_metadata(metadata)
    held_back = common.read_ids(common.HELD_BACK / f"{metadata.parent.name}.txt")
    known = {text[i] for i in held_back if i in text}
    ids = common.first_of_each_sentence([i for i in text if text[i] not in known], text)
    return [(ids[k * len(ids) // count], text[ids[k * len(ids) // count]]) for k in range(count)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("metadata", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--count", type=int, default=70)
    p.add_argument("--voice", nargs="+", default=VOICES)
    a = p.parse_args()
    sentences = training_sentences(a.metadata, a.count)
    for voice in a.voice:
        wavs = a.out / voice / "wavs"
        wavs.mkdir(parents=True, exist_ok=True)
        for name, text in sentences:
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(wavs / f"{name}.wav")], check=True)
        lines = "".join(f"{name}|{text}\n" for name, text in sentences)
        (a.out / voice / "metadata.csv").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
