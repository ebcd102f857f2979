#!/usr/bin/env python3
"""What a codec does to people it never met: the same clip before and after.

    people.py --codec voices/codec --out out/people [--split report] [--codebooks 8 4 2 1] [--judges words distillmos …]
              [--groups people Kathleen …] [--most N] [--teacher DIR] [--speech ../shared/speech] [--report build/codec_report]

Input:  a codec's folder; recordings that voices/held_back lists. Split `report`: the people of people.txt and people_one.txt,
        Kathleen's held-back sentences (first recordings), the other readers', and the teacher's, when DIR (a folder made by
        voices/teacher/teach.py) is given. Split `tuning`: the lists *_tuning.txt, for choosing between weights and for
        nothing else.
Output: a Markdown table, a row for each group and number of codebooks: log-mel distance up to where each recording ends
        (codec_report), and what the judges of bench/quality/outside.py hear: Resemblyzer's cosine of the clip before and
        after (not on the tuning split: it chooses nothing), DistillMOS, P.808 and, in English, Whisper's wrong words, each
        minus natural with the 95 % interval. All numbers are in OUT/SPLIT.json, the sounds in OUT/SPLIT/{natural,q8,…}.

Runs in bench/quality/outside_judges.sh's environment.
"""
import argparse
import json
import subprocess
import sys
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
import common  # noqa: E402
import outside  # noqa: E402

READERS = {"Kathleen": "en_kathleen", "Kerstin": "de_kerstin", "Nathalie": "nl_nathalie", "Flemish guy": "nl_flemishguy"}
GROUPS = ("people", *READERS, "teacher")


def held_back(name):
    return common.read_ids(common.HELD_BACK / f"{name}.txt")


def recordings_of(folder, person, ids):
    """[{id, person, path, text}] of the ids that a folder of recordings has."""
    text = common.read_metadata(folder / "metadata.csv")
    files = common.files_in(folder / "wavs", set(ids) & set(text))
    return [types.SimpleNamespace(id=i, person=person, path=f, text=text[i]) for i, f in files.items()]


def many_people(speech, lists):
    ids = [i for name in lists for i in held_back(name)]
    return [r for folder in sorted((speech / "many").iterdir()) if folder.is_dir() for r in recordings_of(folder, folder.name, ids)]


def first_recordings(folder, person, ids):
    """One recording of each sentence."""
    found = recordings_of(folder, person, ids)
    first = set(common.first_of_each_sentence([r.id for r in found], {r.id: r.text for r in found}))
    return [r for r in found if r.id in first]


def spread(items, most):
    """At most so many of the items, at even distances."""
    count = min(len(items), most or len(items))
    return [items[i * len(items) // count] for i in range(count)]


def groups_of(a):
    """{group: recordings}"""
    tuning = "_tuning" if a.split == "tuning" else ""
    groups = {"people": many_people(a.speech, ["people_tuning"] if tuning else ["people", "people_one"])}
    for name, folder in READERS.items():
        if (common.HELD_BACK / f"{folder}{tuning}.txt").exists():
            groups[name] = first_recordings(a.speech / folder, name, held_back(f"{folder}{tuning}"))
    if a.teacher:
        groups["teacher"] = recordings_of(a.teacher, "teacher", held_back(f"teacher{tuning}"))
    groups = {name: group for name, group in groups.items() if name in (a.groups or groups)}
    unknown = set(a.groups or ()) - set(groups)
    if unknown:
        raise SystemExit(f"--groups: no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}, the teacher with --teacher")
    missing = [name for name, recordings in groups.items() if not recordings]
    if missing:
        raise SystemExit(f"no held-back recording of {', '.join(missing)} is in {a.teacher if missing == ['teacher'] else a.speech}")
    return {name: spread(group, a.most) for name, group in groups.items()}


def resynthesise(a, groups):
    """{id: {codebooks: log-mel distance}}; the sounds go to OUT/SPLIT."""
    folder = a.out / a.split
    folder.mkdir(parents=True, exist_ok=True)
    listed = "".join(f"{name}|{r.id}|{r.path.resolve()}\n" for name, group in groups.items() for r in group)
    (folder / "recordings.txt").write_text(listed, encoding="utf-8")
    subprocess.run([str(a.report), str(a.codec), "--recordings", str(folder / "recordings.txt"), str(folder)], check=True,
                   stdout=subprocess.DEVNULL)
    return json.loads((folder / "distances.json").read_text())


def judge(a, group, recordings, hear):
    """[row] of natural and of each number of codebooks."""
    english = group in ("people", "Kathleen", "teacher")
    judges = {name: h for name, h in hear.items() if english or name != "words"}
    folders = [a.out / a.split / name for name in ["natural", *(f"q{q}" for q in a.codebooks)]]
    return outside.evaluate(folders, judges, {r.id: r.text for r in recordings}, {r.id: r.person for r in recordings},
                            {r.id for r in recordings})


def cells(row, natural):
    """Of one row: cosine, DistillMOS, words, P.808."""
    def score(name):
        if name not in row:
            return ["", ""]
        r = row[name]
        return [f"{r['mean']:.2f}", "" if natural else f"{r['difference']:+.2f} ({r['low']:+.2f} to {r['high']:+.2f})"]
    like, heard = row.get("likeness"), row.get("words")
    cosine = "" if natural or not like else f"{like['same_clip']:.3f} ({like['lowest']:.2f})"
    wrong = [""] * 2 if not heard else [f"{heard['wer']:.1f}", "" if natural else
                                        f"{heard['difference']:+.1f} ({heard['low']:+.1f} to {heard['high']:+.1f})"]
    return [cosine, *score("distillmos"), *wrong, *score("p808")]


HEADER = ["who", "clips", "codebooks", "log-mel", "cosine (lowest)", "DistillMOS", "minus natural", "words wrong, %", "minus natural",
          "P.808", "minus natural"]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--codec", type=Path, default=common.ROOT / "voices/codec")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--split", choices=("report", "tuning"), default="report")
    p.add_argument("--codebooks", type=int, nargs="+", default=[8], choices=(1, 2, 4, 6, 8))
    p.add_argument("--judges", nargs="*", choices=list(outside.JUDGES), help="all; none with an empty list")
    p.add_argument("--groups", nargs="+", metavar="GROUP", help=f"of {', '.join(GROUPS)}; all")
    p.add_argument("--most", type=int, help="recordings of a group, spread evenly; all")
    p.add_argument("--teacher", type=Path)
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    p.add_argument("--report", type=Path, default=common.ROOT / "build/codec_report")
    p.add_argument("--cache", type=Path, default=outside.CACHE)
    a = p.parse_args()
    if a.split == "tuning" and "likeness" in (a.judges or ()):
        p.error("likeness chooses nothing: it has no tuning split")
    names = list(outside.JUDGES) if a.judges is None else a.judges
    hear = outside.panel([name for name in names if a.split == "report" or name != "likeness"], a.cache)
    groups = groups_of(a)
    distances = resynthesise(a, groups)
    table, numbers = [], {}
    for group, recordings in groups.items():
        rows = judge(a, group, recordings, hear)
        for q, row in zip([None, *a.codebooks], rows):
            mel = [distances[r.id][str(q)] for r in recordings] if q else []
            row["log_mel"] = sum(mel) / len(mel) if q else None
            table.append([group, row["files"], q or "natural", f"{row['log_mel']:.3f}" if q else "", *cells(row, q is None)])
        numbers[group] = rows
    print(common.markdown(HEADER, table))
    (a.out / f"{a.split}.json").write_text(json.dumps(numbers, indent=1))


if __name__ == "__main__":
    main()
