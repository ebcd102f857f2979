#!/usr/bin/env python3
"""What a batch gains: a process for each text, `tts batch`, and `tts batch --batch-size N`, on one thread.

    throughput.py REQUESTS.jsonl --voice NAME [--tts build/tts] [--generators flow parallel] [--sizes 1 8]
                  [--check off] [--runs 3] [--singly 20]

Prints Markdown: for each generator and way, wall and CPU seconds of the run with the least CPU time (less what a run
of one text takes, so that loading is not in it), seconds of sound made per second of wall time, sentences in a batch,
the padding's share of the frames, and peak memory. --singly is how many of the texts get a process of their own each
(its time is given for all of them, by proportion).
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time


def measure(command):
    """Wall seconds, CPU seconds, peak memory in MB, what was written to the error output."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}\n{said}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def options(a, generator):
    return ["--voice", a.voice, "--generator", generator, "--threads", "1", "--check", a.check]


def batch(a, generator, size, requests):
    """The run with the least CPU time: wall, CPU, MB, seconds of sound, the two shares (or dashes)."""
    runs = []
    for _ in range(a.runs):
        with tempfile.TemporaryDirectory() as folder:
            wall, cpu, memory, said = measure(
                [a.tts, "batch", str(requests), "-o", folder, *options(a, generator), "--batch-size", str(size)])
            results = (pathlib.Path(folder) / "results.jsonl").read_text().splitlines()
        shares = re.search(r"([\d.]+) sentences in a batch, ([\d.]+) %", said)
        sound = sum(json.loads(line)["seconds"] for line in results)
        runs.append((wall, cpu, memory, sound, *(shares.groups() if shares else ("", ""))))
    return min(runs, key=lambda run: run[1])


def singly(a, generator, texts):
    """Wall and CPU seconds of all texts, each by a process of its own, by those of the first --singly."""
    some = texts[: a.singly]
    with tempfile.TemporaryDirectory() as folder:
        runs = [measure([a.tts, "-q", "-o", f"{folder}/sound.wav", *options(a, generator), text]) for text in some]
    return tuple(sum(run[i] for run in runs) * len(texts) / len(some) for i in range(2)) + (max(r[2] for r in runs),)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", type=pathlib.Path)
    parser.add_argument("--voice", required=True)
    parser.add_argument("--tts", default="build/tts")
    parser.add_argument("--generators", nargs="+", default=["parallel", "flow"])
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 8])
    parser.add_argument("--check", default="off")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--singly", type=int, default=20)
    a = parser.parse_args()

    lines = a.requests.read_text().splitlines()
    print("| generator | way | wall s | CPU s | sound per second | sentences in a batch | padding % | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as one:
        one.write(lines[0] + "\n")
        one.flush()
        for generator in a.generators:
            start = batch(a, generator, 1, one.name)
            runs = {size: batch(a, generator, size, a.requests) for size in a.sizes}
            sound = runs[a.sizes[0]][3]
            wall, cpu, memory = singly(a, generator, [json.loads(line)["text"] for line in lines])
            print(f"| `{generator}` | a process each | {wall:.1f} | {cpu:.1f} | {sound / wall:.1f} | | | {memory:.0f} |")
            for size, (wall, cpu, memory, sound, full, padding) in runs.items():
                wall, cpu = wall - start[0], cpu - start[1]
                print(f"| `{generator}` | `--batch-size {size}` | {wall:.1f} | {cpu:.1f} | {sound / wall:.1f} | {full} | "
                      f"{padding} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
