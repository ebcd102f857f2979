"""Broken speech: recordings cut with scissors, and texts that are read wrongly; see verdict.py."""
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
import common  # noqa: E402

KINDS = ("missing", "doubled", "swapped", "replaced")
FADE_S = 0.008


def joined(parts, rate):
    """With an equal-power fade: what meets is not alike."""
    return common.joined(parts, round(FADE_S * rate), power=0.5)


def cut(x, rate, word):
    return round(word["begin_s"] * rate), round(word["end_s"] * rate)


def scissors(x, rate, words, k, kind, stranger):
    """The recording with word k broken; None where that cannot be."""
    b, e = cut(x, rate, words[k])
    if kind == "missing":
        return joined([x[:b], x[e:]], rate)
    if kind == "doubled":
        return joined([x[:e], x[b:]], rate)
    if kind == "replaced":
        return joined([x[:b], stranger, x[e:]], rate)
    if k + 1 == len(words) or words[k]["word"].lower() == words[k + 1]["word"].lower():
        return None
    c, f = cut(x, rate, words[k + 1])
    return joined([x[:b], x[c:f], x[e:c], x[b:e], x[f:]], rate)


def plain(word):
    return re.sub(r"\W", "", word.lower())


def strangers(items, random):
    """→ find(item, k): another recording's word about as long as word k of the item, as samples."""
    pool = [(w["end_s"] - w["begin_s"], plain(w["word"]), i, k)
            for i, item in enumerate(items) for k, w in enumerate(item["words"])]

    def find(item, k):
        w = item["words"][k]
        length = w["end_s"] - w["begin_s"]
        near = [p for p in pool if 0.7 < p[0] / max(length, 1e-3) < 1.4 and p[1] != plain(w["word"])
                and items[p[2]] is not item]
        if not near:
            return None
        _, _, i, j = near[random.integers(len(near))]
        x, rate = common.read_audio(items[i]["file"], 24000)
        b, e = cut(x, rate, items[i]["words"][j])
        return x[b:e]
    return find


