#!/usr/bin/env python3
"""One command: speaks the held-back sentences with every generator and judges them all.

    report.py --engine build/tts --voice NAME --out DIR [--generators parallel flow] [--codebooks 8 4 2]
              [--speech ../shared/speech] [--count N] [--judge wer.py] [--judges mos words ...]

Input:  the engine's command, a voice, ../shared/speech. The first recording of each held-back Kathleen sentence
        is the natural side; the texts come from its metadata.
Output: in DIR: natural/ (wav), codec<Q>/ (natural through `tts codec encode | decode`), one folder per
        generator, hard_<generator>/, numbers.json, report.md and spectrograms.png.
        The report is printed: predicted MOS, WER with interval, distances, buzz, skipped and doubled words.

Folders that are complete are not made again: delete one to have it made anew.
"""
import argparse
import json
import os
import subprocess
from pathlib import Path

import soundfile

import buzz
import common
import distances
import mos
import skips
import spectrogram
import words

HARD = Path(__file__).parent / "hard_sentences.txt"
JUDGES = ("mos", "words", "distances", "buzz", "skips", "spectrogram")


def run(command):
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    subprocess.run([str(c) for c in command], check=True, env=environment)


def complete(folder, ids, suffix=".wav"):
    return all((folder / f"{i}{suffix}").exists() for i in ids)


def make_natural(a, ids):
    folder = a.out / "natural"
    folder.mkdir(parents=True, exist_ok=True)
    for i in ids if not complete(folder, ids) else ():
        x, rate = common.read_audio(a.speech / f"en_kathleen/wavs/{i}.opus")
        soundfile.write(str(folder / f"{i}.wav"), x, rate)
    return folder


def make_resynthesis(a, ids, codebooks):
    folder = a.out / f"codec{codebooks}"
    folder.mkdir(parents=True, exist_ok=True)
    codec = ["--codec", a.codec] if a.codec else []
    for i in ids if not complete(folder, ids) else ():
        token = folder / f"{i}.tok"
        run([a.engine, "codec", "encode", a.out / f"natural/{i}.wav", *codec, "--codebooks", codebooks, "-o", token])
        run([a.engine, "codec", "decode", token, *codec, "-o", folder / f"{i}.wav"])
    return folder


def make_speech(a, texts, generator, prefix=""):
    """One `tts --jsonl` call."""
    folder = a.out / f"{prefix}{generator}"
    folder.mkdir(parents=True, exist_ok=True)
    if not complete(folder, texts):
        requests = folder / "requests.jsonl"
        lines = (json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in texts.items())
        requests.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run([a.engine, "--voice", a.voice, "--generator", generator, "--seed", 1, "--jsonl", "-i", requests, "-o", folder,
             *a.engine_options])
    return folder


def hard_texts():
    lines = HARD.read_text(encoding="utf-8").splitlines()
    return dict(line.split("|")[:2] for line in lines if "|" in line and not line.startswith("#"))


def judge_all(a, natural, synth, hard, text):
    """{judge: numbers}, [Markdown sections]."""
    folders, numbers, sections = [natural, *synth], {}, []

    def keep(name, title, value, markdown):
        numbers[name] = value
        sections.append(f"## {title}\n\n{markdown}\n")
        print(sections[-1], flush=True)
    if "mos" in a.judges:
        predict = mos.Predictor()
        r = {str(d): mos.judge(d, predict) for d in folders}
        keep("mos", "Predicted MOS (headline: pOVRL)", r, mos.table(r))
    if "words" in a.judges:
        r = words.evaluate(folders, text, judging=words.load_judge(a.judge))
        keep("words", "Word error rate", r, words.table(r))
    if "distances" in a.judges:
        r = distances.evaluate(natural, synth, text=text, ear=a.ear)
        keep("distances", "Distances to natural", r, distances.table(r))
    if "buzz" in a.judges:
        r = buzz.evaluate(folders)
        keep("buzz", "Lines at the frame rates, dB over noise", r, buzz.table(r))
    if "skips" in a.judges:
        r = skips.evaluate(folders, {i: words.words(t) for i, t in text.items()}, a.ear)
        r.update(skips.evaluate(hard, skips.read_texts(HARD), a.ear))
        keep("skips", "Recordings flagged for skipped or doubled words", r, skips.table(r))
    if "spectrogram" in a.judges:
        i = sorted(common.files_in(natural))[0]
        spectrogram.picture([d / f"{i}.wav" for d in folders], [d.name for d in folders], a.out / "spectrograms.png")
    return numbers, sections


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--engine", type=Path, default=common.ROOT / "build/tts")
    p.add_argument("--voice", default="kathleen")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--generators", nargs="*", default=["parallel", "flow"])
    p.add_argument("--codebooks", nargs="*", type=int, default=[8])
    p.add_argument("--codec", type=Path, help="the codec's folder (the engine's default)")
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    p.add_argument("--count", type=int, help="only the first N sentences")
    p.add_argument("--judge", type=Path, help="another word judge (wer.py)")
    p.add_argument("--ear", type=Path, default=common.ROOT / "out/quality/ear.npz")
    p.add_argument("--judges", nargs="+", choices=JUDGES, default=list(JUDGES))
    p.add_argument("--engine-options", nargs=argparse.REMAINDER, default=[], help="passed on to the engine; last")
    a = p.parse_args()
    text = common.read_metadata(a.speech / "en_kathleen/metadata.csv")
    held = common.read_ids(common.HELD_BACK / "en_kathleen.txt")
    ids = common.first_of_each_sentence(held, text)[:a.count]
    text = {i: text[i] for i in ids}
    natural = make_natural(a, ids)
    synth = [make_resynthesis(a, ids, q) for q in a.codebooks] + [make_speech(a, text, g) for g in a.generators]
    hard = [make_speech(a, hard_texts(), g, "hard_") for g in a.generators] if "skips" in a.judges else []
    numbers, sections = judge_all(a, natural, synth, hard, text)
    (a.out / "numbers.json").write_text(json.dumps(numbers, indent=1))
    (a.out / "report.md").write_text("\n".join(sections))


if __name__ == "__main__":
    main()
