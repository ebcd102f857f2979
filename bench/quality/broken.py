#!/usr/bin/env python3
"""How well do the fits of `tts listen` tell broken speech from whole? The ground of a self-check.

    broken.py METADATA DIR --lang en-us [--ids LIST] [--limit N] [--tts build/tts] [--ear DIR]

Input:  METADATA, lines `id|text`, and a folder of recordings of those texts.
Does:   finds each recording's words, and damages one word of at least three phones' length per copy: `cut`
        takes it out, `doubled` says it twice, `swapped` exchanges it with the next one, `half` takes its
        second half out. Seams are faded over 5 ms. The lowest fit of all words is the recording's.
Output: a Markdown table: per kind of damage the median lowest fit, the area under the receiver operating
        characteristic against whole recordings (1 separates fully, 0.5 not at all), the share of broken
        recordings found when 5 % of the whole ones are called broken, and that threshold.
"""
import argparse
import tempfile
from pathlib import Path

import numpy as np
import soundfile

import common
from phones import listen, lowest_fit

FADE_S = 0.005
SHORTEST_WORD_S = 0.15


def damages(x, rate, word, following):
    """{kind: samples} of a recording with one word broken."""
    b, e = (round(word[k] * rate) for k in ("begin_s", "end_s"))
    middle = (b + e) // 2
    out = {"cut": [x[:b], x[e:]], "doubled": [x[:e], x[b:]], "half": [x[:middle], x[e:]]}
    if following is not None:
        c, f = (round(following[k] * rate) for k in ("begin_s", "end_s"))
        out["swapped"] = [x[:b], x[c:f], x[e:c], x[b:e], x[f:]]
    return {kind: common.joined([p for p in parts if len(p)], round(FADE_S * rate)) for kind, parts in out.items()}


def lowest_fits(path, text, ask, rng, folder):
    """{kind: lowest fit} of a recording and of its damaged copies; None when no word is long enough."""
    whole = ask(text, [path])[0]
    spoken = whole["words"]
    able = [k for k, w in enumerate(spoken) if w["end_s"] - w["begin_s"] >= SHORTEST_WORD_S]
    if not able:
        return None
    k = able[rng.integers(len(able))]
    x, rate = common.read_audio(path)
    copies = damages(x, rate, spoken[k], spoken[k + 1] if k + 1 < len(spoken) else None)
    files = {kind: Path(folder) / f"{kind}.wav" for kind in copies}
    for kind, samples in copies.items():
        soundfile.write(files[kind], samples, rate)
    lines = ask(text, files.values())
    return {"whole": lowest_fit(whole), **{kind: lowest_fit(line) for kind, line in zip(files, lines)}}


def area(whole, broken):
    """Probability that a broken recording fits worse than a whole one."""
    w, b = np.asarray(whole)[:, None], np.asarray(broken)[None, :]
    return float(np.mean((b < w) + 0.5 * (b == w)))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("metadata", type=Path, metavar="METADATA")
    p.add_argument("folder", type=Path, metavar="DIR")
    p.add_argument("--lang", required=True)
    p.add_argument("--ids", type=Path)
    p.add_argument("--limit", type=int, default=100)
    p.add_argument("--tts", type=Path, default=common.ROOT / "build/tts")
    p.add_argument("--ear", type=Path)
    a = p.parse_args()
    text = common.read_metadata(a.metadata)
    found = common.files_in(a.folder, set(common.read_ids(a.ids)) if a.ids else None)
    ids = sorted(set(text) & set(found))[: a.limit]
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        results = [lowest_fits(found[i], text[i], lambda t, f: listen(a.tts, a.ear, a.lang, t, f), rng, folder)
                   for i in ids]
    results = [r for r in results if r]
    whole = [r["whole"] for r in results]
    threshold = float(np.percentile(whole, 5))
    rows = [["whole", len(whole), f"{np.median(whole):.2f}", "", "5"]]
    for kind in ("cut", "half", "doubled", "swapped"):
        fits = [r[kind] for r in results if kind in r]
        rows.append([kind, len(fits), f"{np.median(fits):.2f}", f"{area(whole, fits):.3f}",
                     f"{100 * np.mean(np.array(fits) < threshold):.0f}"])
    print(common.markdown(["recordings", "number", "median lowest fit", "area", f"% below {threshold:.2f}"], rows))


if __name__ == "__main__":
    main()
