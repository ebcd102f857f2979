#!/usr/bin/env python3
"""Others' own test cases of text normalisation, by class.

  bench/text/others.py [--tts build/tts] [--wrong] LANGUAGE=FOLDER ...

FOLDER holds files of lines "written~spoken", as NeMo-text-processing's
tests/nemo_text_processing/LANGUAGE/data_text_normalization; where the spoken side comes first it is
taken for that. Nothing is fetched, and nothing of it
is kept. Case, punctuation, hyphens and spaces are no difference.
"""
import argparse
import collections
import pathlib
import re
import sys

from spoken import lenient, spoken_of


def cases_of(folder):
    for path in sorted(pathlib.Path(folder).glob("*test_cases*.txt")):
        kind = re.sub(r"test_cases_|_with_audio|\.txt$", "", path.name)
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split("~")
            if len(parts) >= 2 and parts[0].strip():
                spoken_first = re.search(r"\d", parts[1]) and not re.search(r"\d", parts[0])
                yield (kind, parts[1], parts[:1]) if spoken_first else (kind, parts[0], parts[1:])


def squeezed(text):
    return lenient(text).replace(" ", "").replace("'", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", metavar="LANGUAGE=FOLDER")
    parser.add_argument("--tts", default="build/tts", help="the program (build/tts)")
    parser.add_argument("--wrong", action="store_true", help="print the wrong lines")
    arguments = parser.parse_args()
    for given in arguments.folders:
        language, _, folder = given.partition("=")
        cases = list(cases_of(folder))
        spoken = list(spoken_of(arguments.tts, language, [case[1] for case in cases]))
        right, all_of = collections.Counter(), collections.Counter()
        for (kind, written, rights), said in zip(cases, spoken):
            good = squeezed(said) in {squeezed(one) for one in rights}
            right[kind] += good
            all_of[kind] += 1
            if arguments.wrong and not good:
                print(f"  {kind}: {written!r}\n    said  {said}\n    right {' || '.join(rights)}")
        for kind in sorted(all_of):
            print(f"{language} {kind}: {right[kind]} of {all_of[kind]}")
        print(f"{language}: {sum(right.values())} of {len(cases)} right, "
              f"{100 * sum(right.values()) / max(1, len(cases)):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
