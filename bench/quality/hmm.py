"""A small speaker-dependent speech recogniser in NumPy: the ear of skips.py.

Words are ARPAbet phones (pocketsphinx' CMU dictionary; possessives by rule, anything else by espeak-ng);
a phone is two HMM states, silence is one and may stand between any two words. Frames (10 ms) are scored
by a small neural network on 11 frames of 26 log-mel bands: log p(state | frame) - log p(state)
(Bourlard and Morgan, "Connectionist speech recognition", 1994). Training starts flat, from equal
segments and one Gaussian per state, and aligns anew between rounds. It sees recordings and texts of
natural speech only, never a voice that it judges nor its training targets.
"""
import re
import subprocess
from functools import lru_cache
from pathlib import Path

import librosa
import numba
import numpy as np
import scipy.fft
import scipy.sparse

import common
from words import words as clean_words

RATE_HZ, HOP, BANDS, CONTEXT = 16000, 160, 26, 5
DICTIONARY = Path("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict")
PHONES = ("AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
          ).split()
SILENCE = 2 * len(PHONES)  # phone p has the states 2 p and 2 p + 1
STATES = SILENCE + 1
IPA = {"ɑː": "AA", "ɑːɹ": "AA R", "æ": "AE", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɔː": "AO", "ɔ": "AO", "ɔːɹ": "AO R",
       "oːɹ": "AO R", "aʊ": "AW", "aɪ": "AY", "aɪə": "AY AH", "aɪɚ": "AY ER", "b": "B", "tʃ": "CH", "d": "D",
       "ð": "DH", "ɛ": "EH", "ɛɹ": "EH R", "ɜː": "ER", "ɚ": "ER", "eɪ": "EY", "f": "F", "ɡ": "G", "h": "HH",
       "ɪ": "IH", "ᵻ": "IH", "ɪɹ": "IH R", "iː": "IY", "i": "IY", "iə": "IY AH", "dʒ": "JH", "k": "K", "l": "L",
       "əl": "AH L", "m": "M", "n": "N", "n̩": "AH N", "ŋ": "NG", "oʊ": "OW", "ɔɪ": "OY", "p": "P", "ɹ": "R",
       "s": "S", "ʃ": "SH", "t": "T", "ɾ": "T", "ʔ": "T", "θ": "TH", "ʊ": "UH", "ʊɹ": "UH R", "uː": "UW",
       "u": "UW", "v": "V", "w": "W", "j": "Y", "z": "Z", "ʒ": "ZH", "x": "K"}


@lru_cache(None)
def lexicon():
    """{word: [pronunciation, ...]}, a pronunciation is a tuple of phone numbers."""
    result = {}
    for line in DICTIONARY.read_text().splitlines():
        word, *phones = line.split()
        result.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(tuple(PHONES.index(p) for p in phones))
    return result


@lru_cache(None)
def pronunciations(word):
    known = lexicon().get(word)
    if known:
        return known
    if word.endswith("'s"):
        ends = {"P": "S", "T": "S", "K": "S", "F": "S", "TH": "S", "S": "IH Z", "Z": "IH Z", "SH": "IH Z",
                "CH": "IH Z", "ZH": "IH Z", "JH": "IH Z"}
        return [p + tuple(PHONES.index(q) for q in ends.get(PHONES[p[-1]], "Z").split())
                for p in pronunciations(word[:-2])]
    out = subprocess.run(["espeak-ng", "-q", "-v", "en-us", "--ipa", "--sep=_", word], check=True,
                         capture_output=True, text=True).stdout
    symbols = [s for s in re.split(r"[_\s]+", re.sub("[ˈˌ]", "", out)) if s]
    return [tuple(PHONES.index(q) for s in symbols for q in IPA.get(s, IPA.get(s.rstrip("ː"), "AH")).split())]


def features(path):
    """[T, 26] log-mel of a recording, each band with its mean and deviation over the recording removed."""
    x = common.levelled(path, RATE_HZ)
    mel = librosa.feature.melspectrogram(y=x, sr=RATE_HZ, n_fft=512, win_length=400, hop_length=HOP,
                                         n_mels=BANDS, fmin=60, fmax=7600)
    mel = np.log(mel + 1e-7).T
    return ((mel - mel.mean(0)) / (mel.std(0) + 1e-3)).astype(np.float32)


def stacked(x):
    """[T, 26] -> [T, 11 * 26] with the neighbouring frames."""
    padded = np.pad(x, ((CONTEXT, CONTEXT), (0, 0)), mode="edge")
    return np.concatenate([padded[k:k + len(x)] for k in range(2 * CONTEXT + 1)], axis=1)


