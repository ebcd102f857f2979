"""What the judges share: reading recordings, metadata and lists, levelling, averages, tables.

Every folder that is judged holds `<id>.wav`, `.flac`, `.ogg` or `.opus`; two folders are compared by id.
"""
import json
import math
import os
import subprocess
import warnings
from pathlib import Path

import numpy as np
import soundfile
import soxr

ROOT = Path(__file__).resolve().parents[2]
SPEECH = ROOT / "../shared/speech"
HELD_BACK = ROOT / "voices/held_back"
SUFFIXES = (".wav", ".flac", ".ogg", ".opus")


def read_metadata(path):
    """{id: text} of an LJSpeech-style metadata.csv (`id|text` lines)."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return dict(line.split("|", 1) for line in lines if "|" in line)


def read_ids(path):
    """The ids of a list file: one per line, `#` starts a comment."""
    lines = (line.split("#")[0].strip() for line in Path(path).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def first_of_each_sentence(ids, text):
    """The first recording of every different sentence (some were recorded more than once)."""
    first = {}
    for i in sorted(ids):
        key = "_".join(i.split("_")[:2]) if i.startswith("arctic_") else text[i]
        first.setdefault(key, i)
    return sorted(first.values())


def files_in(folder, ids=None):
    """{id: path} of the recordings in a folder, sorted; only those in `ids` when given."""
    found = {f.stem: f for f in sorted(Path(folder).iterdir()) if f.suffix in SUFFIXES}
    return {i: f for i, f in found.items() if ids is None or i in ids}


def read_audio(path, rate_hz=None):
    """Mono float64 samples [S] and their rate; resampled by soxr (very high quality) when asked."""
    x, rate = soundfile.read(str(path), always_2d=True)
    x = x.mean(axis=1)
    if rate_hz and rate != rate_hz:
        x, rate = soxr.resample(x, rate, rate_hz, quality="VHQ"), rate_hz
    return x, rate


def frame_levels_db(x, rate_hz, frame_s=0.02):
    """Level of consecutive frames, dB of full scale."""
    n = round(frame_s * rate_hz)
    frames = x[: len(x) // n * n].reshape(-1, n)
    return 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12) if len(frames) else np.full(1, -120.0)


def active_level_db(x, rate_hz, range_db=30):
    """RMS in dB over the 20 ms frames at most `range_db` below the 95th percentile of frames."""
    level = frame_levels_db(x, rate_hz)
    active = level[level > np.percentile(level, 95) - range_db]
    return 10 * math.log10(np.mean(10 ** (active / 10)))


def trim_edges(x, rate_hz, keep_s=0.1, range_db=35):
    """Cuts leading and trailing silence to `keep_s` beyond the outermost frames that are speech."""
    level = frame_levels_db(x, rate_hz, 0.01)
    speech = np.flatnonzero(level > np.percentile(level, 95) - range_db)
    n, keep = round(0.01 * rate_hz), round(keep_s * rate_hz)
    return x[max(0, speech[0] * n - keep): (speech[-1] + 1) * n + keep]


def levelled(path, rate_hz, level_dbfs=-26.0):
    """The recording at `rate_hz`, edges trimmed to 0.1 s, active level set; what every judge hears."""
    x, rate = read_audio(path, rate_hz)
    x = trim_edges(x, rate)
    x = x * 10 ** ((level_dbfs - active_level_db(x, rate)) / 20)
    peak = np.max(np.abs(x))
    if peak > 1:
        warnings.warn(f"{path}: peak {peak:.2f} after levelling, scaled down")
        x = x / peak
    return x


def mean_ci(values):
    """Mean and the half width of its 95 % confidence interval (normal)."""
    v = np.asarray(values, float)
    return v.mean(), 1.96 * v.std(ddof=1) / math.sqrt(len(v)) if len(v) > 1 else float("nan")


def bootstrap_interval(statistic, count, resamples=10000, seed=1):
    """2.5 % and 97.5 % points of statistic(index [R, count]) over resampled items."""
    index = np.random.default_rng(seed).integers(0, count, (resamples, count))
    return tuple(float(q) for q in np.percentile(statistic(index), (2.5, 97.5)))


def markdown(header, rows):
    """A Markdown table as text."""
    lines = [header, ["---"] * len(header)] + rows
    return "\n".join("| " + " | ".join(str(c) for c in line) + " |" for line in lines)


def heard_speaker(engine, voice, wavs, out):
    """What the engine hears of the person in recordings, as `tts voice show --json` says it; `speaker` is a unit
    vector. `out`: the voice file to make."""
    environment = {"OMP_NUM_THREADS": "1", **os.environ}

    def run(*arguments):
        command = [str(engine), "voice", *map(str, arguments)]
        return subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout
    prompts = [x for wav in wavs for x in ("--prompt-wav", wav)]
    run("make", "--voice", voice, *prompts, "-o", out)
    return json.loads(run("show", "--json", out))


def joined(parts, fade, power=1.0):
    """Pieces of sound, each faded into the next over `fade` samples; `power` 0.5 keeps the power of unlike ones."""
    ramp = np.linspace(0, 1, fade)
    out = parts[0]
    for part in parts[1:]:
        if len(out) < fade or len(part) < fade:
            out = np.concatenate([out, part])
        else:
            seam = out[-fade:] * (1 - ramp) ** power + part[:fade] * ramp**power
            out = np.concatenate([out[:-fade], seam, part[fade:]])
    return out
