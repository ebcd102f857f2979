"""The judge's decision: fitted to broken speech, and what it catches; see verdict.py."""
import json
from pathlib import Path

import numpy as np

from breaks import KINDS, common


def read_evidence(paths):
    out = []
    for path in paths:
        for line in Path(path).read_text().splitlines():
            item = json.loads(line)
            item["set"] = Path(path).parent.name
            if "frames" not in item and item["kind"] != "echo":
                out.append(item)
    return out


def rows_of(item, kind):
    return [h for h in item["hypotheses"] if h[0] == kind]


def fitted(items, c):
    """{kind: weights and bias}: logistic regressions of what was done against all that was not."""
    from sklearn.linear_model import LogisticRegression
    out = {}
    for kind in KINDS:
        x, y, w = [], [], []
        for item in items:
            for h in rows_of(item, kind):
                if item["kind"] is None:
                    x.append(h[3:]), y.append(0)
                elif item["kind"] == kind and h[1] == item["word"] and (h[2] == 1 or kind == "swapped"):
                    x.append(h[3:]), y.append(1)
        x, y = np.clip(np.array(x), -60, 60), np.array(y)
        mean, std = x.mean(0), x.std(0) + 1e-9
        model = LogisticRegression(C=c, max_iter=5000, class_weight=None).fit((x - mean) / std, y)
        weights = model.coef_[0] / std
        out[kind] = np.append(weights, model.intercept_[0] - weights @ mean)
    return out


def worst(item, decision, thresholds):
    """(log odds over the threshold, kind, first, count) of the likeliest fault."""
    best = (-99.0, None, 0, 0)
    if item["too_short"]:
        return (99.0, "missing", 0, len(item["words"]))
    for h in item["hypotheses"]:
        d = decision[h[0]]
        odds = float(np.dot(h[3:], d[:-1]) + d[-1]) - thresholds[h[0]]
        best = max(best, (odds, h[0], h[1], h[2]))
    return best


def thresholds_for(items, decision, share):
    """One number per kind, so that of whole ones each kind flags the same share, and all together `share`."""
    whole = [i for i in items if i["kind"] is None and not i["too_short"]]
    top = {kind: np.array([max((float(np.dot(h[3:], decision[kind][:-1]) + decision[kind][-1])
                                for h in rows_of(i, kind)), default=-99.0) for i in whole]) for kind in KINDS}
    low, high = 0.0, share
    for _ in range(40):  # the share of each kind
        part = (low + high) / 2
        limits = {kind: np.quantile(top[kind], 1 - part) for kind in KINDS}
        flagged = np.mean(np.any([top[kind] > limits[kind] for kind in KINDS], axis=0))
        low, high = (part, high) if flagged < share else (low, part)
    return {kind: float(np.quantile(top[kind], 1 - low)) for kind in KINDS}


def cross_fitted(items, c, shares):
    """{share: [(item, worst)]}, each item by a decision that has not seen its sentence."""
    parts = {i: n % 5 for n, i in enumerate(sorted({item["text"] for item in items}))}
    out = {s: [] for s in shares}
    for part in range(5):
        seen = [i for i in items if parts[i["text"]] != part]
        decision = fitted(seen, c)
        for s in shares:
            limits = thresholds_for(seen, decision, s)
            out[s] += [(i, worst(i, decision, limits)) for i in items if parts[i["text"]] == part]
    return out


def phones_of(item):
    words = item["words"]
    return words[item["word"]]["phones"] if 0 <= item["word"] < len(words) else 0


def share(values):
    values = list(values)
    return f"{100 * np.mean(values):.1f} ({len(values)})" if values else "–"


def report(results):
    sets = sorted({i["set"] for i, _ in next(iter(results.values()))})
    for name in sets:
        print(f"\n{name}: per cent flagged (of how many), by the share of whole sentences that the decision was set to flag\n")
        rows = []
        for s, judged in results.items():
            mine = [(i, w) for i, w in judged if i["set"] == name]
            rows.append([f"{100 * s:.1f} %", share(w[0] > 0 for i, w in mine if i["kind"] is None)] +
                        [share(w[0] > 0 for i, w in mine if i["kind"] == k) for k in KINDS])
        print(common.markdown(["set to", "whole", *KINDS], rows))
    return results


def by_length(judged):
    print("\nby the phones of the broken word\n")
    rows = []
    for low, high in ((1, 2), (3, 3), (4, 5), (6, 99)):
        rows.append([f"{low}–{high}" if high < 99 else f"{low} or more"] + [
            share(w[0] > 0 for i, w in judged if i["kind"] == k and low <= phones_of(i) <= high) for k in KINDS])
    print(common.markdown(["phones", *KINDS], rows))
    place = [w[2] - 1 <= i["word"] <= w[2] + w[3] for i, w in judged if i["kind"] and w[0] > 0]
    print(f"\nof those caught, {100 * np.mean(place):.0f} % name the word or its neighbour")


def fit(a):
    items = [i for i in read_evidence(a.evidence) if i["lang"] == a.lang]
    results = cross_fitted(items, a.c, a.shares)
    report(results)
    by_length(results[a.flagged])
    if a.out:
        decision = fitted(items, a.c)
        limits = thresholds_for(items, decision, a.flagged)
        stored = json.loads(a.out.read_text()) if a.out.exists() else {}
        stored[a.lang] = {k: [float(f"{x:.5g}") for x in np.append(d[:-1], d[-1] - limits[k])]
                          for k, d in decision.items()}
        lines = [f'  "{lang}": {{\n' + ",\n".join(f'    "{k}": {json.dumps(v)}' for k, v in kinds.items()) + "\n  }"
                 for lang, kinds in sorted(stored.items())]
        a.out.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def sound(a):
    rows = []
    for path in a.evidence:
        whole = [i for line in Path(path).read_text().splitlines() for i in [json.loads(line)] if i["kind"] is None]
        for planned in (True, False):
            mine = [i["sound"] for i in whole if ("frames" in i) == planned]
            if not mine:
                continue
            length = {k: np.array([s[k][1] - s[k][0] for s in mine]) for k in ("dead_air_s", "frozen_s", "repeated_s")}
            faint = np.array([min(s["word_db"], default=0) for s in mine])
            clipped = np.array([s["clipped_share"] for s in mine])
            rows.append([Path(path).parent.name + (", planned" if planned else ""), len(mine)] +
                        [f"{np.quantile(v, 0.99):.2f} / {v.max():.2f}" for v in length.values()] +
                        [f"{np.quantile(faint, 0.01):.0f} / {faint.min():.0f}", f"{clipped.max():.4f}"])
        prompted = [json.loads(line) for line in Path(path).read_text().splitlines()]
        echo = {k: np.array([i["sound"]["echo"] for i in prompted if i["kind"] == k and "prompt" in i])
                for k in (None, "echo")}
        if len(echo["echo"]):
            for limit in (0, 5, 10, 15, 20, 30):
                print(f"{Path(path).parent.name}: echo above {limit} nats: {100 * np.mean(echo[None] > limit):.0f} % of the "
                      f"whole, {100 * np.mean(echo['echo'] > limit):.0f} % of those behind words of a prompt")
    print(common.markdown(["99 % / most", "sentences", "dead air s", "frozen s", "repeated s", "faintest word dB",
                           "clipped share"], rows))
