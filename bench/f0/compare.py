#!/usr/bin/env python3
"""Compares track_f0 with Praat (parselmouth) and WORLD (harvest + stonemask).

  python bench/f0/compare.py build/track_f0 SPEECH_DIR [--each 5] [--plot f0.png]

Takes the first, last and evenly spread recordings of every folder in SPEECH_DIR; prints a Markdown
table. Gross error: more than 20 % off among frames that both call voiced. Fine error: the mean
absolute difference of the others. Voicing error: frames where the decisions differ.
"""
import argparse
import glob
import math
import os
import subprocess

import numpy as np
import parselmouth
import pyworld
import soundfile

HOP_S = 0.01


def recordings(folder, each):
    found = sorted(glob.glob(os.path.join(folder, "wavs", "*")))
    return [found[round(i * (len(found) - 1) / (each - 1))] for i in range(each)]


def ours(tool, files):
    tracks, audio, taken = {}, 0.0, 0.0
    for line in subprocess.run([tool] + files, capture_output=True, text=True, check=True).stdout.splitlines():
        if line.startswith("# "):
            _, name, seconds, spent = line.split()
            audio, taken = audio + float(seconds), taken + float(spent)
            tracks[name] = []
        else:
            tracks[name].append(float(line.split()[0]))
    return {name: np.array(track) for name, track in tracks.items()}, audio / taken


def praat(samples, rate, times):
    sound = parselmouth.Sound(samples, rate)
    pitch = sound.to_pitch_ac(time_step=HOP_S / 2, pitch_floor=60, pitch_ceiling=500)
    return np.nan_to_num(np.array([pitch.get_value_at_time(t) for t in times]))


def world(samples, rate, times):
    f0, at = pyworld.harvest(samples, rate, f0_floor=60, f0_ceil=500, frame_period=HOP_S * 500)
    f0 = pyworld.stonemask(samples, f0, at, rate)
    return f0[np.minimum(np.rint(times / (HOP_S / 2)).astype(int), len(f0) - 1)]


def compare(f0, reference):
    both = (f0 > 0) & (reference > 0)
    ratio = f0[both] / reference[both]
    gross = np.abs(ratio - 1) > 0.2
    return {
        "frames": len(f0), "both": both.sum(), "gross": gross.sum(),
        "fine": np.abs(ratio[~gross] - 1).sum(), "fine_frames": (~gross).sum(),
        "missed": ((f0 == 0) & (reference > 0)).sum(), "added": ((f0 > 0) & (reference == 0)).sum(),
    }


def row(name, counts):
    total = {key: sum(c[key] for c in counts) for key in counts[0]}
    voicing = (total["missed"] + total["added"]) / total["frames"]
    print(f"| {name} | {total['frames']} | {100 * total['gross'] / total['both']:.2f} | "
          f"{100 * total['fine'] / total['fine_frames']:.2f} | {100 * voicing:.1f} | "
          f"{100 * total['missed'] / total['frames']:.1f} | {100 * total['added'] / total['frames']:.1f} |")


def plot(path, name, times, tracks):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    plt.figure(figsize=(12, 4))
    for label, f0 in tracks.items():
        plt.plot(times, np.where(f0 > 0, f0, np.nan), ".-", markersize=3, linewidth=0.7, label=label)
    plt.legend(), plt.title(name), plt.ylabel("Hz"), plt.xlabel("s")
    plt.savefig(path, dpi=80, bbox_inches="tight")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool"), parser.add_argument("speech")
    parser.add_argument("--each", type=int, default=5), parser.add_argument("--plot")
    args = parser.parse_args()
    folders = sorted(f for f in glob.glob(os.path.join(args.speech, "*")) if os.path.isdir(f))
    files = {folder: recordings(folder, args.each) for folder in folders}
    tracks, speed = ours(args.tool, [f for group in files.values() for f in group])
    print("| recordings, reference | frames | gross error % | fine error % | voicing error % | missed % | added % |")
    print("|---|---|---|---|---|---|---|")
    totals = {"Praat": [], "WORLD": [], "WORLD against Praat": []}
    for folder, group in files.items():
        here = []
        for path in group:
            samples, rate = soundfile.read(path)
            f0 = tracks[path]
            times = (np.arange(len(f0)) + 0.5) * HOP_S
            p, w = praat(samples, rate, times), world(samples, rate, times)
            here.append(compare(f0, p))
            totals["WORLD"].append(compare(f0, w))
            totals["WORLD against Praat"].append(compare(w, p))
        totals["Praat"] += here
        row(f"{os.path.basename(folder)}, Praat", here)
    for name, counts in totals.items():
        row(f"all, {name}" if "against" not in name else name, counts)
    print(f"\n{speed:.0f} seconds of audio per second on one core.")
    if args.plot:
        plot(args.plot, os.path.basename(path), times, {"ours": f0, "Praat": p, "WORLD": w})


if __name__ == "__main__":
    main()