def examine(lines, ear=None):
    command = [str(common.ROOT / "build/examine_sounds")] + ([str(ear)] if ear else [])
    text = "".join(json.dumps(line) + "\n" for line in lines)
    out = subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def chosen_ids(what, text):
    if not what.startswith("-"):
        return [i for i in common.read_ids(what) if i in text]
    held = {i for f in common.HELD_BACK.iterdir() for i in common.read_ids(f)}
    sentences = {text[i] for i in held if i in text}
    free = [i for i in common.first_of_each_sentence(sorted(text), text) if text[i] not in sentences and i not in held]
    return free[:: max(1, len(free) // int(what[1:]))][: int(what[1:])]


def write_evidence(out, lines, evidence):
    with open(out / "evidence.jsonl", "w") as f:
        for line, found in zip(lines, evidence):
            f.write(json.dumps({**line, **found}) + "\n")
    print(f"{len(lines)} sounds in {out}/evidence.jsonl")


def echoing(item, items, a, random):
    """The recording behind the last one to three words of another, which is called its prompt."""
    prompt = items[(items.index(item) + 1) % len(items)]
    x, rate = common.read_audio(item["file"], 24000)
    y, _ = common.read_audio(prompt["file"], 24000)
    words = prompt["words"]
    first = words[max(0, len(words) - 1 - int(random.integers(3)))]
    path = a.out / f"{item['id']}-echo.wav"
    soundfile.write(str(path), joined([y[cut(y, rate, first)[0]:cut(y, rate, words[-1])[1]], x], rate), rate)
    return {"id": item["id"], "kind": "echo", "word": -1, "file": str(path), "text": item["text"], "lang": a.lang,
            "prompt": prompt["text"]}


def whole_recordings(a):
    """Lines to examine: the recordings of the ids, with the aligner's frames."""
    text = common.read_metadata(a.metadata)
    frames = {}
    for line in a.alignments.read_text().splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and not line.startswith("#"):
            frames[parts[0]] = [int(n) for n in parts[2].split()]
    files = common.files_in(a.wavs)
    ids = [i for i in chosen_ids(a.ids, text) if i in files and i in frames]
    return [{"id": i, "kind": None, "word": -1, "file": str(files[i]), "text": text[i], "lang": a.lang,
             "frames": frames[i]} for i in ids]


def recordings(a):
    whole = whole_recordings(a)
    found = examine(whole, a.ear)
    items = [{**line, **f} for line, f in zip(whole, found)]
    a.out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    stranger = strangers(items, random)
    lines = []
    for item in items:
        x, rate = common.read_audio(item["file"], 24000)
        words = item["words"]
        for kind in KINDS:
            for k in random.permutation(len(words))[: a.each]:
                other = stranger(item, k) if kind == "replaced" else None
                if (kind == "replaced" and other is None) or len(words) < 3:
                    continue
                broken = scissors(x, rate, words, k, kind, other)
                if broken is None:
                    continue
                path = a.out / f"{item['id']}-{kind}-{k}.wav"
                soundfile.write(str(path), broken, rate)
                lines.append({"id": item["id"], "kind": kind, "word": int(k), "file": str(path), "text": item["text"],
                              "lang": a.lang, "length_s": words[k]["end_s"] - words[k]["begin_s"],
                              "broken": words[k]["word"]})
        lines.append(echoing(item, items, a, random))
    # The whole ones once more without the aligner's frames: as the broken ones are judged.
    plain_whole = [{**{k: v for k, v in line.items() if k != "frames"}, "prompt": items[i - 1]["text"]}
                   for i, line in enumerate(whole)]
    write_evidence(a.out, whole + plain_whole + lines, found + examine(plain_whole + lines, a.ear))


def broken_text(tokens, k, kind, other):
    """The text with word k broken; marks behind words stay at the end of what is there."""
    word, mark = re.fullmatch(r"(.*?)(\W*)", tokens[k], re.S).groups()
    t = list(tokens)
    if kind == "missing":
        if mark and k > 0:
            t[k - 1] = re.sub(r"\W+$", "", t[k - 1]) + mark
        del t[k]
    elif kind == "doubled":
        t[k] = f"{word} {word}{mark}"
    elif kind == "replaced":
        t[k] = other + mark
    else:
        if k + 1 == len(t):
            return None
        second, mark2 = re.fullmatch(r"(.*?)(\W*)", t[k + 1], re.S).groups()
        if plain(second) == plain(word):
            return None
        t[k], t[k + 1] = second + mark, word + mark2
    return " ".join(t)


def spoken(a):
    text = common.read_metadata(a.metadata)
    ids = chosen_ids(a.ids, text)
    random = np.random.default_rng(2)
    every = sorted({re.sub(r"\W+$", "", w) for i in ids for w in text[i].split()} - {""})
    a.out.mkdir(parents=True, exist_ok=True)
    lines, requests = [], []

    def add(i, kind, k, said, broken=""):
        name = f"{i}-{kind}-{k}"
        requests.append({"id": name, "text": said, "seed": int(random.integers(1 << 30))})
        lines.append({"id": i, "kind": kind, "word": k, "file": str(a.out / f"{name}.wav"), "text": text[i],
                      "lang": a.lang, "broken": broken})
    for i in ids:
        tokens = text[i].split()
        add(i, None, -1, text[i])
        if len(tokens) < 3:
            continue
        for kind in KINDS:
            for k in random.permutation(len(tokens))[: a.each]:
                if not plain(tokens[k]):
                    continue
                like = [w for w in every if abs(len(w) - len(tokens[k])) < 3 and plain(w) != plain(tokens[k])]
                said = broken_text(tokens, k, kind, like[random.integers(len(like))] if like else "nothing")
                if said:
                    add(i, kind, int(k), said, plain(tokens[k]))
    jsonl = "".join(json.dumps(r) + "\n" for r in requests if not (a.out / f"{r['id']}.wav").exists())
    if jsonl:
        subprocess.run([str(a.tts), "--jsonl", "-o", str(a.out), "--voice", a.voice, "--threads", "1", "-q", *a.options],
                       input=jsonl, text=True, check=True)
    found = examine(lines, a.ear)
    for line, f in zip(lines, found):  # a text's words and the symbols' may differ in number ("e.g." is two)
        line["word"] = nearest_word(line, f["words"])
    write_evidence(a.out, lines, found)


def nearest_word(line, words):
    if line["kind"] is None:
        return -1
    order = [k for k, w in enumerate(words) if plain(w["word"]) == line["broken"]]
    return min(order, key=lambda k: abs(k - line["word"]), default=line["word"])
