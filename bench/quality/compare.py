#!/usr/bin/env python3
"""One table of generators and their settings: what is heard, what it costs.

    compare.py --engine build/tts --bench build/bench_speak --voice voices/kathleen --out out/compare
               [--row "flow steps=4" ...] [--count N] [--ear ear.npz]

Input:  a row is a generator and the options that differ from its defaults, as the engine names them. Without
        --row: every generator of the voice at its defaults. The texts are the held-back Kathleen sentences
        and hard_sentences.txt; natural is the first recording of each.
Output: a Markdown table, and all numbers in OUT/compare.json. WER with the 95 % interval of its difference to
        natural (words.py); distances.py's mel-cepstral distance, F0 distance and ratios of variances; hard
        sentences with a word skipped or doubled (skips.py); cosine of the speaker encoder with the natural
        recordings (the first 12; voices that take prompts); operations, time over audio on one and on two threads and
        first sound (bench_speak); peak memory of the process that spoke all sentences; parameters of the generator,
        without the frame encoder and the vocoder that all share, of a hybrid those of its parts.

A row whose folder is complete is not spoken again: delete it to have it made anew.
"""
import argparse
import json
import os
import struct
import subprocess
import types
from pathlib import Path

import numpy as np

import common
import distances
import report
import skips
import words


def parameters(voice, generator):
    """Numbers in generator-NAME*.safetensors, by the shapes in its header."""
    if generator == "hybrid":
        return sum(parameters(voice, part) for part in ("autoregressive", "masked"))
    total = 0
    for path in voice.glob(f"generator-{generator}*.safetensors"):
        with open(path, "rb") as f:
            header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        for name, tensor in header.items():
            if name != "__metadata__" and not name.endswith(".scale"):
                count = 1
                for n in tensor["shape"]:
                    count *= n
                total += count
    return total


def weights_folder(voice):
    """Where a voice's weights lie: in its own folder, or in that of its base."""
    manifest = json.loads((voice / "voice.json").read_text())
    return (voice / manifest["base"]).resolve() if "base" in manifest else voice


def peak_memory_mb(command):
    """Peak resident memory of a command, in MB."""
    pid = os.posix_spawn(command[0], command, {"OMP_NUM_THREADS": "1", **os.environ})
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    return usage.ru_maxrss / 1024


