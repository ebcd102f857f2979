#!/usr/bin/env python3
"""Writes the lists of recordings that no trainer may see.

    hold_back.py [--speech ../shared/speech] [--sentences ../shared/text/sentences.csv] [-o voices/held_back]

Input:  SPEECH/<reader>/metadata.csv and SPEECH/many/<person>/metadata.csv, lines `id|text`, SPEECH/many/speakers.csv; the
        sentences that a teacher reads aloud, lines `id|text`.
Output: OUT/<list>.txt, one recording id per line after a `#` header; the same bytes on every run. OUT/README.md says what
        each list is for.

Readers and the teacher are split by sentence: recordings are one sentence when their texts are equal but for case and
punctuation, or when they read the same prompt (the id without a trailing `_<unix time>`; some prompts were transcribed in
two ways). The sentences are put in the order of their first id and taken at even distances (number i * all // COUNT), with
every recording of each; those for tuning are then taken the same way from what is left. The many people are split by
person: some are named, those for tuning are taken at even distances from the people with one English recording of
SHORTEST_S seconds or more.
"""
import argparse
import csv
import re
import types
from pathlib import Path

READERS = {"en_kathleen": (100, 20), "de_kerstin": (30, 0), "nl_flemishguy": (30, 0), "nl_nathalie": (30, 0)}  # report, tune
TEACHER = (300, 20)
PEOPLE = ("ls_1688", "ls_2414", "ls_3005", "ls_3080", "ls_3331", "ls_533", "vctk_p227", "vctk_p228")
ONE_RECORDING = ("ls_1553", "ls_1743", "ls_1841", "ls_2289", "vctk_p301", "vctk_p376")  # women and men, two of 48 kHz
TUNING = {"ls": 9, "vctk": 3}
SHORTEST_S = 5
HEADER = "# {what} that no trainer may see: {ids} recordings of {of}.\n# Chosen by bench/quality/hold_back.py. One id per line; do not edit.\n"


def plain(text):
    """A text but for case and punctuation."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def read_lines(metadata):
    """(id, text) of a metadata file, in the order of ids."""
    return [line.split("|", 1) for line in sorted(metadata.read_text(encoding="utf-8").splitlines())]


def sentences(lines):
    """Lists of recording ids, one list per sentence, in the order of their first id."""
    group_of, groups = {}, []
    for recording, text in lines:
        keys = (re.sub(r"_\d{9,}$", "", recording), "text " + plain(text))
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


def spread(items, count):
    """`count` of the items at even distances."""
    return [items[i * len(items) // count] for i in range(count)]


def split(groups, report, tune):
    """Groups to report, and groups to tune with from the rest."""
    chosen = spread(groups, report)
    return chosen, spread([g for g in groups if g not in chosen], tune)


def write(out, name, what, groups, of):
    """One list; `of` says what the groups are."""
    ids = sorted(i for g in groups for i in g)
    header = HEADER.format(what=what, ids=len(ids), of=f"{len(groups)} {of}")
    (out / f"{name}.txt").write_text(header + "\n".join(ids) + "\n", encoding="utf-8")
    print(f"{name}: {len(ids)} recordings of {len(groups)} {of}")


def hold_back_readers(a):
    for reader, (report, tune) in READERS.items():
        groups = sentences(read_lines(a.speech / reader / "metadata.csv"))
        chosen, tuning = split(groups, report, tune)
        write(a.out, reader, f"Recordings of {reader}", chosen, f"sentences out of {len(groups)}")
        if tuning:
            write(a.out, f"{reader}_tuning", f"Recordings of {reader} for choosing between weights,", tuning,
                  f"sentences out of {len(groups)}")


def hold_back_teacher(a):
    """Sentences that one of the many people reads are nobody's to hold back."""
    read = {plain(text) for path in a.speech.glob("many/*/metadata.csv") for _, text in read_lines(path)}
    groups = sentences([line for line in read_lines(a.sentences) if plain(line[1]) not in read])
    chosen, tuning = split(groups, *TEACHER)
    write(a.out, "teacher", "Sentences read by a teacher", chosen, f"sentences out of {len(groups)}")
    write(a.out, "teacher_tuning", "Sentences read by a teacher, for choosing between weights,", tuning,
          f"sentences out of {len(groups)}")


def read_people(many):
    """{person: row} of speakers.csv, with the person's recording ids."""
    with open(many / "speakers.csv", encoding="utf-8", newline="") as f:
        rows = [types.SimpleNamespace(**row) for row in csv.DictReader(f, delimiter="|")]
    for row in rows:
        row.recordings = [i for i, _ in read_lines(many / row.id / "metadata.csv")]
    return {row.id: row for row in rows}


def hold_back_people(a):
    people = read_people(a.speech / "many")
    free = [p for p in sorted(people) if p not in PEOPLE + ONE_RECORDING and people[p].lang == "en"
            and len(people[p].recordings) == 1 and float(people[p].seconds) >= SHORTEST_S]
    tuning = [p for corpus, n in TUNING.items() for p in spread([p for p in free if p.startswith(corpus + "_")], n)]
    for name, what, chosen in (("people", "People with minutes of speech", PEOPLE), ("people_one", "People with one recording", ONE_RECORDING),
                               ("people_tuning", "People for choosing between weights,", tuning)):
        write(a.out, name, what, [people[p].recordings for p in chosen], f"people out of {len(people)}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--speech", type=Path, default=Path("../shared/speech"))
    p.add_argument("--sentences", type=Path, default=Path("../shared/text/sentences.csv"))
    p.add_argument("-o", "--out", type=Path, default=Path("voices/held_back"))
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    hold_back_readers(a)
    hold_back_teacher(a)
    hold_back_people(a)


if __name__ == "__main__":
    main()
