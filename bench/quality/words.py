#!/usr/bin/env python3
"""Word error rate of folders against natural recordings, with a paired bootstrap.

    words.py METADATA NATURAL_DIR SYNTH_DIR [SYNTH_DIR ...] [--ids LIST] [--judge wer.py] [--takes N]
             [--json FILE]

Input:  METADATA, lines `id|text`; folders with <id>.wav, .flac or .opus at any rate. Judged are the ids
        that are in METADATA, in LIST (when given) and in every folder.
Output: a Markdown table: WER in per cent per folder, its difference to NATURAL_DIR in points and the
        95 % interval of that difference from 10,000 resamples of the sentences, the same resample for
        both folders (Bisani and Ney, "Bootstrap estimates for confidence intervals in ASR performance
        evaluation", ICASSP 2004).

The recogniser is pocketsphinx with its own English model and open vocabulary; it knows nothing of the
texts. Words are lower-cased, hyphens split them, all but letters and apostrophes is dropped. A recogniser this weak
changes its mind when a recording begins a millisecond later: --takes N lets it hear each N times, delayed by 0, 10 / N,
20 / N … ms (its frames are 10 ms apart), and averages a sentence's errors, which leaves less of that chance in the interval.
--judge takes another judge's module with the functions words, edits and recognise instead.
Needs the Debian packages sox, ffmpeg, pocketsphinx, pocketsphinx-en-us.
"""
import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import common

MODEL = Path("/usr/share/pocketsphinx/model/en-us")


def words(text):
    """The words that are compared."""
    text = re.sub(r"[^a-z' ]+", " ", text.lower().replace("-", " "))
    return text.replace(" '", " ").replace("' ", " ").split()


def edits(reference, heard):
    """Insertions, deletions and substitutions between two lists of words (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(reference, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def to_recogniser(path, out, delay_s=0.0):
    """16 kHz, mono, 16 bit, peak at -3 dB."""
    if path.suffix == ".opus":  # Debian's sox reads no Opus
        decoded = out.with_suffix(".opus.wav")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(path), str(decoded)], check=True)
        path = decoded
    pad = ["pad", f"{delay_s:.5f}"] if delay_s > 0 else []
    subprocess.run(["sox", str(path), "-r", "16000", "-c", "1", "-b", "16", str(out), *pad, "norm", "-3"],
                   check=True, stderr=subprocess.DEVNULL)


def recognise(files, delay_s=0.0):
    """{id: words heard} of recordings."""
    with tempfile.TemporaryDirectory() as folder:
        t = Path(folder)
        ids = [Path(f).stem for f in files]
        for i, f in zip(ids, files):
            to_recogniser(Path(f), t / f"{i}.wav", delay_s)
        (t / "ctl").write_text("\n".join(ids) + "\n")
        subprocess.run(
            ["pocketsphinx_batch", "-adcin", "yes", "-adchdr", "44", "-cepdir", folder, "-cepext", ".wav",
             "-ctl", f"{t}/ctl", "-hmm", f"{MODEL}/en-us", "-lm", f"{MODEL}/en-us.lm.bin",
             "-dict", f"{MODEL}/cmudict-en-us.dict", "-hyp", f"{t}/hyp", "-logfn", "/dev/null"], check=True)
        found = (re.match(r"(.*) \((\S+) -?\d+\)$", line) for line in (t / "hyp").read_text().splitlines())
        return {m[2]: m[1] for m in found if m}


def judge(judging, files, text, takes=1):
    """{id: (errors, words)} of a folder's files; errors: the mean over the takes."""
    paths = [str(f) for f in files.values()]
    result = dict.fromkeys(files, (0.0, 0))
    for take in range(takes):
        heard = judging.recognise(paths, 0.01 * take / takes) if take else judging.recognise(paths)
        for i in files:
            reference = judging.words(text[i])
            hypothesis = [re.sub(r"\(\d\)$", "", w) for w in judging.words(heard.get(i, ""))]
            result[i] = (result[i][0] + judging.edits(reference, hypothesis) / takes, len(reference))
    return result


def wer_difference(natural, synth, ids):
    """WER difference in points and its 95 % interval over resampled sentences."""
    a, b = (np.array([r[i][0] for i in ids]) for r in (natural, synth))
    n = np.array([natural[i][1] for i in ids])
    low, high = common.bootstrap_interval(
        lambda k: 100 * (b - a)[k].sum(axis=1) / n[k].sum(axis=1), len(ids))
    return 100 * (b - a).sum() / n.sum(), low, high


def load_judge(path):
    if path is None:
        return sys.modules[__name__]
    spec = importlib.util.spec_from_file_location("judge", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(folders, text, ids=None, judging=None, takes=1):
    """Rows of the table; the first folder is the natural one."""
    judging = judging or sys.modules[__name__]
    found = [common.files_in(d, ids) for d in folders]
    ids = sorted(set(text).intersection(*found))
    results = [judge(judging, {i: f[i] for i in ids}, text, takes) for f in found]
    rows = []
    for d, r in zip(folders, results):
        errors, count = (sum(r[i][k] for i in ids) for k in (0, 1))
        row = {"folder": str(d), "files": len(ids), "words": count, "wer": 100 * errors / max(count, 1)}
        if r is not results[0]:
            row["difference"], row["low"], row["high"] = wer_difference(results[0], r, ids)
        rows.append(row)
    return rows


def table(rows):
    cells = [[r["folder"], r["files"], r["words"], f"{r['wer']:.1f}"] +
             ([f"{r['difference']:+.1f}", f"{r['low']:+.1f} to {r['high']:+.1f}"] if "low" in r else ["", ""])
             for r in rows]
    return common.markdown(["folder", "files", "words", "WER %", "minus natural", "95 % interval"], cells)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("metadata", type=Path, metavar="METADATA")
    p.add_argument("folders", nargs="+", metavar="DIR")
    p.add_argument("--ids", type=Path)
    p.add_argument("--judge", type=Path)
    p.add_argument("--takes", type=int, default=1)
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    if a.takes > 1 and a.judge:
        p.error("--takes is of the judge that is built in")
    text = common.read_metadata(a.metadata)
    ids = set(common.read_ids(a.ids)) if a.ids else None
    rows = evaluate(a.folders, text, ids, load_judge(a.judge), a.takes)
    print(table(rows))
    if a.json:
        a.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
