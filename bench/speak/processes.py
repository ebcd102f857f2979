#!/usr/bin/env python3
"""Whole `tts` processes: cold start, memory, growth with the length of the text.

    processes.py --tts build/tts [--torch-start build/bench_cold_start] [--voice NAME] [--runs 7]
                 [--threads 1 2] [--generators flow parallel] [--growth 1 10 60 600]

Prints Markdown. Every number is the best of --runs runs (growth: one run): wall seconds, CPU seconds of all
threads, peak resident memory. --torch-start is the program that does one LibTorch operation and ends
(ninja bench_cold_start): what is above it is the engine's own. --growth are seconds of speech to ask for.
"""
import argparse
import os
import subprocess
import time

FIVE_WORDS = "The clock has struck ten."
SENTENCES = [
    "The old clock struck ten, and the guests began to leave.",
    "Outside, the rain had stopped and the street was quiet.",
    "A single lamp burned above the bakery.",
    "She took the long way home, along the river and past the mill.",
    "Nobody asked her what she had seen there.",
]
SENTENCE_S = 3.0  # about, with the pause behind it


def measure(command, text=None):
    """Wall seconds, CPU seconds, peak memory in MB, bytes of output."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if text is not None:
        process.stdin.write(text.encode())
    process.stdin.close()
    size = 0
    while chunk := process.stdout.read1(1 << 16):
        size += len(chunk)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        raise SystemExit(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size


def best(command, runs):
    measured = [measure(command) for _ in range(runs)]
    return tuple(min(m[i] for m in measured) for i in range(3)) + (measured[0][3],)


def speak(a, generator, threads):
    voice = ["--voice", a.voice] if a.voice else []
    return [a.tts, *voice, "--raw", "--seed", "1", "--generator", generator, "--threads", str(threads)]


def cold_start(a):
    print("| five words | threads | wall s | CPU s | peak MB |\n|---|---|---|---|---|")
    base = None
    if a.torch_start:
        base = best([a.torch_start], a.runs)
        print(f"| one LibTorch operation | | {base[0]:.3f} | {base[1]:.3f} | {base[2]:.0f} |")
    for generator in a.generators:
        for threads in a.threads:
            m = best([*speak(a, generator, threads), FIVE_WORDS], a.runs)
            over = f" (+{m[0] - base[0]:.3f})" if base else ""
            print(f"| `{generator}` | {threads} | {m[0]:.3f}{over} | {m[1]:.3f} | {m[2]:.0f} |")


def growth(a):
    print("\n| asked for | sound s | wall s | CPU s | time over audio | peak MB |\n|---|---|---|---|---|---|")
    generator, threads = a.generators[0], a.threads[-1]
    for seconds in a.growth:
        count = max(1, round(seconds / SENTENCE_S))
        text = " ".join(SENTENCES[i % len(SENTENCES)] for i in range(count)) if seconds > 1 else "Ten o'clock."
        wall, cpu, memory, size = measure(speak(a, generator, threads), text)
        sound = size / 2 / 24000
        print(f"| {seconds} s | {sound:.1f} | {wall:.2f} | {cpu:.2f} | {wall / sound:.4f} | {memory:.0f} |")
    print(f"\n`{generator}`, {threads} threads")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tts", required=True)
    parser.add_argument("--torch-start")
    parser.add_argument("--voice")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--generators", nargs="+", default=["flow", "parallel"])
    parser.add_argument("--growth", type=float, nargs="+", default=[1, 10, 60, 600])
    a = parser.parse_args()
    cold_start(a)
    growth(a)


if __name__ == "__main__":
    main()
