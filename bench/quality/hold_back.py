#!/usr/bin/env python3
"""Writes the lists of recordings that no trainer may see.

    hold_back.py [--speech ../shared/speech] [-o voices/held_back]

Input:  SPEECH/<speaker>/metadata.csv, lines `id|text`.
Output: OUT/<speaker>.txt, one recording id per line after a `#` header; the same bytes on every run.

The split is by sentence: recordings are one sentence when their texts are equal but for case and
punctuation, or when they read the same prompt (the id without a trailing `_<unix time>`; some prompts
were transcribed in two ways). The sentences are put in the order of their first id, COUNT of them are
taken at even distances (index i * sentences // COUNT), and every recording of each is listed.
"""
import argparse
import re
from pathlib import Path

SENTENCES = {"en_kathleen": 100, "de_kerstin": 30, "nl_flemishguy": 30, "nl_nathalie": 30}
HEADER = """\
# Recordings of {speaker} that no trainer may see: {ids} recordings of {count} sentences out of {all}.
# Chosen by bench/quality/hold_back.py: sentences (equal text but for case and punctuation, or the same
# prompt id) in the order of their first id, number i * {all} // {count} for i = 0 .. {last}, with every
# recording of each. One id per line; do not edit.
"""


def sentences(metadata):
    """Lists of recording ids, one list per sentence, in the order of their first id."""
    group_of, groups = {}, []
    for line in sorted(metadata.read_text(encoding="utf-8").splitlines()):
        recording, text = line.split("|", 1)
        keys = (re.sub(r"_\d{9,}$", "", recording), "text " + re.sub(r"[\W_]+", " ", text.lower()).strip())
        known = [group_of[k] for k in keys if k in group_of]
        group = known[0] if known else []
        if not known:
            groups.append(group)
        if len(known) == 2 and known[1] is not group:  # a recording that joins two groups
            group += known[1]
            groups = [g for g in groups if g is not known[1]]
            group_of = {k: group if g is known[1] else g for k, g in group_of.items()}
        group.append(recording)
        group_of.update((k, group) for k in keys)
    return groups


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--speech", type=Path, default=Path("../shared/speech"))
    p.add_argument("-o", "--out", type=Path, default=Path("voices/held_back"))
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for speaker, count in SENTENCES.items():
        groups = sentences(a.speech / speaker / "metadata.csv")
        chosen = [groups[i * len(groups) // count] for i in range(count)]
        ids = sorted(i for g in chosen for i in g)
        header = HEADER.format(speaker=speaker, ids=len(ids), count=count, all=len(groups), last=count - 1)
        (a.out / f"{speaker}.txt").write_text(header + "\n".join(ids) + "\n", encoding="utf-8")
        print(f"{speaker}: {len(ids)} recordings of {count} sentences out of {len(groups)}")


if __name__ == "__main__":
    main()
