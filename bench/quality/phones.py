#!/usr/bin/env python3
"""Phone error rate of folders against natural recordings, with a paired bootstrap.

    phones.py METADATA NATURAL_DIR SYNTH_DIR [SYNTH_DIR ...] --lang de [--ids LIST] [--tts build/tts] [--ear DIR] [--json FILE]

Input:  METADATA, lines `id|text`; folders with <id>.wav, .flac, .ogg or .opus at any rate. Judged are the
        ids that are in METADATA, in LIST (when given) and in every folder.
Output: a Markdown table: phone error rate in per cent per folder (`tts listen`, docs/listening.md), its
        difference to NATURAL_DIR in points and the 95 % interval of that difference from 10,000 resamples
        of the sentences, the same resample for both folders (Bisani and Ney, ICASSP 2004), and the share
        of sentences with a word whose fit is below --lowest-fit.

The recogniser is this project's own and was trained on the recordings of the voices that it judges here:
compare folders with each other and with the natural one, never with another judge's numbers.
"""
import argparse
import json
import subprocess
from pathlib import Path

import common
import words


def listen(tts, ear, lang, text, files):
    """The JSON lines of `tts listen` for files that should all say `text`."""
    command = [str(tts), "listen", *map(str, files), "--text", text, "--lang", lang, "--threads", "1", "--json"]
    if ear:
        command += ["--ear", str(ear)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def lowest_fit(line):
    """Of the words of one recording; a word that no frames were left for fits nowhere."""
    return min((-99.0 if w["fit"] is None else w["fit"] for w in line["words"]), default=-99.0)


def judge(tts, ear, lang, text, found, ids):
    """Per folder {id: (errors, phones, lowest fit)}."""
    results = [{} for _ in found]
    for i in ids:
        for result, line in zip(results, listen(tts, ear, lang, text[i], [f[i] for f in found])):
            errors = line["substituted"] + line["inserted"] + line["deleted"]
            result[i] = (errors, line["expected_phones"], lowest_fit(line))
    return results


def evaluate(folders, text, lang, ids=None, tts="build/tts", ear=None, fit=-1.0):
    """Rows of the table; the first folder is the natural one."""
    found = [common.files_in(d, ids) for d in folders]
    ids = sorted(set(text).intersection(*found))
    if not ids:
        raise SystemExit("phones.py: no id is in the metadata and in every folder")
    rows = []
    results = judge(tts, ear, lang, text, found, ids)
    for d, r in zip(folders, results):
        errors, count = (sum(r[i][k] for i in ids) for k in (0, 1))
        row = {"folder": str(d), "files": len(ids), "phones": count, "per": 100 * errors / max(count, 1),
               "doubtful": 100 * sum(r[i][2] < fit for i in ids) / len(ids)}
        if r is not results[0]:
            row["difference"], row["low"], row["high"] = words.wer_difference(results[0], r, ids)
        rows.append(row)
    return rows


def table(rows):
    cells = [[r["folder"], r["files"], r["phones"], f"{r['per']:.1f}"] +
             ([f"{r['difference']:+.1f}", f"{r['low']:+.1f} to {r['high']:+.1f}"] if "low" in r else ["", ""]) +
             [f"{r['doubtful']:.0f}"] for r in rows]
    return common.markdown(
        ["folder", "files", "phones", "PER %", "minus natural", "95 % interval", "% with a doubtful word"], cells)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("metadata", type=Path, metavar="METADATA")
    p.add_argument("folders", nargs="+", metavar="DIR")
    p.add_argument("--lang", required=True)
    p.add_argument("--ids", type=Path)
    p.add_argument("--tts", type=Path, default=common.ROOT / "build/tts")
    p.add_argument("--ear", type=Path)
    p.add_argument("--lowest-fit", type=float, default=-1.0)
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    ids = set(common.read_ids(a.ids)) if a.ids else None
    rows = evaluate(a.folders, common.read_metadata(a.metadata), a.lang, ids, a.tts, a.ear, a.lowest_fit)
    print(table(rows))
    if a.json:
        a.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
