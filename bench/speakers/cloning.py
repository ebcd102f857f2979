#!/usr/bin/env python3
"""How far cloning goes: a voice speaks with prompts of people whose recordings no trainer saw, and what it says is
compared with other recordings of them.

    cloning.py --engine build/tts --voice NAME --out DIR [--count 12] [--generator G] [--semitones 1.5 -1.5]
               [--stranger FOLDER ...] [--speech ../shared/speech]

Input:  the engine's command, a voice that takes prompts, the recordings of voices/held_back: half of each person's are
        prompts, half are references, whose texts are spoken.
Output: two Markdown tables. In the first a row for each person and length of prompt: cosine of the speaker encoder
        with the person's own references and with the most similar other person's, and two measures that know nothing of
        the encoder: F0 and the long-term spectrum in third octaves. Rows "natural" are the person's own prompts in
        place of the speech: the most that can be reached. In the second the cosine of each prompt's speech with
        each person: swapping the prompt moves it. Sounds stay in DIR; folders that are complete are not made again.

--semitones adds everybody played higher or lower, a speaker that does not exist; --stranger a folder of recordings of
somebody else, who speaks English: the texts are Kathleen's.
"""
import argparse
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile
import soxr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
import common  # noqa: E402

LANGUAGES = {"en": "en-us", "de": "de", "nl": "nl"}
RATE = 24000


def run(a, *arguments):
    environment = {"OMP_NUM_THREADS": "1", **os.environ}
    return subprocess.run([str(a.engine), *map(str, arguments)], check=True, env=environment, capture_output=True,
                          text=True).stdout


