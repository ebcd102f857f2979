#!/usr/bin/env python3
"""Speech whose phone boundaries are known: espeak-ng says sentences and reports its phoneme events.

  python bench/align/espeak_truth.py make METADATA.csv OUT_DIR [--count 400] [--voice en-us]
      writes OUT_DIR/*.wav and OUT_DIR/list.tsv (for align_recordings) and OUT_DIR/truth.tsv
  python bench/align/espeak_truth.py compare OUT_DIR/truth.tsv ALIGNED.tsv
      prints how far the aligner's phone boundaries are from the truth
"""
import argparse
import ctypes as c
import os

import numpy as np
import soundfile

RATE, HOP = 24000, 240


class Event(c.Structure):
    class Id(c.Union):
        _fields_ = [("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8)]
    _fields_ = [("type", c.c_int), ("unique", c.c_uint), ("position", c.c_int), ("length", c.c_int),
                ("audio_ms", c.c_int), ("sample", c.c_int), ("user", c.c_void_p), ("id", Id)]


WORD, SENTENCE, END, PHONEME = 1, 2, 5, 7


class Espeak:
    def __init__(self, voice):
        self.lib = c.CDLL("libespeak-ng.so.1")
        self.rate = self.lib.espeak_Initialize(2, 0, None, 1 | 2)  # synchronous; phoneme events in IPA
        self.lib.espeak_SetVoiceByName(voice.encode())
        self.samples, self.events = [], []
        kind = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(Event))
        self.callback = kind(self.receive)
        self.lib.espeak_SetSynthCallback(self.callback)

    def receive(self, wave, count, events):
        if wave and count:
            self.samples.append(np.ctypeslib.as_array(wave, (count,)).copy())
        i = 0
        while events[i].type:
            e = events[i]
            self.events.append((e.type, e.sample, bytes(e.id.string).split(b"\0")[0].decode("utf8", "ignore")))
            i += 1
        return 0

    def say(self, text):
        self.samples, self.events = [], []
        data = text.encode()
        self.lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
        return np.concatenate(self.samples).astype(np.float32) / 32768, self.events


def resample(samples, rate):
    import soxr
    return soxr.resample(samples, rate, RATE)


def symbols_of(events, rate, seconds):
    """[(symbol, start in seconds)]; silence is "_" at the ends, "," inside, "|" between words."""
    out, word = [], False
    for kind, sample, name in events:
        if kind == WORD:
            word = True
        if kind != PHONEME:
            continue
        at, name = sample / rate, name.strip("ˈˌ")
        if not name or name.startswith("_"):
            if out and out[-1][0] not in ("_", ","):
                out.append((",", at))
            elif not out:
                out.append(("_", at))
            word = False
            continue
        if word and out and out[-1][0] not in ("_", ","):
            out.append(("|", at))
        word = False
        out.append((name, at))
    if not out or out[0][0] != "_":
        out.insert(0, ("_", 0.0))
    if out[-1][0] == ",":
        out[-1] = ("_", out[-1][1])
    if out[-1][0] != "_":
        out.append(("_", seconds))
    return out


def make(args):
    os.makedirs(args.out, exist_ok=True)
    espeak, random = Espeak(args.voice), np.random.default_rng(1)
    texts = sorted({line.rstrip("\n").split("|")[1] for line in open(args.metadata, encoding="utf8")})
    with open(f"{args.out}/list.tsv", "w") as listed, open(f"{args.out}/truth.tsv", "w") as truth:
        for n, text in enumerate(texts[:args.count]):
            samples, events = espeak.say(text)
            lead = 0.1 + 0.3 * random.random()
            symbols = symbols_of(events, espeak.rate, len(samples) / espeak.rate)
            samples = resample(samples, espeak.rate) * 0.3
            samples = np.concatenate([np.zeros(int(lead * RATE)), samples, np.zeros(int(0.3 * RATE))])
            samples += 1e-4 * random.standard_normal(len(samples))
            path = f"{args.out}/{n:04d}.wav"
            soundfile.write(path, samples, RATE)
            listed.write(f"{n:04d}\t{os.path.abspath(path)}\t{' '.join(s for s, _ in symbols)}\n")
            truth.write(f"{n:04d}\t" + " ".join(f"{s}@{t + lead if i else 0:.4f}" for i, (s, t) in enumerate(symbols)) + "\n")


def compare(args):
    truth = {}
    for line in open(args.truth, encoding="utf8"):
        name, symbols = line.rstrip("\n").split("\t")
        truth[name] = [(s.rsplit("@", 1)[0], float(s.rsplit("@", 1)[1])) for s in symbols.split()]
    errors, signed = [], []
    for line in open(args.aligned, encoding="utf8"):
        name, _, _, symbols = line.rstrip("\n").split("\t")
        frames = [int(s.rsplit(":", 1)[1]) for s in symbols.split()]
        starts = np.concatenate([[0], np.cumsum(frames)[:-1]]) * HOP / RATE
        assert len(starts) == len(truth[name]), name
        for (symbol, at), found in zip(truth[name][1:], starts[1:]):
            if symbol not in ("|", ","):
                errors.append(abs(found - at)), signed.append(found - at)
    errors = np.array(errors)
    print(f"{len(errors)} boundaries: median error {1000 * np.median(errors):.1f} ms, mean {1000 * errors.mean():.1f} ms, "
          f"bias {1000 * np.mean(signed):+.1f} ms; within 10 ms {100 * np.mean(errors <= 0.01):.1f} %, "
          f"20 ms {100 * np.mean(errors <= 0.02):.1f} %, 50 ms {100 * np.mean(errors <= 0.05):.1f} %, "
          f"100 ms {100 * np.mean(errors <= 0.1):.1f} %")


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("make")
    one.add_argument("metadata"), one.add_argument("out"), one.set_defaults(run=make)
    one.add_argument("--count", type=int, default=400), one.add_argument("--voice", default="en-us")
    two = commands.add_parser("compare")
    two.add_argument("truth"), two.add_argument("aligned"), two.set_defaults(run=compare)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
