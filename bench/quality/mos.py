#!/usr/bin/env python3
"""Predicted mean opinion scores of folders of recordings, by DNSMOS.

    mos.py DIR [DIR ...] [--ids LIST] [--json FILE]
    mos.py --verify WORKDIR [--speech ../shared/speech]     natural, flite and espeak-ng, side by side

Input:  folders of recordings; LIST restricts them to the ids of a file.
Output: a Markdown table, mean ± 95 % confidence interval of each score per folder.

SIG, BAK and OVRL (signal, background, overall) are predicted by Reddy et al., "DNSMOS P.835" (ICASSP 2022);
pSIG, pBAK and pOVRL by its personalised model, which also punishes what is not one person talking;
P.808 by "DNSMOS: a non-intrusive perceptual objective speech quality metric to evaluate noise
suppressors" (ICASSP 2021). Models: the PyPI package speechmos. The headline is pOVRL: docs/measured/quality.md
shows that it alone ranks natural above flite above espeak-ng. Every input is treated alike: mono, 16 kHz
by soxr VHQ, edges trimmed to 0.1 s of silence, active level -26 dBFS (common.levelled). Clips under 9 s
are repeated, longer ones judged in steps of one second, as the package does.
"""
import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
import soundfile

import common

SCORES = ("pOVRL", "pSIG", "pBAK", "OVRL", "SIG", "BAK", "P.808")  # the first is the headline
SEGMENT_SAMPLES = 144160  # 9.01 s at 16 kHz


class Predictor:
    """The three networks of DNSMOS on one thread."""

    def __init__(self):
        from speechmos import dnsmos
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        make = onnxruntime.InferenceSession
        dnsmos.ort.InferenceSession = lambda path: make(path, options, providers=["CPUExecutionProvider"])
        home = Path(dnsmos.__file__).parent
        p808 = str(home / "dnsmos_models/model_v8.onnx")
        self.plain = dnsmos.DNSMOS(str(home / "dnsmos_models/sig_bak_ovr.onnx"), p808)
        self.personal = dnsmos.DNSMOS(str(home / "pdnsmos_models/sig_bak_ovr.onnx"), p808)

    def segment(self, x):
        """Scores of 9.01 s at 16 kHz, in the order of SCORES."""
        wave = x.astype(np.float32)[None]
        p = self.personal.onnx_sess.run(None, {"input_1": wave})[0][0]
        n = self.plain.onnx_sess.run(None, {"input_1": wave})[0][0]
        sig, bak, ovrl = self.plain.get_polyfit_val(*n, False)
        psig, pbak, povrl = self.personal.get_polyfit_val(*p, True)
        return povrl, psig, pbak, ovrl, sig, bak, self.segment_p808(x)

    def segment_p808(self, x):
        """P.808 of 9.01 s at 16 kHz."""
        mel = self.plain.audio_melspec(x[:-160]).astype(np.float32)[None]
        return self.plain.p808_onnx_sess.run(None, {"input_1": mel})[0][0][0]

    def __call__(self, path):
        """{score: value} of a recording: mean over segments one second apart, as the package does."""
        return dict(zip(SCORES, np.mean([self.segment(x) for x in segments(path)], axis=0).round(4).tolist()))

    def p808(self, path):
        """P.808 of a recording alone: the smallest of the networks."""
        return round(float(np.mean([self.segment_p808(x) for x in segments(path)])), 4)


def segments(path):
    """What the networks hear of a recording, at 16 kHz: 9.01 s each, one second apart."""
    x = common.levelled(path, 16000)
    while len(x) < SEGMENT_SAMPLES:
        x = np.append(x, x)
    return [x[i: i + SEGMENT_SAMPLES] for i in range(0, len(x) - SEGMENT_SAMPLES + 1, 16000)]


def judge(folder, predict, ids=None):
    """{id: {score: value}} of a folder."""
    return {i: predict(f) for i, f in common.files_in(folder, ids).items()}


def summary_row(name, scores):
    cells = [name, len(scores)]
    for s in SCORES:
        cells.append("{:.2f} ± {:.2f}".format(*common.mean_ci([v[s] for v in scores.values()])))
    return cells


def table(results):
    return common.markdown(["folder", "files", *SCORES], [summary_row(d, r) for d, r in results.items()])


def references(work, speech):
    """Writes the held-back sentences as natural, flite slt and espeak-ng into WORK; returns the folders."""
    text = common.read_metadata(speech / "en_kathleen/metadata.csv")
    ids = common.first_of_each_sentence(common.read_ids(common.HELD_BACK / "en_kathleen.txt"), text)
    folders = [work / n for n in ("natural", "flite_slt", "espeak-ng")]
    for f in folders:
        f.mkdir(parents=True, exist_ok=True)
    for i in ids:
        outputs = [f / f"{i}.wav" for f in folders]
        x, rate = common.read_audio(speech / f"en_kathleen/wavs/{i}.opus")
        soundfile.write(str(outputs[0]), x, rate)
        subprocess.run(["flite", "-voice", "slt", "-t", text[i], "-o", str(outputs[1])], check=True)
        subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(outputs[2]), text[i]], check=True)
    return folders


def verify(folders, results):
    """Prints how well each score separates natural from flite slt from espeak-ng."""
    rows = []
    for s in SCORES:
        v = [np.array([results[str(f)][i][s] for i in results[str(f)]]) for f in folders]
        effect = [(a.mean() - b.mean()) / np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
                  for a, b in ((v[0], v[1]), (v[1], v[2]))]
        ordered = np.mean((v[0] > v[1]) & (v[1] > v[2]))
        rows.append([s, *(f"{e:.2f}" for e in effect), f"{np.mean(v[0] > v[1]):.0%}",
                     f"{np.mean(v[1] > v[2]):.0%}", f"{ordered:.0%}"])
    print("\n" + common.markdown(
        ["score", "natural − slt (standard deviations)", "slt − espeak-ng", "sentences natural > slt",
         "slt > espeak-ng", "both"], rows))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folders", nargs="*", metavar="DIR")
    p.add_argument("--ids", type=Path)
    p.add_argument("--json", type=Path)
    p.add_argument("--verify", type=Path, metavar="WORKDIR")
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    a = p.parse_args()
    folders = references(a.verify, a.speech) if a.verify else a.folders
    ids = set(common.read_ids(a.ids)) if a.ids else None
    predict = Predictor()
    results = {str(f): judge(f, predict, ids) for f in folders}
    print(table(results))
    if a.verify:
        verify(folders, results)
    if a.json:
        a.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