def speak(a, row, folder, texts):
    """Speaks the texts into `folder`; the process's peak memory, in MB."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "peak_mb.txt"
    if not (note.exists() and report.complete(folder, texts)):
        requests = folder / "requests.jsonl"
        requests.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()), encoding="utf-8")
        options = [part for o in row.options for part in ("--" + o.split("=")[0], o.split("=")[1])]
        peak = peak_memory_mb([str(a.engine), "-q", "--voice", str(a.voice), "--generator", row.generator, *options,
                               "--seed", "1", "--threads", "1", "--jsonl", "-i", str(requests), "-o", str(folder)])
        note.write_text(f"{peak:.0f}")
    return float(note.read_text())


def speaker_of(a, folder):
    """Unit vector of the person in a folder; None for a voice without a speaker encoder."""
    if "base" not in json.loads((a.voice / "voice.json").read_text()):
        return None
    wavs = list(common.files_in(folder).values())[:12]
    return np.array(common.heard_speaker(a.engine, a.voice, wavs, a.out / "heard.voice")["speaker"])


def cost(a, row, threads):
    command = [str(a.bench), str(a.voice), "--generator", row.generator, "--json", "--runs", "3",
               "--threads", str(threads)]
    for o in row.options:
        command += ["--set", o]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cells(row):
    n, d, c = row.numbers["words"], row.numbers["distances"], row.numbers["cost"]
    two, cosine = row.numbers["cost_2"], row.numbers["cosine"]
    gflop = sum(s["gflop"] for s in c["stages"].values()) / c["audio_s"]
    flagged = sum(any(v[k][0] > 0 for k in skips.KINDS) for v in row.numbers["hard"].values())
    return [row.name, f"{n['wer']:.1f}", f"{n['difference']:+.1f} ({n['low']:+.1f} to {n['high']:+.1f})",
            f"{d['mcd_db']:.2f}", f"{d['f0_cents']:.0f}", f"{d['f0_std_ratio']:.2f}",
            f"{d['mel_variance_mean']:.2f}, {d['mel_variance_min']:.2f}", f"{d.get('duration_std_ratio', 0):.2f}",
            f"{flagged} of {len(row.numbers['hard'])}", "" if cosine is None else f"{cosine:.2f}", f"{gflop:.2f}",
            f"{c['wall_s'] / c['audio_s']:.3f}, {two['wall_s'] / two['audio_s']:.3f}",
            f"{c['first_sound_s']:.2f}", f"{row.numbers['peak_mb']:.0f}", f"{row.numbers['parameters'] / 1e6:.1f}"]


HEADER = ["generator", "WER %", "minus natural", "MCD dB", "F0 cents", "F0 std", "mel variance mean, min", "duration std",
          "hard flagged", "speaker cosine", "GFLOP/s of sound", "time/audio, 1 and 2 threads", "first sound s", "peak MB", "M parameters"]


def rows_of(a):
    given = a.row
    if not given:
        base = weights_folder(a.voice)
        manifest = json.loads((base / ("base.json" if (base / "base.json").exists() else "voice.json")).read_text())
        given = sorted(manifest["generators"])
        if {"autoregressive", "masked"} <= set(given):
            given.append("hybrid")
    for text in given:
        generator, *options = text.split()
        yield types.SimpleNamespace(name=text, generator=generator, options=options, numbers={},
                                    slug="_".join([generator, *options]).replace("=", "-"))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--engine", type=Path, default=common.ROOT / "build/tts")
    p.add_argument("--bench", type=Path, default=common.ROOT / "build/bench_speak")
    p.add_argument("--voice", type=Path, default=common.ROOT / "voices/kathleen")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--row", action="append", metavar="\"GENERATOR OPTION=VALUE ...\"")
    p.add_argument("--count", type=int, help="only the first N sentences")
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    p.add_argument("--ear", type=Path, default=common.ROOT / "out/quality/ear.npz")
    a = p.parse_args()
    text = common.read_metadata(a.speech / "en_kathleen/metadata.csv")
    ids = common.first_of_each_sentence(common.read_ids(common.HELD_BACK / "en_kathleen.txt"), text)[:a.count]
    text = {i: text[i] for i in ids}
    natural = report.make_natural(a, ids)
    reader = speaker_of(a, natural)
    rows = list(rows_of(a))
    for row in rows:
        row.folder, row.hard = a.out / row.slug, a.out / f"hard_{row.slug}"
        row.numbers["peak_mb"] = speak(a, row, row.folder, text)
        speak(a, row, row.hard, report.hard_texts())
        row.numbers["parameters"] = parameters(weights_folder(a.voice), row.generator)
        row.numbers["cost"], row.numbers["cost_2"] = cost(a, row, 1), cost(a, row, 2)
        row.numbers["cosine"] = None if reader is None else float(reader @ speaker_of(a, row.folder))
    heard = words.evaluate([natural, *(r.folder for r in rows)], text)
    far = distances.evaluate(natural, [r.folder for r in rows], text=text, ear=a.ear)
    hard = skips.evaluate([r.hard for r in rows], skips.read_texts(report.HARD), a.ear)
    for row, n in zip(rows, heard[1:]):
        row.numbers.update(words=n, distances=far[str(row.folder)], hard=hard[str(row.hard)])
    (a.out / "compare.json").write_text(json.dumps({r.name: r.numbers for r in rows}, indent=1))
    print(f"natural: WER {heard[0]['wer']:.1f} %\n")
    print(common.markdown(HEADER, [cells(r) for r in rows]))


if __name__ == "__main__":
    main()
