#!/usr/bin/env python3
"""Speech of an open teacher: every line is spelt out, checked against our phonemes, and read aloud.

    teach.py LINES [LINES ...] --out DIR [--tts build/tts] [--taken METADATA ...] [--ids LIST ...]

Input:  files of lines `id|text`. --taken: ids of these metadata files belong to recordings of others and are left out;
        --ids: only those that one of the lists names (voices/held_back).
Output: DIR/metadata.csv (id|text as written, with a final mark) and DIR/wavs/id.flac, 24 kHz, as `tts train prepare` reads
        them, and DIR/dropped.csv (id|text|why). Stopped, the same command goes on; a sound depends on its line alone.

The teacher is hibari-tts 0.2.1, voice "heart" (README.md). It reads what the front end has spelt out (`tts phonemize`), so
that numbers and dates are said as the engine says them. Where its own phonemiser reads a line otherwise than ours
(phones.py) the line is dropped: its sound would belong to other symbols. Runs in bench/quality/outside_judges.sh's
environment, about 45 times faster than the speech on one core.
"""
import argparse
import collections
import json
import re
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import soundfile

import phones

ROOT = Path(__file__).resolve().parents[2]
RATE_HZ = 24000
REPORT_S = 30
OPEN_ENDS = set("a an the and or but nor of to in on at by for from with as that than which who whose whom if when while because".split())


def read_lines(path):
    """[(id, text)]"""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("|", 1)) for line in lines if "|" in line]


def finished(text):
    """With a mark at its end: a full stop, or a comma where the last word leaves the sentence open."""
    body = text.rstrip().rstrip(",;:-—")
    closing = re.search(r"[\"'”’)\]]*$", body)[0]
    body = body[: len(body) - len(closing)].rstrip(",;:-—")
    if body.endswith((".", "?", "!", "…")):
        return body + closing
    last = re.sub(r"\W", "", body.split()[-1].lower()) if body.split() else ""
    return body + ("," if last in OPEN_ENDS else ".") + closing


def spelt_out(tts, texts):
    """[(spoken text, our phonemes)] of the texts."""
    done = subprocess.run([str(tts), "phonemize", "--lines", "--json", "-i", "-"], input="\n".join(texts) + "\n", check=True,
                          capture_output=True, text=True, encoding="utf-8")
    documents = [json.loads(line)["sentences"] for line in done.stdout.splitlines()]
    return [(" ".join(s["spoken"] for s in d), " ".join(s["phonemes"] for s in d)) for d in documents]


class Teacher:
    """hibari, with what it needs to be told to read as we do."""

    def __init__(self):
        from hibari import Hibari
        self.hibari = Hibari(threads=1)

    def phonemes(self, spoken, text):
        """Its phonemes, a string per sentence."""
        # Beside another letter A is a letter; a last letter takes the full stop for an abbreviation's.
        spoken = re.sub(r"\bA(?= [A-Z]\b)|(?<=\b[A-Z] )A\b", "[A](/ˈA/)", spoken)
        parts = self.hibari.phonemize(spoken)
        if parts and parts[-1][-1] not in phones.MARKS:
            parts[-1] += re.search(r"[.?!…,]?\W*$", text)[0][:1]
        return parts

    def speak(self, parts, seed):
        """→ [S]"""
        noise = np.random.default_rng(seed)
        return np.concatenate([self.hibari.from_ids(self.hibari.ids(p), 1.0, noise) for p in parts])


def why_not(ours, parts):
    """Why a line is dropped, or an empty string."""
    mine, its = phones.phones(ours, phones.OURS), phones.phones(" ".join(parts), phones.TEACHERS)
    different = phones.differences(mine, its)
    if different:
        return "phones: " + ", ".join(f"{a or '-'}/{b or '-'}" for a, b in different)
    return "" if phones.marks(mine) == phones.marks(its) else f"marks: {phones.marks(mine)} / {phones.marks(its)}"


def checked(teacher, tts, lines):
    """[(id, text, teacher's phonemes)], [(id, text, why)] of the lines."""
    texts = [finished(text) for _, text in lines]
    kept, dropped = [], []
    for (name, _), text, (spoken, ours) in zip(lines, texts, spelt_out(tts, texts)):
        parts = teacher.phonemes(spoken, text)
        why = why_not(ours, parts)
        if why:
            dropped.append((name, text, why))
        else:
            kept.append((name, text, parts))
    return kept, dropped


def report_dropped(kept, dropped):
    print(f"{len(kept)} lines to read, {len(dropped)} dropped ({100 * len(dropped) / max(len(kept) + len(dropped), 1):.1f} %)")
    reasons = collections.Counter(why.split(", ")[0] if why.startswith("phones") else "marks" for _, _, why in dropped)
    for reason, count in reasons.most_common(12):
        print(f"  {count:5d}  {reason}")


def read_aloud(teacher, kept, out):
    """Makes the sounds that are not there yet; seconds of all."""
    start = last = time.time()
    seconds = made = 0
    for n, (name, _, parts) in enumerate(kept, 1):
        path = out / f"wavs/{name}.flac"
        if path.exists():
            seconds += soundfile.info(str(path)).duration
        else:
            sound = np.clip(teacher.speak(parts, zlib.crc32(name.encode()) % 100000), -1, 1)
            soundfile.write(str(path.with_suffix(".tmp")), sound, RATE_HZ, format="FLAC")
            path.with_suffix(".tmp").rename(path)
            seconds, made = seconds + len(sound) / RATE_HZ, made + len(sound) / RATE_HZ
        if time.time() - last > REPORT_S:
            last = time.time()
            print(f"{n} of {len(kept)} lines, {seconds / 60:.0f} minutes, {made / (last - start):.0f} times real time",
                  file=sys.stderr, flush=True)
    return seconds


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("lines", nargs="+", type=Path, metavar="LINES")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tts", type=Path, default=ROOT / "build/tts")
    p.add_argument("--taken", type=Path, action="append", default=[], metavar="METADATA")
    p.add_argument("--ids", type=Path, action="append", default=[], metavar="LIST")
    a = p.parse_args()
    taken = {name for path in a.taken for name, _ in read_lines(path)}
    only = {line for path in a.ids for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    lines = [(name, text) for path in a.lines for name, text in read_lines(path) if name not in taken and (not only or name in only)]
    (a.out / "wavs").mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    kept, dropped = checked(teacher, a.tts, lines)
    report_dropped(kept, dropped)
    (a.out / "dropped.csv").write_text("".join("|".join(row) + "\n" for row in dropped), encoding="utf-8")
    seconds = read_aloud(teacher, kept, a.out)
    (a.out / "metadata.csv").write_text("".join(f"{name}|{text}\n" for name, text, _ in kept), encoding="utf-8")
    print(f"{len(kept)} recordings, {seconds / 3600:.2f} hours in {a.out}")


if __name__ == "__main__":
    main()
