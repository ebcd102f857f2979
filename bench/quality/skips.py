#!/usr/bin/env python3
"""Finds skipped and doubled words in speech whose text is known.

    skips.py train [--speech ../shared/speech] [--ear out/quality/ear.npz]         some minutes, once
    skips.py calibrate [--speech ../shared/speech] [--ear ...] [--json FILE]       fits and reports the thresholds
    skips.py flite [--speech ../shared/speech] [--ear ...]          the same with flite leaving out and doubling words
    skips.py judge METADATA DIR [DIR ...] [--ear ...] [--ids LIST] [--json FILE] [--verbose]

Input:  METADATA: lines `id|text` or `id|text|words to be heard`, `#` comments; folders of <id>.wav and so on.
Output: per folder the recordings, the share flagged and every flagged word with its evidence.

The ear is a small recogniser (hmm.py) trained on natural recordings of the speaker alone. It aligns a
recording with its words, and again with each word left out and each word (and each run of two or three words)
said twice. Evidence that a word was skipped or doubled are the differences to the plain alignment of
the frame scores and of the log likelihood of the phone durations, with the number of phones; a logistic
regression per kind turns it into one number, and a recording is flagged when its largest is over the threshold.

Calibration: words are cut out of, and doubled in, natural recordings (word boundaries from pocketsphinx,
independent of the ear; 10 ms cross-fades, moved by up to 20 ms to the quietest place). Weights and thresholds are
fitted on sentences that the ear was not trained on (every eighth prompt) and reported on the held-back sentences.
`flite` asks whether it carries over to synthetic speech: flite's slt reads the held-back texts with nothing, one
word left out and one word doubled, so that the joins are natural ones.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

import common
import hmm
from words import words as clean_words

KINDS = ("skip", "double")
TUNING_STRIDE, TUNING_OFFSET = 8, 5
LONGEST_RUN = 3


class Alignment:
    """Best path of a recording's frame scores through a word sequence."""

    def __init__(self, ear, score, sequence):
        graph = hmm.Graph(sequence)
        self.acoustic, path = hmm.align(score, graph)
        self.possible = bool(np.isfinite(self.acoustic))
        if self.possible:
            self.segments = hmm.phone_segments(graph, path)
            self.phone_duration = ear.duration_score(self.segments)
            self.duration = self.phone_duration.sum()
            states = graph.emission[path]
            self.frame = score[np.arange(len(score)), states]
            self.frame_word = graph.word[path]


def hypotheses(sequence):
    """(kind, first word, number of words, the sequence that would have been said)."""
    n = len(sequence)
    for i in range(n):
        if n > 1:
            yield "skip", i, 1, sequence[:i] + sequence[i + 1:]
        for run in range(1, min(LONGEST_RUN, n - i) + 1):
            yield "double", i, run, sequence[:i + run] + sequence[i:]


def evidence(ear, score, sequence):
    """[(kind, first word, words, features [F])] of every hypothesis that is possible."""
    plain = Alignment(ear, score, sequence)
    if not plain.possible:  # fewer frames than the words need: something is missing for certain
        return [("skip", 0, len(sequence), None)]
    result = []
    for kind, i, run, said in hypotheses(sequence):
        other = Alignment(ear, score, said)
        if not other.possible:
            continue
        result.append((kind, i, run, features(plain, other, i, run)))
    return result


def features(plain, other, first, run):
    """Differences between the alignments, and how well the word in question fits the plain one."""
    inside = [k for k, s in enumerate(plain.segments) if first <= s[0] < first + run]
    phones = len(inside)
    frames = sum(plain.segments[k][2] for k in inside)
    acoustic = other.acoustic - plain.acoustic
    duration = other.duration - plain.duration
    own = (plain.frame_word >= first) & (plain.frame_word < first + run)
    return np.array([acoustic, duration, phones, acoustic / phones, duration / phones,
                     plain.frame[own].mean(), plain.phone_duration[inside].mean(), np.log(frames / phones)])


