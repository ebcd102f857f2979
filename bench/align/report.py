#!/usr/bin/env python3
"""Numbers and pictures of an alignment.

  python bench/align/report.py ALIGNED.tsv [--rate 100] [--plot out.png --ids ID ID] [--worst 30]

ALIGNED.tsv: id <TAB> path <TAB> score <TAB> symbol:frames … as align_recordings writes it.
"""
import argparse
import collections

import numpy as np

SILENCE = {"_", "|", "#", ",", ".", "?", "!", ";", ":", "…", "—"}


def read(path):
    out = []
    for line in open(path, encoding="utf8"):
        name, audio, score, symbols = line.rstrip("\n").split("\t")
        pairs = [s.rsplit(":", 1) for s in symbols.split()]
        out.append((name, audio, float(score), [(s, int(n)) for s, n in pairs]))
    return out


def numbers(items, rate, worst):
    phones, pauses, written, zero = [], [], [], 0
    by_phone = collections.defaultdict(list)
    for _, _, _, symbols in items:
        for symbol, frames in symbols:
            seconds = frames / rate
            if symbol not in SILENCE:
                phones.append(seconds)
                by_phone[symbol].append(seconds)
            elif symbol == "|":
                pauses.append(seconds)
            elif symbol != "_":
                written.append(seconds)
    phones, pauses, written = map(np.array, (phones, pauses, written))
    found = pauses[pauses > 0]
    print(f"{len(items)} recordings, {len(phones)} phones: mean {1000 * phones.mean():.0f} ms, "
          f"median {1000 * np.median(phones):.0f} ms, {100 * np.mean(phones > 0.3):.2f} % above 300 ms, "
          f"{np.sum(phones > 0.6)} above 600 ms, {100 * np.mean(phones <= 0.0101):.1f} % of 10 ms or less")
    print(f"{len(found)} unwritten pauses at {len(pauses)} word boundaries, median {1000 * np.median(found):.0f} ms, "
          f"{np.sum(found > 0.1)} above 100 ms; {np.sum(written > 0)} pauses at {len(written)} written marks, "
          f"median {1000 * np.median(written[written > 0]) if np.any(written > 0) else 0:.0f} ms")
    longest = sorted(by_phone.items(), key=lambda e: -np.median(e[1]))
    show = [f"{p} {1000 * np.median(d):.0f}" for p, d in longest if len(d) >= 30]
    print("median ms of the longest phones:", ", ".join(show[:8]), "; of the shortest:", ", ".join(show[-8:]))
    ranked = sorted(items, key=lambda item: item[2])
    scores = np.array([item[2] for item in ranked])
    print(f"scores: median {np.median(scores):.2f}, 2nd percentile {np.percentile(scores, 2):.2f}, lowest {scores[0]:.2f}")
    for name, _, score, symbols in ranked[:worst]:
        print(f"  {score:6.2f} {name}  {' '.join(f'{s}:{n}' for s, n in symbols)[:150]}")


def draw(axis, item, rate, seconds=None):
    import soundfile
    name, audio, score, symbols = item
    samples, hz = soundfile.read(audio)
    axis.specgram(samples + 1e-6 * np.random.default_rng(0).standard_normal(len(samples)), NFFT=512, Fs=hz,
                  noverlap=392, cmap="gray_r", vmin=-120)
    at = 0.0
    for symbol, frames in symbols:
        end = at + frames / rate
        if frames:
            axis.axvline(end, color="tab:red", linewidth=0.6)
            axis.text((at + end) / 2, 8200, symbol, ha="center", fontsize=8,
                      color="tab:blue" if symbol in SILENCE else "black")
        at = end
    axis.set_ylim(0, 8800)
    axis.set_xlim(0, seconds or at)
    axis.set_title(f"{name}, score {score:.2f}", fontsize=8)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("aligned"), parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--plot"), parser.add_argument("--ids", nargs="*", default=[])
    parser.add_argument("--worst", type=int, default=10)
    args = parser.parse_args()
    items = read(args.aligned)
    numbers(items, args.rate, args.worst)
    if args.plot:
        import matplotlib
        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
        chosen = [item for item in items if item[0] in args.ids]
        figure, axes = plt.subplots(len(chosen), 1, figsize=(13, 2.6 * len(chosen)), squeeze=False)
        for axis, item in zip(axes[:, 0], chosen):
            draw(axis, item, args.rate)
        figure.tight_layout()
        figure.savefig(args.plot, dpi=75)


if __name__ == "__main__":
    main()
