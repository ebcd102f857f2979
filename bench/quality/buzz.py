#!/usr/bin/env python3
"""Buzz: lines at multiples of a codec's frame rate where there should be noise or silence.

    buzz.py NATURAL_DIR DIR [DIR ...] [--ids LIST] [--rates 50 100] [--json FILE]

Input:  folders of recordings with the same ids (NATURAL_DIR gives the floor). Output: a Markdown table of
dB excess, natural and every DIR, per frame rate, for unvoiced frames, silent frames and, of the unvoiced
ones, the band above 6 kHz.

A decoder that repeats its phases every frame writes spectral lines at k * rate. Excess at a rate: segments
of 4 / rate seconds (Hann; the lines are 4 bins apart) of unvoiced or silent frames (Praat's F0; speech
within 40 dB of the 95th percentile of 10 ms frame levels, silence below that, digital silence skipped) are
transformed; each power spectrum is divided by its local median over 9 bins (whitening); the median over all
segments and recordings is taken per bin; excess is 10 log10 of its mean at the multiples of the rate from
400 Hz on, over its mean midway between them. Noise gives 0 dB. "modulation": the same ratio in the spectrum
of the envelope (magnitude of the analytic signal above 1 kHz, 320 ms segments), the mean of the bins at rate
and 2 * rate over their neighbours +-5 to +-15 Hz away: a buzz without stable lines shows there.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import scipy.ndimage
import scipy.signal

import common
from distances import RATE_HZ, f0_track

LONG, HOP = round(0.32 * RATE_HZ), round(0.01 * RATE_HZ)
PERIODS = 4  # frames of the codec in a segment


def frame_kinds(x):
    """[T] per 10 ms: 'v' voiced, 'u' unvoiced speech, 's' silence, '-' digital silence."""
    f0 = f0_track(np.ascontiguousarray(x))
    level = common.frame_levels_db(x, RATE_HZ, 0.01)
    n = min(len(f0), len(level))
    level = level[:n]
    speech = level > np.percentile(level, 95) - 40
    return np.where(f0[:n] > 0, "v", np.where(level < -100, "-", np.where(speech, "u", "s")))


def segments(x, kinds, kind, length):
    """Segments, half overlapping, in which every frame is of one of the kinds."""
    frames = length // HOP
    good = np.convolve(np.isin(kinds, list(kind)), np.ones(frames), "valid") == frames
    t = 0
    while t < len(good):
        if good[t]:
            piece = x[t * HOP: t * HOP + length]
            if len(piece) == length:
                yield piece
            t += frames // 2
        else:
            t += 1


def whitened(piece):
    """Power spectrum over its local median."""
    power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2 + 1e-16
    return power / scipy.ndimage.median_filter(power, size=2 * PERIODS + 1)


def line_excess_db(spectra, rate_hz, low_hz=400.0, high_hz=RATE_HZ / 2):
    """Mean at multiples of the rate over the mean midway between them."""
    if not spectra:
        return float("nan")
    middle = np.median(spectra, axis=0)
    bins = np.arange(np.ceil(low_hz / rate_hz), high_hz // rate_hz).astype(int) * PERIODS
    return 10 * np.log10(middle[bins].mean() / middle[bins + PERIODS // 2].mean())


def modulation_excess_db(spectra, rate_hz):
    if not spectra:
        return float("nan")
    mean = np.mean(spectra, axis=0)
    hz = np.arange(len(mean)) * RATE_HZ / LONG
    ratios = []
    for line in (rate_hz, 2 * rate_hz):
        far = np.abs(hz - line)
        ratios.append(mean[far < 2].mean() / mean[(far >= 5) & (far <= 15)].mean())
    return 10 * np.log10(np.mean(ratios))


def envelope_spectrum(piece):
    high = scipy.signal.sosfilt(scipy.signal.butter(4, 1000, "high", fs=RATE_HZ, output="sos"), piece)
    envelope = np.abs(scipy.signal.hilbert(high))
    envelope = envelope / (envelope.mean() + 1e-12) - 1
    return np.abs(np.fft.rfft(envelope * np.hanning(len(envelope)))) ** 2


def measure(folder, ids, rates):
    """{column: dB} of a folder."""
    envelopes, spectra = [], {(kind, r): [] for kind in "us" for r in rates}
    for f in common.files_in(folder, ids).values():
        x, _ = common.read_audio(f, RATE_HZ)
        kinds = frame_kinds(x)
        for (kind, r), found in spectra.items():
            found += map(whitened, segments(x, kinds, kind, PERIODS * RATE_HZ // r))
        envelopes += map(envelope_spectrum, segments(x, kinds, "us", LONG))
    row = {}
    for r in rates:
        row[f"unvoiced {r} Hz"] = line_excess_db(spectra["u", r], r)
        row[f"> 6 kHz {r} Hz"] = line_excess_db(spectra["u", r], r, 6000.0)
        row[f"silence {r} Hz"] = line_excess_db(spectra["s", r], r)
        row[f"modulation {r} Hz"] = modulation_excess_db(envelopes, r)
        row[f"segments {r} Hz"] = f"{len(spectra['u', r])} / {len(spectra['s', r])}"
    row["long segments"] = str(len(envelopes))
    return row


def evaluate(folders, ids=None, rates=(50, 100)):
    return {str(d): measure(d, ids, rates) for d in folders}


def table(rows):
    columns = list(next(iter(rows.values())))
    return common.markdown(["folder", *columns], [
        [d] + [v if isinstance(v, str) else f"{v:+.2f}" for v in r.values()] for d, r in rows.items()])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folders", nargs="+", metavar="DIR")
    p.add_argument("--ids", type=Path)
    p.add_argument("--rates", type=int, nargs="+", default=[50, 100])
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    rows = evaluate(a.folders, set(common.read_ids(a.ids)) if a.ids else None, a.rates)
    print(table(rows))
    if a.json:
        a.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
