"""kills.py TTS [KILLS]: kills a batch at random moments until it was killed so often, then holds it against one that was not.

Starts a fresh folder whenever a run ends before it is killed. Prints how many kills hit at which stage.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def sounds(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".wav" and p.name[0] != "."}


def journal(folder):
    path = folder / "batch.journal.jsonl"
    entries = []
    for line in path.read_text().splitlines() if path.exists() else []:
        try:
            entries.append(json.loads(line)["output"])
        except ValueError:
            pass  # cut off by a kill
    return entries


def check(folder, whole, complete):
    made = sounds(folder)
    entries = journal(folder)
    assert len(entries) == len(set(entries)), "an item was made twice"
    assert all(whole[name] == data for name, data in made.items()), "a sound differs"
    assert set(made) <= set(entries), "a sound is not in the journal"
    if complete:
        assert made == whole, "a sound is missing"
        left = [p.name for p in folder.iterdir() if p.name[0] == "." or ".tmp" in p.name]
        assert not left, left


def main():
    tts, kills = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    random.seed(1)
    with tempfile.TemporaryDirectory() as root:
        root = pathlib.Path(root)
        with open(root / "requests.jsonl", "w") as out:
            for i in range(60):
                text = "[[aaa]] [[bbb]]. " * (1 + i * 7 % 40)
                out.write(json.dumps({"id": i, "text": text, "generator": "vibrato"}) + "\n")
        command = [tts, "batch", "--voice", "dummy", "--threads", "2", "-q", str(root / "requests.jsonl"), "-o"]
        start = time.time()
        subprocess.run(command + [str(root / "whole")], check=True)
        whole, whole_s = sounds(root / "whole"), time.time() - start
        killed = inside = pending = folders = 0
        folder = root / "0"
        while killed < kills:
            before = len(journal(folder))
            run = subprocess.Popen(command + [str(folder)])
            try:
                run.wait(random.uniform(0.2, 1) * whole_s)
                assert run.returncode == 0
                check(folder, whole, True)
                folders += 1
                folder = root / str(folders)
                continue
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
            killed += 1
            if folder.exists():
                check(folder, whole, False)
                inside += len(journal(folder)) > before
                pending += any(p.name.startswith((".tts-", "..tts-")) for p in folder.iterdir())
        subprocess.run(command + [str(folder)], check=True)
        check(folder, whole, True)
        print(f"{killed} kills over {folders + 1} batches of 60 items: {inside} after items of that run were done, "
              f"{pending} with an unfinished file left; every batch ended complete, each item made once")


main()
