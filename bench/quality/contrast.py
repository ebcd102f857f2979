#!/usr/bin/env python3
"""How sharp spectra are: formants, harmonics and pulses that stand out less than natural ones, or a fixed ripple.

    contrast.py NATURAL_DIR DIR [DIR ...] [--ids LIST] [--json FILE]

Input:  folders of recordings with the same ids. Output: two Markdown tables, a row per folder.

A contrast is the difference of the logs (nepers of amplitude) of a power spectrogram smoothed twice, by a
narrow and by a wide Gaussian: along frequency (0-70, 70-280, 280-1000 Hz; n_fft 1024, hop 256, time smoothed
by one frame) or time (0-8 ms; n_fft 256, hop 64). The first table gives its standard deviation per band over
the louder 70 % of frames: smaller than natural sounds hazy, larger harsh.

Ripple: the mean contrast of each bin from 4 to 11 kHz over all recordings, its standard deviation over bins.
Speech averages out; lines that stand at fixed frequencies stay (a metallic colour). A ripple in hisses can be
paid back by its opposite elsewhere, so the second number takes the frames apart in six groups by their level
from 4 to 11 kHz, and averages over the groups.
"""
import argparse
import json
from pathlib import Path

import librosa
import numpy as np
from scipy.ndimage import gaussian_filter

import common

RATE_HZ = 24000
BANDS_HZ = (0, 1000, 2000, 4000, 6000, 8000, 11000)
# name, n_fft, hop, narrow and wide Gaussian: (Hz, seconds)
CONTRASTS = (("0-70 Hz", 1024, 256, (0, 0.011), (70, 0.011)),
             ("70-280 Hz", 1024, 256, (70, 0.011), (280, 0.011)),
             ("280-1000 Hz", 1024, 256, (280, 0.011), (1000, 0.011)),
             ("0-8 ms", 256, 64, (94, 0), (94, 0.008)))
RIPPLE_HZ, LEVELS = (4000, 11000), 6


def contrast(power, n_fft, hop, narrow, wide):
    """[bins, T] contrast of a power spectrogram."""
    def level(hz, seconds):
        sigma = hz * n_fft / RATE_HZ, seconds * RATE_HZ / hop
        return 0.5 * np.log(gaussian_filter(power, sigma) + 1e-6)
    return level(*narrow) - level(*wide)


def ripple_of(rows, levels):
    """(over all frames, by level) of [bins, T] contrasts and [T] levels."""
    groups = np.array_split(rows[:, np.argsort(levels)], LEVELS, axis=1)
    return rows.mean(1).std(), np.mean([g.mean(1).std() for g in groups])


def evaluate(files):
    """{contrast: [deviation per band]}, {contrast: (ripple, ripple by level)} of {id: path}."""
    spread, rows, levels = {}, {}, {}
    for path in files.values():
        x = common.levelled(path, RATE_HZ)
        for name, n_fft, hop, narrow, wide in CONTRASTS:
            power = np.abs(librosa.stft(x, n_fft=n_fft, hop_length=hop)) ** 2
            c = contrast(power, n_fft, hop, narrow, wide)
            hz = np.arange(len(c)) * RATE_HZ / n_fft
            loudness = np.log(power + 1e-9)
            loud = c[:, loudness.mean(0) > np.percentile(loudness.mean(0), 30)]
            spread.setdefault(name, []).append([loud[(hz >= a) & (hz < b)].std()
                                                for a, b in zip(BANDS_HZ, BANDS_HZ[1:])])
            if n_fft < 1024:
                continue
            high = (hz > RIPPLE_HZ[0]) & (hz < RIPPLE_HZ[1])
            rows.setdefault(name, []).append(c[high])
            levels.setdefault(name, []).append(loudness[high].mean(0))
    ripple = {name: ripple_of(np.concatenate(c, 1), np.concatenate(levels[name])) for name, c in rows.items()}
    return {name: np.mean(s, 0) for name, s in spread.items()}, ripple


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--ids")
    parser.add_argument("--json")
    args = parser.parse_args()
    wanted = set(common.read_ids(args.ids)) if args.ids else None
    found = [common.files_in(d, wanted) for d in args.folders]
    shared = set.intersection(*(set(f) for f in found))
    if not shared:
        raise SystemExit("contrast.py: no recording is in every folder")
    results = {d: evaluate({i: f[i] for i in sorted(shared)}) for d, f in zip(args.folders, found)}

    bands = [f"{a / 1000:g}-{b / 1000:g} kHz" for a, b in zip(BANDS_HZ, BANDS_HZ[1:])]
    print(f"{len(shared)} recordings\n")
    print(common.markdown(["contrast", "folder"] + bands,
                          [[name, d] + [f"{v:.2f}" for v in results[d][0][name]]
                           for name, *_ in CONTRASTS for d in args.folders]))
    names = list(next(iter(results.values()))[1])
    print("\n" + common.markdown(
        ["ripple"] + [f"{n}, {what}" for n in names for what in ("all", "by level")],
        [[d] + [f"{v:.3f}" for n in names for v in results[d][1][n]] for d in args.folders]))
    if args.json:
        Path(args.json).write_text(json.dumps(
            {d: {"contrast": {n: list(map(float, v)) for n, v in s.items()},
                 "ripple": {n: list(map(float, v)) for n, v in r.items()}} for d, (s, r) in results.items()}, indent=1))


if __name__ == "__main__":
    main()