class Decision:
    """Logistic regression per kind and a threshold on its log odds."""

    def __init__(self, weights=None):
        self.weights = weights or {}

    def fit(self, rows):
        """rows: (kind, features, happened)."""
        from sklearn.linear_model import LogisticRegression
        for kind in KINDS:
            x = np.array([f for k, f, _ in rows if k == kind])
            y = np.array([h for k, _, h in rows if k == kind])
            mean, std = x.mean(0), x.std(0) + 1e-9
            fit = LogisticRegression(C=1.0, max_iter=2000).fit((x - mean) / std, y)
            w = fit.coef_[0] / std
            self.weights[kind] = {"w": w.tolist(), "b": float(fit.intercept_[0] - w @ mean), "threshold": 0.0}

    def log_odds(self, kind, f):
        return 99.0 if f is None else float(np.dot(self.weights[kind]["w"], f) + self.weights[kind]["b"])

    def judge(self, found):
        """{kind: (log odds over the threshold, first word, words)} of the strongest evidence per kind."""
        best = {k: (-99.0, 0, 0) for k in KINDS}
        for kind, i, run, f in found:
            best[kind] = max(best[kind], (self.log_odds(kind, f) - self.weights[kind]["threshold"], i, run))
        return best


# ---- calibration -------------------------------------------------------------------------------------

def word_times(path, sequence):
    """[(word, start_s, end_s)] of a recording by pocketsphinx's forced alignment, or None when it fails."""
    import pocketsphinx
    if not hasattr(word_times, "decoder"):
        model = hmm.DICTIONARY.parent
        word_times.decoder = pocketsphinx.Decoder(hmm=str(model / "en-us"), dict=str(hmm.DICTIONARY), lm=None,
                                                  loglevel="FATAL")
    d = word_times.decoder
    x, _ = common.read_audio(path, 16000)
    for w in sequence:
        if d.lookup_word(w) is None:
            for p in hmm.pronunciations(w)[:1]:
                d.add_word(w, " ".join(hmm.PHONES[q] for q in p), True)
    try:
        d.set_align_text(" ".join(sequence))
        d.start_utt()
        d.process_raw((x / np.abs(x).max() * 20000).astype(np.int16).tobytes(), full_utt=True)
        d.end_utt()
        found = [(s.word.split("(")[0], s.start_frame / 100, (s.end_frame + 1) / 100) for s in d.seg()
                 if not s.word.startswith(("<", "["))]
    except RuntimeError:
        return None
    return found if [w for w, _, _ in found] == sequence else None


