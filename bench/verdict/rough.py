#!/usr/bin/env python3
"""Do the judge's measures of the sound alone find what they are for? (docs/checking.md)

    rough.py METADATA WAVS ALIGNMENTS IDS OUT --lang en-us [--tts build/tts]

In copies of each recording: `frozen` holds one of the codec's frames for 0.3 s, `repeated` says 0.2 s three times (both in the codec's tokens, as a
generator would that got stuck); `dead_air` puts 0.5 s of silence inside a word; `faint` turns a word down by 40 dB; `clipped` cuts
the sound off at a third of its peak; `length` is a plan (of alignment) for a sentence half as long again. Output: a Markdown table, how many of each kind were
found, and how many whole ones were called so.
"""
import argparse
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import soundfile

import breaks
from breaks import common

FAULTS = ("frozen", "repeated", "dead_air", "faint", "clipped", "length")
HEADER = 60


def stuck(tts, source, out, frame, pieces, times):
    """Decodes the tokens of a recording with frames [frame, frame + pieces) said so many times."""
    tokens = out.with_suffix(".tok")
    subprocess.run([tts, "codec", "encode", source, "-o", tokens], check=True, capture_output=True)
    data = tokens.read_bytes()
    bits = struct.unpack_from("<I", data, 20)[0] * 10
    assert bits % 8 == 0, "frames are whole bytes with all codebooks"
    count, samples = struct.unpack_from("<QQ", data, 44)
    size = bits // 8
    a, b = HEADER + frame * size, HEADER + (frame + pieces) * size
    body = data[HEADER:b] + data[a:b] * (times - 1) + data[b:-4]
    extra = pieces * (times - 1)
    head = data[:44] + struct.pack("<QQ", count + extra, samples + 480 * extra)
    tokens.write_bytes(head + body + struct.pack("<I", zlib.crc32(head + body)))
    subprocess.run([tts, "codec", "decode", tokens, "-o", out], check=True, capture_output=True)
    tokens.unlink()


def broken(item, kind, out, tts, random):
    """The line to examine for one broken copy."""
    x, rate = common.read_audio(item["file"], 24000)
    long = [w for w in item["words"] if w["end_s"] - w["begin_s"] > 0.2]
    word = long[random.integers(len(long))]
    b, e = breaks.cut(x, rate, word)
    middle = (b + e) // 2
    line = {"id": item["id"], "kind": kind, "file": str(out / f"{item['id']}-{kind}.wav"), "text": item["text"],
            "lang": item["lang"], "frames": item["frames"]}
    if kind in ("frozen", "repeated"):
        pieces, times = (1, 15) if kind == "frozen" else (10, 3)
        stuck(tts, item["file"], Path(line["file"]), middle // 480, pieces, times)
        del line["frames"]
        return line
    if kind == "length":
        return {**line, "file": item["file"], "expected_s": 1.7 * len(x) / rate}
    if kind == "dead_air":
        x = np.concatenate([x[:middle], np.zeros(rate // 2), x[middle:]])
    if kind == "faint":
        x[b:e] *= 0.01
    if kind == "clipped":
        peak = np.abs(x).max() / 3
        x = np.clip(x, -peak, peak)
    soundfile.write(line["file"], x, rate)
    return line


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for word in ("metadata", "wavs", "alignments", "ids", "out"):
        p.add_argument(word, type=str if word == "ids" else Path)
    p.add_argument("--lang", required=True)
    p.add_argument("--tts", default=str(common.ROOT / "build/tts"))
    p.add_argument("--limit", type=int, default=60)
    p.add_argument("--ear", type=Path)
    a = p.parse_args()
    whole = breaks.whole_recordings(a)[: a.limit]
    items = [{**line, **found} for line, found in zip(whole, breaks.examine(whole, a.ear))]
    a.out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(4)
    rows = []
    for kind in FAULTS:
        found = breaks.examine([broken(i, kind, a.out, a.tts, random) for i in items], a.ear)
        hits = [any(f["fault"] == kind for f in j["verdict"].get("findings", [])) for j in found]
        false = [any(f["fault"] == kind for f in j["verdict"].get("findings", [])) for j in items]
        key = f"{kind}_s"
        size = [np.diff(j["sound"][key])[0] for j in found] if key in found[0]["sound"] else [0]
        rows.append([kind, len(hits), f"{100 * np.mean(hits):.0f}", f"{100 * np.mean(false):.0f}",
                     f"{np.median(size):.2f}" if max(size) > 0 else ""])
    print(common.markdown(["fault", "broken", "% found", "% of the whole called so", "median found s"], rows))


if __name__ == "__main__":
    main()
