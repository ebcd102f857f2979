#!/usr/bin/env python3
"""Broken speech for the judge of `--check` (docs/checking.md): makes it, fits the judge's decision, reports what is caught.

    verdict.py recordings METADATA WAVS ALIGNMENTS IDS OUT --lang en-us     natural recordings, words broken with scissors
    verdict.py spoken METADATA IDS OUT --lang en-us --voice kathleen        the engine reads texts whose words were broken
    verdict.py fit EVIDENCE … --lang en-us [--out voices/ear/check.json]    the decision of a language, and its report
    verdict.py sound EVIDENCE …                                             the largest of each sound measure of whole ones

`recordings`: ALIGNMENTS are those of `tts train aligner` (nothing of the recogniser that judges is used to find words). In copies of each
recording a word is cut out, said twice, exchanged with the next one, or replaced by a word of about the same length from another recording;
seams are faded over 8 ms. `spoken`: the same is done to the words of the text, which the engine then reads; the sound is judged
against the whole text. IDS is a list of ids, or `-N`: N that are in no list of voices/held_back.
`fit` splits the sentences into five parts and reports each by a decision fitted to the other four; written is the one fitted to all.
"""
import argparse
from pathlib import Path

from breaks import common, recordings, spoken
from decision import fit, sound


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(required=True)
    for name, run, words in (("recordings", recordings, ("metadata", "wavs", "alignments", "ids", "out")),
                             ("spoken", spoken, ("metadata", "ids", "out"))):
        c = sub.add_parser(name)
        for word in words:
            c.add_argument(word, type=str if word == "ids" else Path)
        c.add_argument("--lang", required=True)
        c.add_argument("--each", type=int, default=1, help="broken copies of a sentence, of each kind")
        c.add_argument("--ear", type=Path)
        c.set_defaults(run=run)
    c.add_argument("--voice", required=True)
    c.add_argument("--tts", type=Path, default=common.ROOT / "build/tts")
    c.add_argument("--options", nargs=argparse.REMAINDER, default=[], help="of tts, last")
    c = sub.add_parser("fit")
    c.add_argument("evidence", nargs="+")
    c.add_argument("--lang", required=True)
    c.add_argument("--flagged", type=float, default=0.01)
    c.add_argument("--shares", type=float, nargs="+", default=[0.005, 0.01, 0.02, 0.05])
    c.add_argument("--c", type=float, default=1.0)
    c.add_argument("--out", type=Path)
    c.set_defaults(run=fit)
    c = sub.add_parser("sound")
    c.add_argument("evidence", nargs="+")
    c.set_defaults(run=sound)
    a = p.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
