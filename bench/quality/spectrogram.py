#!/usr/bin/env python3
"""Spectrograms of recordings under each other, for the eye.

    spectrogram.py A.wav [B.wav ...] -o x.png [--labels NAME ...] [--from S] [--to S]

Input:  recordings of any rate. Output: a picture, one row per recording: 0-12 kHz on the left (n_fft 1024),
0-4 kHz on the right (n_fft 2048, so that harmonics and lines at multiples of a frame rate can be told
apart), hop 2.5 ms, Hann, the strongest 80 dB of each recording.
"""
import argparse
from pathlib import Path

import librosa
import matplotlib
import numpy as np

import common

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

RATE_HZ, HOP = 24000, 60
VIEWS = ((1024, 12000), (2048, 4000))


def draw(axis, x, n_fft, top_hz, start_s):
    power = np.abs(librosa.stft(x, n_fft=n_fft, hop_length=HOP)) ** 2
    db = 10 * np.log10(power + 1e-12)
    bins = round(top_hz * n_fft / RATE_HZ) + 1
    axis.imshow(db[:bins], origin="lower", aspect="auto", cmap="magma", vmin=db.max() - 80, vmax=db.max(),
                interpolation="nearest", extent=(start_s, start_s + len(x) / RATE_HZ, 0, top_hz / 1000))
    axis.set_ylabel("kHz")


def picture(files, labels, out, start_s=0.0, end_s=None):
    fig, axes = plt.subplots(len(files), 2, figsize=(16, 2.6 * len(files)), squeeze=False, layout="constrained")
    for row, file, label in zip(axes, files, labels):
        x, _ = common.read_audio(file, RATE_HZ)
        x = x[int(start_s * RATE_HZ): int(end_s * RATE_HZ) if end_s else None]
        for axis, (n_fft, top_hz) in zip(row, VIEWS):
            draw(axis, x, n_fft, top_hz, start_s)
            axis.set_title(label, fontsize=9, loc="left")
    for axis in axes[-1]:
        axis.set_xlabel("seconds")
    fig.savefig(out, dpi=80)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="+", type=Path)
    p.add_argument("-o", "--out", type=Path, required=True)
    p.add_argument("--labels", nargs="+")
    p.add_argument("--from", dest="start_s", type=float, default=0.0)
    p.add_argument("--to", dest="end_s", type=float)
    a = p.parse_args()
    labels = a.labels or [str(f) for f in a.files]
    if len(labels) != len(a.files):
        p.error(f"{len(labels)} labels for {len(a.files)} files")
    picture(a.files, labels, a.out, a.start_s, a.end_s)


if __name__ == "__main__":
    main()
