#!/usr/bin/env python3
"""How far synthesised recordings are from natural ones: spectrum, pitch, timing, liveliness.

    distances.py NATURAL_DIR SYNTH_DIR [SYNTH_DIR ...] [--ids LIST] [--json FILE]
                 [--metadata METADATA --ear ear.npz | --natural-timings TIMINGS_DIR --timings TIMINGS_DIR ...]

Input:  folders with the same <id>.wav/.flac/.ogg/.opus. Both sides are made mono, 24 kHz (soxr VHQ), trimmed
        to 0.1 s of edge silence and levelled to -26 dBFS active level. Phone durations come from the ear of
        skips.py and the texts of METADATA, the same for both sides, or from timing files, one folder per
        SYNTH_DIR: <id>.json, {"phonemes": [{"phone": "ə", "start_s": 0.1, "end_s": 0.2}, ...]}.
Output: one Markdown table, a row per SYNTH_DIR; --json also gives every band of the variance ratio.

MCD     mel-cepstral distortion, dB (Kubichek 1993): 10 / ln 10 * sqrt(2 * sum_{k=1..13} (c_k - c'_k)^2), mean
        over the frames of the alignment path. c_k: orthonormal DCT-II of the natural log of 80 slaney mel
        band amplitudes (sqrt of power; n_fft 1024, Hann, hop 240 = 10 ms, 0 to 12 kHz, floor 1e-5 of full
        scale amplitude), scaled by sqrt(2 / 80) so that log S = c_0 + sum c_k cos(...); c_0 left out.
        Path: dynamic time warping over the same 13 coefficients, steps (1,1), (1,0), (0,1) of equal weight.
        Comparable within this table only: other mel scales and cepstral analyses give other figures.
F0      by Praat's autocorrelation (Boersma 1993; parselmouth, 75 to 500 Hz, 10 ms). "F0 cents": root mean square of
        1200 * log2 ratio over path frames voiced in both (another mean counts); "centred": after removing
        the sentence's mean difference. "Voicing %": path frames voiced in one only.
rate    speech duration natural / synth (sum over sentences, edge silence excluded): 1.05 = synth 5 % faster.
F0 std  ratio synth / natural of the standard deviation of voiced F0 in semitones, over all sentences' frames
        pooled around the speaker's mean; "in sentence": mean within-sentence deviation.
mel var ratio synth / natural of the variance over speech frames of log mel energy per band, sentences pooled;
        speech frames: within 40 dB of the sentence's 95th percentile level. Mean, minimum, list in JSON.
dur std ratio synth / natural of the standard deviation of phone durations, mean over phones with >= 10
        examples on both sides (10 ms frames, phones before a pause left out when the ear aligns); also of
        all phones pooled.
"""
import argparse
import json
import warnings
from pathlib import Path

import librosa
import numba
import numpy as np
import scipy.fft

import common
import hmm

RATE_HZ, HOP, BANDS, ORDER = 24000, 240, 80, 13
EDGE_S = 0.1


def log_mel(x):
    """[T, 80] natural log of mel amplitudes."""
    power = librosa.feature.melspectrogram(y=x, sr=RATE_HZ, n_fft=1024, hop_length=HOP, n_mels=BANDS,
                                           fmin=0, fmax=RATE_HZ / 2, power=2.0)
    return np.log(np.maximum(np.sqrt(power), 1e-5)).T


def cepstrum(mel):
    """[T, 13] c_1 .. c_13 of log mel amplitudes."""
    c = scipy.fft.dct(mel, type=2, norm="ortho", axis=1) * np.sqrt(2 / BANDS)
    return c[:, 1:ORDER + 1]


