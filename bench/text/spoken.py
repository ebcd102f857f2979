#!/usr/bin/env python3
"""What share of written lines is spoken right.

  bench/text/spoken.py [--tts build/tts] [--wrong] LANGUAGE=FILE.tsv ...

A line of a file is "input<TAB>right"; readings that are right as well stand behind "||", "\\n" is a
line break. Case, punctuation, hyphens and the number of spaces are no difference.
"""
import argparse
import json
import re
import subprocess
import sys
import unicodedata


def lenient(spoken):
    text = unicodedata.normalize("NFC", spoken).lower().replace("’", "'")
    return " ".join(word.strip("'") for word in re.sub(r"[^\w']|_", " ", text).split())


def cases_of(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                written, right = line.rstrip("\n").split("\t")[:2]
                written = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], written)
                yield written, right.split("||")


def documents_of(tts, language, texts):
    """All at once but for texts of several lines."""
    command = [tts, "phonemize", "--lang", language, "--json"]
    single = [text for text in texts if "\n" not in text]
    run = subprocess.run(command + ["--lines", "-i", "-"], input="\n".join(single).encode(),
                         stdout=subprocess.PIPE, check=True)
    lines = iter(run.stdout.decode().splitlines())
    for text in texts:
        if "\n" not in text:
            yield json.loads(next(lines))
        else:
            run = subprocess.run(command + ["-t", text], stdout=subprocess.PIPE, check=True)
            yield json.loads(run.stdout)


def spoken_of(tts, language, texts):
    for document in documents_of(tts, language, texts):
        yield " / ".join(sentence["spoken"] for sentence in document["sentences"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="LANGUAGE=FILE.tsv")
    parser.add_argument("--tts", default="build/tts", help="the program (build/tts)")
    parser.add_argument("--wrong", action="store_true", help="print the wrong lines")
    arguments = parser.parse_args()
    for given in arguments.files:
        language, _, path = given.partition("=")
        cases = list(cases_of(path))
        spoken = list(spoken_of(arguments.tts, language, [written for written, _ in cases]))
        wrong = [(w, s, r) for (w, r), s in zip(cases, spoken)
                 if lenient(s) not in {lenient(one) for one in r}]
        right = len(cases) - len(wrong)
        print(f"{language} {path}: {right} of {len(cases)} right, {100 * right / len(cases):.1f} %")
        for written, said, rights in wrong if arguments.wrong else []:
            print(f"  {written!r}\n    said  {said}\n    right {' || '.join(rights)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