def quietest(x, rate, at_s, reach_s=0.02):
    """Sample of least power within reach of a time."""
    power = np.convolve(x**2, np.ones(rate // 200), "same")
    a, b = max(0, int((at_s - reach_s) * rate)), min(len(x), int((at_s + reach_s) * rate) + 1)
    return a + int(np.argmin(power[a:b])) if b > a else len(x)


def join(left, right, rate):
    """The two pieces with a cross-fade of 10 ms."""
    n = min(rate // 100, len(left), len(right))
    ramp = np.linspace(0, 1, n)
    middle = left[len(left) - n:] * np.sqrt(1 - ramp) + right[:n] * np.sqrt(ramp)
    return np.concatenate([left[:len(left) - n], middle, right[n:]])


def damage(x, rate, kind, start_s, end_s):
    """The recording with the word between the times cut out or said twice."""
    a, b = quietest(x, rate, start_s), quietest(x, rate, end_s)
    if b - a < rate // 50:
        a, b = int(start_s * rate), int(end_s * rate)
    return join(x[:a], x[b:], rate) if kind == "skip" else join(x[:b], x[a:], rate)


def damaged_set(files, texts, out, per_sentence=2, seed=1):
    """Writes damaged copies; returns [(path, sequence, kind or None, word)], the untouched ones included."""
    import soundfile
    out.mkdir(parents=True, exist_ok=True)
    random, items = np.random.default_rng(seed), []
    for i, f in files.items():
        sequence = clean_words(texts[i])
        items.append((f, sequence, None, -1))
        times = word_times(f, sequence)
        if times is None or len(sequence) < 3:
            continue
        x, rate = common.read_audio(f)
        for kind in KINDS:
            for k in random.choice(len(sequence), min(per_sentence, len(sequence)), replace=False):
                path = out / f"{i}-{kind}-{k}.wav"
                soundfile.write(str(path), damage(x, rate, kind, *times[k][1:]), rate)
                items.append((path, sequence, kind, int(k)))
    return items


def examine(ear, items):
    return [(kind, word, sequence, evidence(ear, ear.score(hmm.features(path)), sequence))
            for path, sequence, kind, word in items]


def training_rows(examined):
    """Negatives: every hypothesis of untouched recordings; positives: what was done."""
    for kind, word, _, found in examined:
        for k, i, run, f in found:
            if f is None:
                continue
            if kind is None:
                yield k, f, 0
            elif k == kind and i == word and run == 1:
                yield k, f, 1


def set_thresholds(decision, examined, catch=0.93):
    """The highest threshold per kind that catches this share of the tuning set's damage."""
    for kind in KINDS:
        decision.weights[kind]["threshold"] = 0.0
        top = [decision.judge(found)[kind][0] for k, _, _, found in examined if k == kind]
        decision.weights[kind]["threshold"] = float(np.quantile(top, 1 - catch))


def report(decision, examined):
    """Shares: of the untouched flagged (by kind, at all), of each damage caught (by any flag, at its word)."""
    result, n = {}, lambda kind: max(1, sum(k == kind for k, *_ in examined))
    best = [(kind, word, sequence, decision.judge(found)) for kind, word, sequence, found in examined]
    flagged = [any(b[k][0] > 0 for k in KINDS) for *_, b in best]
    result["untouched"] = n(None)
    result["untouched flagged"] = sum(f for f, (k, *_) in zip(flagged, best) if k is None) / n(None)
    for kind in KINDS:
        mine = [(w, s, b, f) for f, (k, w, s, b) in zip(flagged, best) if k == kind]
        result[f"untouched flagged as {kind}"] = sum(b[kind][0] > 0 for k, _, _, b in best if k is None) / n(None)
        result[kind] = len(mine)
        result[f"{kind} caught"] = sum(f for *_, f in mine) / n(kind)
        result[f"{kind} caught as such"] = sum(b[kind][0] > 0 for _, _, b, _ in mine) / n(kind)
        result[f"{kind} caught within a word"] = sum(
            b[kind][0] > 0 and b[kind][1] - 1 <= w <= b[kind][1] + b[kind][2] for w, _, b, _ in mine) / n(kind)
    return result


# ---- commands ----------------------------------------------------------------------------------------

def kathleen(speech):
    """(texts, held-back ids, tuning ids, training ids): the last two by prompt."""
    text = common.read_metadata(speech / "en_kathleen/metadata.csv")
    held = set(common.read_ids(common.HELD_BACK / "en_kathleen.txt"))
    rest = [i for i in sorted(text) if i not in held]
    tuning = set(sorted({i.split("_")[1] for i in rest})[TUNING_OFFSET::TUNING_STRIDE])
    return text, held, [i for i in rest if i.split("_")[1] in tuning], [i for i in rest if i.split("_")[1] not in tuning]


def train(a):
    text, _, _, ids = kathleen(a.speech)
    ear = hmm.train([a.speech / f"en_kathleen/wavs/{i}.opus" for i in ids], [text[i] for i in ids])
    ear.save(a.ear)


def calibrate(a):
    text, held, tuning, _ = kathleen(a.speech)
    ear, sets = hmm.Ear.load(a.ear), {}
    for name, ids in (("tuning", tuning), ("held back", held)):
        ids = common.first_of_each_sentence(ids, text)
        files = {i: a.speech / f"en_kathleen/wavs/{i}.opus" for i in ids}
        sets[name] = examine(ear, damaged_set(files, text, a.ear.parent / "damaged" / name.replace(" ", "_")))
    decision = Decision()
    decision.fit(list(training_rows(sets["tuning"])))
    set_thresholds(decision, sets["tuning"], a.catch)
    a.ear.with_suffix(".json").write_text(json.dumps(decision.weights, indent=1))
    reports = {name: report(decision, examined) for name, examined in sets.items()}
    print_reports(reports)
    if a.json:
        a.json.write_text(json.dumps(reports, indent=1))


def flite(a):
    """The calibrated judge on another, synthetic voice."""
    text, held, _, _ = kathleen(a.speech)
    ear, decision = load(a.ear)
    out, random, items = a.ear.parent / "damaged/flite", np.random.default_rng(1), []
    out.mkdir(parents=True, exist_ok=True)
    for i in common.first_of_each_sentence(held, text):
        sequence = clean_words(text[i])
        for kind in (None, *KINDS):
            k = int(random.integers(len(sequence)))
            said = {None: sequence, "skip": sequence[:k] + sequence[k + 1:], "double": sequence[:k + 1] + sequence[k:]}
            path = out / f"{i}-{kind}.wav"
            subprocess.run(["flite", "-voice", "slt", "-t", " ".join(said[kind]), "-o", str(path)], check=True)
            items.append((path, sequence, kind, k))
    print_reports({"flite slt": report(decision, examine(ear, items))})


def print_reports(reports):
    first = next(iter(reports.values()))
    print(common.markdown(["", *reports], [
        [key, *(f"{r[key]:.1%}" if isinstance(r[key], float) else r[key] for r in reports.values())]
        for key in first]))


def load(ear_path):
    """The ear and the calibrated decision beside it."""
    return hmm.Ear.load(ear_path), Decision(json.loads(Path(ear_path).with_suffix(".json").read_text()))


def read_texts(path):
    """{id: words}; a third column gives the words to be heard."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if "|" in line and not line.startswith("#")]
    return {r[0]: clean_words(r[2] if len(r) > 2 else r[1]) for r in rows}


def judge_folder(ear, decision, folder, texts, ids=None):
    """{id: {kind: (log odds over the threshold, first word, words)}} of a folder."""
    files = common.files_in(folder, set(texts) if ids is None else set(texts) & ids)
    return {i: decision.judge(evidence(ear, ear.score(hmm.features(f)), texts[i])) for i, f in files.items()}


def describe(sequence, verdict):
    """Text of a flagged recording's evidence, or None."""
    parts = [f"{kind}: {' '.join(sequence[i:i + run])} (word {i + 1}, +{over:.1f})"
             for kind, (over, i, run) in verdict.items() if over > 0]
    return "; ".join(parts) or None


def evaluate(folders, texts, ear_path, ids=None):
    ear, decision = load(ear_path)
    return {str(d): judge_folder(ear, decision, d, texts, ids) for d in folders}


def table(results):
    rows = []
    for d, r in results.items():
        by = {k: sum(v[k][0] > 0 for v in r.values()) for k in KINDS}
        either = sum(any(v[k][0] > 0 for k in KINDS) for v in r.values())
        rows.append([d, len(r), f"{either} ({either / max(1, len(r)):.0%})", by["skip"], by["double"]])
    return common.markdown(["folder", "files", "flagged", "skip", "double"], rows)


def judge(a):
    texts = read_texts(a.metadata)
    results = evaluate(a.folders, texts, a.ear, set(common.read_ids(a.ids)) if a.ids else None)
    for d, r in results.items():
        for i, verdict in r.items():
            text = describe(texts[i], verdict)
            if text:
                print(f"{d}/{i}: {text}")
            elif a.verbose:
                print(f"{d}/{i}: clean {max(v[0] for v in verdict.values()):.1f}")
    print(table(results))
    if a.json:
        a.json.write_text(json.dumps(results, indent=1))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--ear", type=Path, default=common.ROOT / "out/quality/ear.npz")
    p.add_argument("--speech", type=Path, default=common.SPEECH)
    p.add_argument("--json", type=Path)
    commands = p.add_subparsers(dest="command", required=True)
    commands.add_parser("train").set_defaults(run=train)
    commands.add_parser("flite").set_defaults(run=flite)
    c = commands.add_parser("calibrate")
    c.add_argument("--catch", type=float, default=0.93)
    c.set_defaults(run=calibrate)
    j = commands.add_parser("judge")
    j.add_argument("metadata", type=Path)
    j.add_argument("folders", nargs="+")
    j.add_argument("--ids", type=Path)
    j.add_argument("--verbose", action="store_true")
    j.set_defaults(run=judge)
    a = p.parse_args()
    a.run(a)
    return 0


if __name__ == "__main__":
    sys.exit(main())