def f0_track(x):
    """[T] F0 in Hz, 0 where unvoiced."""
    import parselmouth
    pitch = parselmouth.Sound(x, RATE_HZ).to_pitch_ac(time_step=HOP / RATE_HZ, pitch_floor=75, pitch_ceiling=500)
    f0 = np.zeros(len(x) // HOP + 1)
    at = np.round(pitch.xs() * RATE_HZ / HOP).astype(int)
    f0[at] = pitch.selected_array["frequency"]
    return f0


@numba.njit(cache=True)
def warp(cost):
    """Best path through cost [T1, T2]: pairs of frames from (0, 0) to the end."""
    n, m = cost.shape
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0
    for i in range(n):
        for j in range(m):
            total[i + 1, j + 1] = cost[i, j] + min(total[i, j], total[i, j + 1], total[i + 1, j])
    path = [(n - 1, m - 1)]
    i, j = n, m
    while i > 1 or j > 1:
        if total[i - 1, j - 1] <= total[i - 1, j] and total[i - 1, j - 1] <= total[i, j - 1]:
            i, j = i - 1, j - 1
        elif total[i - 1, j] <= total[i, j - 1]:
            i -= 1
        else:
            j -= 1
        path.append((i - 1, j - 1))
    return path[::-1]


class Recording:
    """Features of one recording; every [T] sequence at 100 Hz."""

    def __init__(self, path):
        x = np.ascontiguousarray(common.levelled(path, RATE_HZ))
        mel, f0 = log_mel(x), f0_track(x)
        frames = min(len(mel), len(f0))
        self.mel, self.f0 = mel[:frames], f0[:frames]
        self.cepstrum = cepstrum(self.mel)
        self.speech_s = len(x) / RATE_HZ - 2 * EDGE_S
        level = common.frame_levels_db(np.pad(x, HOP), RATE_HZ, HOP / RATE_HZ)[:frames]
        self.speech = np.zeros(frames, bool)
        self.speech[:len(level)] = level > np.percentile(level, 95) - 40

    def semitones(self):
        return 12 * np.log2(self.f0[self.f0 > 0])


def compare(natural, synth):
    """Numbers of one pair of recordings."""
    gap = natural.cepstrum[:, None] - synth.cepstrum[None]
    cost = 10 / np.log(10) * np.sqrt(2 * np.sum(gap**2, axis=2))
    path = np.array(warp(cost))
    a, b = natural.f0[path[:, 0]], synth.f0[path[:, 1]]
    both = (a > 0) & (b > 0)
    cents = 1200 * np.log2(b[both] / a[both]) if both.any() else np.zeros(0)
    return {"mcd": cost[path[:, 0], path[:, 1]].mean(), "cents": cents,
            "voicing": np.mean((a > 0) != (b > 0))}


def spread(recordings, value):
    """Standard deviation of a feature around its mean: pooled, and the mean within recordings."""
    parts = [value(r) for r in recordings]
    parts = [p for p in parts if len(p) > 1]
    return np.concatenate(parts).std(), np.mean([p.std() for p in parts])


def durations(folder, ids):
    """{phone: [seconds]} of the engine's timing files."""
    result = {}
    for i in ids:
        file = Path(folder) / f"{i}.json"
        if not file.exists():
            warnings.warn(f"no timings {file}")
            continue
        for p in json.loads(file.read_text(encoding="utf-8"))["phonemes"]:
            result.setdefault(p["phone"], []).append(p["end_s"] - p["start_s"])
    return result


def heard_durations(ear, files, text):
    """{phone: [seconds]} by the ear of skips.py; phones before pauses are left out."""
    result = {}
    for i, f in files.items():
        graph = hmm.Graph(hmm.clean_words(text[i]))
        best, path = hmm.align(ear.score(hmm.features(f)), graph)
        for _, phone, frames, pause in hmm.phone_segments(graph, path) if np.isfinite(best) else ():
            if not pause:
                result.setdefault(hmm.PHONES[phone], []).append(frames / 100)
    return result


def duration_spread(natural, synth):
    """Ratios of the standard deviation of phone durations: mean over frequent phones, and pooled."""
    common_phones = [p for p in natural if len(natural[p]) >= 10 and len(synth.get(p, ())) >= 10]
    if not common_phones:
        return float("nan"), float("nan")
    each = [np.std(synth[p]) / np.std(natural[p]) for p in common_phones]
    pooled = [np.std(np.concatenate([d[p] for p in common_phones])) for d in (natural, synth)]
    return float(np.mean(each)), float(pooled[1] / pooled[0])


def summarise(natural, synth):
    """The row of a folder from {id: Recording} of both sides."""
    ids = list(natural)
    pairs = [compare(natural[i], synth[i]) for i in ids]
    a, b = [natural[i] for i in ids], [synth[i] for i in ids]
    cents = np.concatenate([p["cents"] for p in pairs])
    centred = np.concatenate([p["cents"] - p["cents"].mean() for p in pairs if len(p["cents"])])
    f0 = [spread(side, Recording.semitones) for side in (a, b)]
    variance = [np.concatenate([r.mel[r.speech] for r in side]).var(axis=0) for side in (a, b)]
    bands = variance[1] / variance[0]
    mcd = common.mean_ci([p["mcd"] for p in pairs])
    return {
        "files": len(ids), "mcd_db": mcd[0], "mcd_ci": mcd[1],
        "f0_cents": np.sqrt(np.mean(cents**2)), "f0_cents_centred": np.sqrt(np.mean(centred**2)),
        "voicing_error_percent": 100 * np.mean([p["voicing"] for p in pairs]),
        "rate": sum(r.speech_s for r in a) / sum(r.speech_s for r in b),
        "f0_std_ratio": f0[1][0] / f0[0][0], "f0_std_ratio_in_sentence": f0[1][1] / f0[0][1],
        "mel_variance_mean": bands.mean(), "mel_variance_min": bands.min(), "mel_variance_bands": bands.tolist(),
    }


def phone_durations(folders, files, text=None, ear=None, timings=()):
    """{phone: [seconds]} per folder by the ear or from timing folders; nothing when there is neither."""
    if ear and text:
        ear = hmm.Ear.load(ear)
        return [heard_durations(ear, f, text) for f in files]
    if len(timings) == len(folders):
        return [durations(t, f) for t, f in zip(timings, files)]
    return []


def evaluate(natural_dir, synth_dirs, ids=None, **duration_source):
    """{folder: row}; the ids that every folder has."""
    found = [common.files_in(d, ids) for d in [natural_dir, *synth_dirs]]
    ids = sorted(set(found[0]).intersection(*found[1:]))
    found = [{i: f[i] for i in ids} for f in found]
    natural = {i: Recording(f) for i, f in found[0].items()}
    rows, spoken = {}, phone_durations([natural_dir, *synth_dirs], found, **duration_source)
    for k, d in enumerate(synth_dirs):
        row = summarise(natural, {i: Recording(f) for i, f in found[k + 1].items()})
        row = {key: float(v) if np.isscalar(v) and key != "files" else v for key, v in row.items()}
        if spoken:
            row["duration_std_ratio"], row["duration_std_ratio_pooled"] = duration_spread(spoken[0], spoken[k + 1])
        rows[str(d)] = row
    return rows


def table(rows):
    def cells(name, r):
        duration = f"{r['duration_std_ratio']:.2f}" if "duration_std_ratio" in r else ""
        return [name, r["files"], f"{r['mcd_db']:.2f} ± {r['mcd_ci']:.2f}", f"{r['f0_cents']:.0f}",
                f"{r['f0_cents_centred']:.0f}", f"{r['voicing_error_percent']:.1f}", f"{r['rate']:.3f}",
                f"{r['f0_std_ratio']:.2f}", f"{r['f0_std_ratio_in_sentence']:.2f}",
                f"{r['mel_variance_mean']:.2f}", f"{r['mel_variance_min']:.2f}", duration]
    return common.markdown(
        ["folder", "files", "MCD dB", "F0 cents", "centred", "voicing %", "rate", "F0 std", "in sentence",
         "mel var mean", "min", "dur std"], [cells(n, r) for n, r in rows.items()])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("natural", metavar="NATURAL_DIR")
    p.add_argument("synth", nargs="+", metavar="SYNTH_DIR")
    p.add_argument("--ids", type=Path)
    p.add_argument("--metadata", type=Path)
    p.add_argument("--ear", type=Path, default=common.ROOT / "out/quality/ear.npz")
    p.add_argument("--natural-timings", type=Path)
    p.add_argument("--timings", type=Path, nargs="+", default=[])
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    ids = set(common.read_ids(a.ids)) if a.ids else None
    text = common.read_metadata(a.metadata) if a.metadata else None
    timings = [a.natural_timings, *a.timings] if a.natural_timings else ()
    rows = evaluate(a.natural, a.synth, ids, text=text, ear=a.ear, timings=timings)
    print(table(rows))
    if a.json:
        a.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
