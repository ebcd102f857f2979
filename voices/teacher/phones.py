"""Whether two phonemisers of American English read a text alike, but for what differs between speakers anyway.

Ours is espeak-ng's notation, the teacher's misaki's. Both become lists of phones in one notation; an alignment then counts
as equal: cot and caught, weak and strong forms of unstressed vowels, r-coloured vowels, yod after alveolars, schwas before
sonorants, the nasal before k and g, with by th or dh. What is left is a difference, and the teacher says something else
than we would write beside its sound.
"""
import re
from typing import NamedTuple

# In this order; before the word boundaries go, so that "it | shall" has no affricate.
OURS = (("tʃ", "ʧ"), ("dʒ", "ʤ"), ("oʊ", "O"), ("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("ɔɪ", "Y"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɚɹ", "əɹ"),
        ("ɚ", "əɹ"), ("ɝ", "ɜɹ"), ("n̩", "ən"), ("l̩", "əl"), ("m̩", "əm"), ("ɾ", "t"), ("ʔ", "t"), ("ɐ", "ə"), ("ᵻ", "ɪ"), ("oː", "ɔ"), ("ɡ", "g"))
TEACHERS = (("ʧəw", "ʧu"), ("ʤəw", "ʤu"), ("jəw", "ju"), ("ʒəw", "ʒu"), ("ʃəw", "ʃu"), ("hw", "w"), ("T", "t"), ("ᵊ", "ə"), ("ɐ", "ə"), ("ᵻ", "ɪ"), ("Q", "O"), ("ɡ", "g"))
MARKS = ".!?…,;:—"
VOWELS = "əɪiɛæɑɔʌʊuɜOAIWYao"
REDUCED = "əɪʌiɜ"
ALIKE = [set("ɑɔa"), set("ɔOo"), set("əʌɜ"), set("ðθ"), set("sz"), set("ʃʒ"), set("nŋ"), set("ɪi"), set("ʊu")]
ALIKE_AFTER_N = [set("td"), set("ʃʧ"), set("ʒʤ")]
ALIKE_BEFORE_R = [set("ɔOʊuo"), set("ɪi"), set("ɛæA"), set("əɜʌ"), set("ɑɔ")]


class Phone(NamedTuple):
    name: str
    stress: int  # 0, 1 secondary, 2 primary


def phones(text, notation):
    """[Phone] of a phoneme string, marks included."""
    for old, new in notation:
        text = text.replace(old, new)
    out, stress = [], 0
    for c in text:
        if c in "ˈˌ":
            stress = 2 if c == "ˈ" else 1
        elif c not in " |ː\u0303\u0361":
            out.append(Phone(c, stress))
            stress = 0
    return [p for k, p in enumerate(out) if not (p.name == "ɹ" and k and out[k - 1].name == "ɹ")]


def together(a, b, sets):
    return any(a.name in s and b.name in s for s in sets)


def alike(a, b, before, after):
    """Whether a speaker may say b for a; `before` and `after` are the names of a's neighbours."""
    if a.name == b.name or together(a, b, ALIKE) or (before in "nŋ" and together(a, b, ALIKE_AFTER_N)):
        return True
    if a.name not in VOWELS or b.name not in VOWELS:
        return False
    if after == "ɹ" and together(a, b, ALIKE_BEFORE_R):
        return True
    return min(a.stress, b.stress) < 2 and max(a.stress, b.stress) < 2 and (a.name in REDUCED or b.name in REDUCED)


def droppable(line, k):
    """Whether the phone is one that speakers leave out: a schwa beside a sonorant, a yod, the h of weak forms,
    the t of "eighth"."""
    before, after = (line[n] if 0 <= n < len(line) else Phone("_", 0) for n in (k - 1, k + 1))
    if line[k].name in "əɪ" and line[k].stress == 0:
        return after.name in "lɹnm" or before.name in "ɹliIWYAOɔɪ"
    if line[k].name == "h":
        return after.stress < 2
    if line[k].name == "t":
        return after.name == "θ"
    return line[k].name == "j" and before.name in "tdnszlθʃʒʧʤ"


def differences(ours, teachers):
    """[(our phones, the teacher's)] that are not alike, by the cheapest alignment; marks are no phones."""
    a, b = ([p for p in line if p.name not in MARKS] for line in (ours, teachers))
    drop_a, drop_b = ([0 if droppable(line, k) else 1 for k in range(len(line))] for line in (a, b))
    cost = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = []
            if i and j:
                before, after = (a[n].name if 0 <= n < len(a) else "_" for n in (i - 2, i))
                ways.append(cost[i - 1][j - 1] + (0 if alike(a[i - 1], b[j - 1], before, after) else 1.5))
            if i:
                ways.append(cost[i - 1][j] + drop_a[i - 1] + 0.001)
            if j:
                ways.append(cost[i][j - 1] + drop_b[j - 1] + 0.001)
            cost[i][j] = min(ways, default=0)
    return list(reversed(list(trace(a, b, cost, drop_a, drop_b))))


def trace(a, b, cost, drop_a, drop_b):
    """The differences on the cheapest way, from the end."""
    i, j = len(a), len(b)
    while i or j:
        if i and cost[i][j] == cost[i - 1][j] + drop_a[i - 1] + 0.001:
            if drop_a[i - 1]:
                yield a[i - 1].name, ""
            i -= 1
        elif j and cost[i][j] == cost[i][j - 1] + drop_b[j - 1] + 0.001:
            if drop_b[j - 1]:
                yield "", b[j - 1].name
            j -= 1
        else:
            if cost[i][j] > cost[i - 1][j - 1]:
                yield a[i - 1].name, b[j - 1].name
            i, j = i - 1, j - 1


def marks(line):
    """The punctuation of a line, by kind: . at an end, , inside."""
    return re.sub(r"(.)\1+", r"\1", "".join("." if p.name in ".!?…" else "," for p in line if p.name in MARKS))