def write_recording(path, source, semitones=0.0):
    """At 24 kHz; played higher or lower by reading it at another rate."""
    if not path.exists():
        x, rate = common.read_audio(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(str(path), soxr.resample(x, rate * 2 ** (semitones / 12), RATE, quality="VHQ"), RATE)
    return path


def person(a, name, language, sources, texts, semitones=0.0):
    """Even recordings are prompts, odd ones references. `texts`: of the references."""
    folder = a.out / name
    wavs = [write_recording(folder / f"natural/{i:02d}.wav", s, semitones) for i, s in enumerate(sources)]
    return {"name": name, "language": language, "texts": texts, "prompts": wavs[::2], "references": wavs[1::2],
            "folder": folder}


def held_back(a):
    """(name, language, recordings, texts of the odd ones), `count` prompts and references at most."""
    for folder in sorted(a.speech.iterdir()):
        ids_file = common.HELD_BACK / f"{folder.name}.txt"
        if not ids_file.exists():
            continue
        text = common.read_metadata(folder / "metadata.csv")
        ids = common.first_of_each_sentence(common.read_ids(ids_file), text)[: 2 * a.count]
        files = common.files_in(folder / "wavs")
        code, name = folder.name.split("_", 1)
        yield name, LANGUAGES[code], [files[i] for i in ids], [text[i] for i in ids[1::2]]


def people(a):
    known = list(held_back(a))
    out = [person(a, *row) for row in known]
    for semitones in a.semitones:
        out += [person(a, f"{name}{semitones:+g}", *rest, semitones) for name, *rest in known]
    for folder in a.stranger:
        files = list(common.files_in(folder).values())[: 2 * a.count]
        texts = next(texts for _, language, _, texts in known if language == "en-us")
        out.append(person(a, folder.name, "en-us", files, texts[: len(files) // 2]))
    return out


def speak(a, who, count):
    """The person's texts with their first `count` prompts. → wavs"""
    folder = who["folder"] / f"{a.generator or 'default'}_{count}"
    wavs = [folder / f"{i:02d}.wav" for i in range(len(who["texts"]))]
    if not all(w.exists() for w in wavs):
        folder.mkdir(parents=True, exist_ok=True)
        lines = ({"id": w.stem, "text": t, "language": who["language"], "prompt-wav": [str(p) for p in who["prompts"][:count]]}
                 for w, t in zip(wavs, who["texts"]))
        (folder / "requests.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        generator = ["--generator", a.generator] if a.generator else []
        run(a, "--voice", a.voice, *generator, "--seed", 1, "--threads", 1, "--jsonl", "-i", folder / "requests.jsonl", "-o", folder)
    return wavs


def spectrum(wavs):
    """Mean level of sounding frames in third octaves from 100 Hz to 7 kHz, dB, free of the level."""
    edges = 100 * 2 ** (np.arange(19.5) / 3)
    frequency = np.fft.rfftfreq(1024, 1 / RATE)
    bands = np.array([(frequency >= low) & (frequency < high) for low, high in zip(edges, edges[1:])], float)
    bands /= bands.sum(1, keepdims=True)
    levels = []
    for wav in wavs:
        x, _ = common.read_audio(wav, RATE)
        frames = np.lib.stride_tricks.sliding_window_view(x, 1024)[::480] * np.hanning(1024)
        power = np.abs(np.fft.rfft(frames)) ** 2
        loudness = 10 * np.log10(power.sum(1) + 1e-10)
        levels.append(10 * np.log10(power[loudness > loudness.max() - 30] @ bands.T + 1e-10))
    mean = np.concatenate(levels).mean(0)
    return mean - mean.mean()


def listen(a, wavs):
    """What the engine hears of a speaker in recordings, and the spectrum."""
    shown = common.heard_speaker(a.engine, a.voice, wavs, a.out / "heard.voice")
    return {"vector": np.array(shown["speaker"]), "log_f0": shown["statistics"]["log_f0_mean"], "spectrum": spectrum(wavs)}


def cosine(x, y):
    return float(x["vector"] @ y["vector"])


def semitones(x, y):
    return (x["log_f0"] - y["log_f0"]) * 12 / math.log(2)


def distance(x, y):
    return float(np.sqrt(np.mean((x["spectrum"] - y["spectrum"]) ** 2)))


def row(name, prompt, heard, own, references):
    other = max((n for n in references if n != own), key=lambda n: cosine(heard, references[n]))
    mine, theirs = references[own], references[other]
    return [name, prompt, f"{cosine(heard, mine):.2f}", f"{cosine(heard, theirs):.2f} ({other})",
            f"{semitones(heard, mine):+.1f}", f"{semitones(heard, theirs):+.1f}",
            f"{distance(heard, mine):.1f}", f"{distance(heard, theirs):.1f}"]


def length_of(wavs):
    return f"{len(wavs)} recording{'s' if len(wavs) > 1 else ''}, {sum(soundfile.info(str(w)).duration for w in wavs):.0f} s"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--engine", type=Path, default=common.ROOT / "build/tts")
    p.add_argument("--voice", default="kerstin")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--count", type=int, default=12, help="prompts, and references, of each person")
    p.add_argument("--generator", help="the voice's default")
    p.add_argument("--semitones", type=float, nargs="*", default=[])
    p.add_argument("--stranger", type=Path, nargs="*", default=[])
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    a = p.parse_args()
    a.engine = a.engine.resolve()
    a.out.mkdir(parents=True, exist_ok=True)
    everybody = people(a)
    references = {who["name"]: listen(a, who["references"]) for who in everybody}
    rows, swaps = [], []
    for who in everybody:
        name = who["name"]
        rows.append(row(name, "natural", listen(a, who["prompts"]), name, references))
        for count in sorted({1, len(who["prompts"])}):
            heard = listen(a, speak(a, who, count))
            rows.append(row(name, length_of(who["prompts"][:count]), heard, name, references))
        swaps.append([name, *(f"{cosine(heard, other):.2f}" for other in references.values())])
    print(common.markdown(["person", "prompt", "cosine: own", "nearest other", "F0 − own, semitones", "F0 − other",
                           "spectrum: own, dB", "other"], rows))
    print("\nCosine of the speech with each person's recordings, by prompt:\n")
    print(common.markdown(["prompt", *references], swaps))


if __name__ == "__main__":
    main()