class Graph:
    """States of a word sequence from left to right; every word has its pronunciations side by side.

    emission [S], word [S] (-1: silence), phone [S] (running number of the phone in its word), predecessors
    as (first [S + 1], state), starts and ends.
    """

    def __init__(self, sequence):
        self.emission, self.word, self.phone, arcs = [], [], [], []
        self.starts = []
        open_ends = [self.add(SILENCE, -1, 0, arcs, None)]
        self.starts.append(0)
        at_start = True
        for k, w in enumerate(sequence):
            ends = []
            for pronunciation in pronunciations(w):
                previous = open_ends
                for n, p in enumerate(pronunciation):
                    for half in (0, 1):
                        state = self.add(2 * p + half, k, n, arcs, previous)
                        if at_start and n == 0 and half == 0:
                            self.starts.append(state)
                        previous = [state]
                ends += previous
            at_start = False
            open_ends = ends + [self.add(SILENCE, -1, 0, arcs, ends)]
        self.ends = np.array(open_ends)
        self.starts = np.array(self.starts)
        self.emission, self.word, self.phone = (np.array(v) for v in (self.emission, self.word, self.phone))
        self.first = np.cumsum([0] + [len(a) for a in arcs])
        self.before = np.array([s for a in arcs for s in a])

    def add(self, emission, word, phone, arcs, previous):
        state = len(self.emission)
        self.emission.append(emission)
        self.word.append(word)
        self.phone.append(phone)
        arcs.append([state] + (previous or []))
        return state


@numba.njit(cache=True)
def _viterbi(score, emission, first, before, starts, ends):
    frames, states = len(score), len(emission)
    best = np.full(states, -np.inf)
    for s in starts:
        best[s] = score[0, emission[s]]
    back = np.zeros((frames, states), np.int32)
    for t in range(1, frames):
        new = np.empty(states)
        for s in range(states):
            top, arg = -np.inf, 0
            for k in range(first[s], first[s + 1]):
                if best[before[k]] > top:
                    top, arg = best[before[k]], before[k]
            new[s] = top + score[t, emission[s]]
            back[t, s] = arg
        best = new
    last = ends[0]
    for e in ends:
        if best[e] > best[last]:
            last = e
    path = np.empty(frames, np.int32)
    path[-1] = last
    for t in range(frames - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return best[last], path


def align(score, graph):
    """Best path of frame scores [T, STATES] through a graph: its score (-inf: too short) and states [T]."""
    return _viterbi(score, graph.emission, graph.first, graph.before, graph.starts, graph.ends)


def phone_segments(graph, path):
    """[(word index, phone, frames, before a pause)] of a path, silence left out."""
    cut = np.flatnonzero(np.diff(graph.word[path] * 1000 + graph.phone[path])) + 1
    parts = np.split(path, cut)
    silent = [graph.word[p[0]] < 0 for p in parts] + [True]
    return [(int(graph.word[p[0]]), int(graph.emission[p[0]] // 2), len(p), silent[k + 1])
            for k, p in enumerate(parts) if not silent[k]]


class Network:
    """Frame classifier: input -> rectified layers -> log-softmax over STATES, by scikit-learn."""

    def __init__(self, hidden=(192, 192)):
        self.hidden, self.layers = hidden, None

    def fit(self, x, y, epochs, share=0.5):
        """Trains from scratch, each epoch on a random share of the frames [n, inputs] of classes y [n]."""
        from sklearn.neural_network import MLPClassifier
        net = MLPClassifier(self.hidden, alpha=1e-5, batch_size=256, learning_rate_init=2e-3, random_state=1)
        random = np.random.default_rng(1)
        for epoch in range(epochs):
            if epoch:
                net._optimizer.learning_rate_init = 2e-3 * 0.4**epoch
            k = random.permutation(len(x))[: int(share * len(x))]
            net.partial_fit(x[k], y[k], classes=np.arange(STATES))
        self.layers = [(w.astype(np.float32), b.astype(np.float32)) for w, b in zip(net.coefs_, net.intercepts_)]
        return np.mean(self.log_posterior(x[::50]).argmax(1) == y[::50])

    def log_posterior(self, x):
        for w, b in self.layers[:-1]:
            x = np.maximum(x @ w + b, 0)
        w, b = self.layers[-1]
        x = x @ w + b
        return x - x.max(1, keepdims=True) - np.log(np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True))


class Ear:
    """The trained judge: frame scores and phone durations."""

    PRIOR_WEIGHT = 0.8

    def __init__(self):
        self.network, self.log_prior, self.durations = Network(), None, None

    def score(self, x):
        """[T, STATES] frame scores from features [T, 26]."""
        posterior = np.maximum(self.network.log_posterior(stacked(x)), -12)
        return (posterior - self.PRIOR_WEIGHT * self.log_prior).astype(np.float64)

    def duration_score(self, segments):
        """Log density of each segment's log frames under the phone's normal distribution."""
        d = np.array([(p + len(PHONES) * pause, np.log(n)) for _, p, n, pause in segments]).reshape(-1, 2)
        mean, std = self.durations[d[:, 0].astype(int)].T
        return -0.5 * ((d[:, 1] - mean) / std) ** 2 - np.log(std)

    def save(self, path):
        arrays = {f"w{k}": w for k, (w, _) in enumerate(self.network.layers)}
        arrays.update({f"b{k}": b for k, (_, b) in enumerate(self.network.layers)})
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, prior=self.log_prior, durations=self.durations, **arrays)

    @staticmethod
    def load(path):
        ear, f = Ear(), np.load(path)
        ear.network.layers = [(f[f"w{k}"], f[f"b{k}"]) for k in range(3)]
        ear.log_prior, ear.durations = f["prior"], f["durations"]
        return ear


def gaussian_scorer(x, y):
    """Function features -> [T, STATES] of one diagonal Gaussian per state on 13 cepstra and differences."""
    f = np.concatenate(x)
    count = np.bincount(y, minlength=STATES)[:, None] + 1e-3
    share = scipy.sparse.csr_matrix((np.ones(len(y), np.float32), (y, np.arange(len(y)))), (STATES, len(y)))
    mean = (share @ f + 1e-3 * f.mean(0)) / count
    var = np.maximum(share @ f**2 / count - mean**2, 0) + 0.05 * f.var(0)
    constant = -0.5 * np.log(var).sum(1)

    def score(c):
        return constant - 0.5 * ((c**2) @ (1 / var).T - 2 * c @ (mean / var).T + (mean**2 / var).sum(1))
    return score


def cepstra(x):
    c = scipy.fft.dct(x, axis=1, norm="ortho")[:, :13]
    return np.concatenate([c, np.gradient(c, axis=0), np.gradient(np.gradient(c, axis=0), axis=0)], axis=1)


def flat_labels(graph, frames):
    """Equal shares of the frames for one pronunciation per word, 0.1 s of silence at the edges."""
    keep, seen = [], {}
    for s, (w, p) in enumerate(zip(graph.word, graph.phone)):
        first = seen.setdefault((w, p), s)
        if w >= 0 and s - first < 2:
            keep.append(graph.emission[s])
    inner = np.array(keep)[np.arange(frames - 20) * len(keep) // (frames - 20)]
    return np.concatenate([np.full(10, SILENCE), inner, np.full(10, SILENCE)])


def train(files, texts, log=print):
    """An Ear from recordings and their texts."""
    x = [features(f) for f in files]
    return train_on(x, texts, log)


def train_on(x, texts, log=print):
    """The same from features [T, 26] per recording."""
    graphs = [Graph(clean_words(t)) for t in texts]
    log(f"{len(x)} recordings, {sum(map(len, x)) / 6000:.1f} minutes")
    labels = [flat_labels(g, len(v)) for g, v in zip(graphs, x)]
    c = [cepstra(v) for v in x]
    for _ in range(6):
        scorer = gaussian_scorer(c, np.concatenate(labels))
        labels, total = realign(graphs, [scorer(v) for v in c], labels)
        log(f"Gaussians: {total:.3f} per frame")
    ear, wide = Ear(), np.concatenate([stacked(v) for v in x])
    for epochs in (1, 1, 4):
        y = np.concatenate(labels)
        accuracy = ear.network.fit(wide, y, epochs)
        ear.log_prior = np.log(np.bincount(y, minlength=STATES) / len(y) + 1e-4)
        labels, total = realign(graphs, [ear.score(v) for v in x], labels)
        log(f"network: accuracy {accuracy:.3f}, {total:.3f} per frame")
    ear.durations = duration_statistics(ear, x, graphs)
    return ear


def realign(graphs, scores, labels):
    """New state labels; a recording too short for its words keeps its old ones. And the mean score."""
    new, total = [], 0.0
    for g, s, old in zip(graphs, scores, labels):
        best, path = align(s, g)
        new.append(g.emission[path] if np.isfinite(best) else old)
        total += best if np.isfinite(best) else 0
    return new, total / sum(map(len, labels))


def duration_statistics(ear, x, graphs):
    """[2 * phones, 2] mean and deviation of log frames, the second half before pauses."""
    logs = [[] for _ in range(2 * len(PHONES))]
    for g, v in zip(graphs, x):
        best, path = align(ear.score(v), g)
        for _, p, n, pause in phone_segments(g, path) if np.isfinite(best) else ():
            logs[p + len(PHONES) * pause].append(np.log(n))
    everything = np.concatenate([np.array(v) for v in logs if v])
    table = np.empty((2 * len(PHONES), 2))
    for k, v in enumerate(logs):  # shrunk towards all phones when there are few
        w = len(v) / (len(v) + 5)
        mean = np.mean(v) if v else 0
        std = np.std(v) if v else 0
        table[k] = w * mean + (1 - w) * everything.mean(), max(0.2, w * std + (1 - w) * everything.std())
    return table
