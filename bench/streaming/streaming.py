"""How early sound leaves, and whether it keeps ahead of a player: every generator, through the program, the C API and HTTP.

    python3 bench/streaming/streaming.py --voice voices/kathleen          # all tables, as Markdown
    python3 bench/streaming/streaming.py --only first-sound --generators flow --runs 5

A player starts at the first sample and never waits: the lead is the sound made so far less the time since then, just before
each new chunk; below zero is a gap. Of several runs the best counts, since other programs only make it worse.
Standard library only."""
import argparse
import ctypes
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time

TEXT = ("The old clock struck ten, and the guests began to leave. Outside, the rain had stopped; the street was quiet, and a "
        "single lamp burned above the bakery, where the owner, who had been up since four in the morning, was counting the "
        "day's money with the slow care of somebody who has done it every evening for thirty years. \"Take the long way home,\" "
        "she said, \"and tell me tomorrow what you saw.\" He nodded, took his hat and went.")
OK, END, PENDING, AUDIO = 0, 1, 8, 0
now = time.monotonic


class Event(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int), ("audio", ctypes.c_void_p), ("audio_count", ctypes.c_size_t),
                ("first_sample", ctypes.c_int64), ("end_sample", ctypes.c_int64), ("first_byte", ctypes.c_size_t),
                ("end_byte", ctypes.c_size_t), ("text", ctypes.c_char_p)]


class Option(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("value", ctypes.c_char_p)]


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.c.tts_last_error.restype = ctypes.c_char_p
        for name in ("tts_voice_free", "tts_request_free", "tts_request_cancel"):
            getattr(self.c, name).argtypes = [ctypes.c_void_p]
            getattr(self.c, name).restype = None
        self.c.tts_request_push.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
        self.c.tts_request_finish.argtypes = [ctypes.c_void_p]
        self.c.tts_request_next.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.POINTER(Event))]
        self.c.tts_request_next_within.argtypes = [ctypes.c_void_p, ctypes.c_uint32,
                                                   ctypes.POINTER(ctypes.POINTER(Event))]

    def check(self, status):
        if status != OK:
            raise RuntimeError(self.c.tts_last_error().decode())

    def options(self, values):
        pairs = [Option(name.encode(), str(value).encode()) for name, value in values.items()]
        return (Option * len(pairs))(*pairs), ctypes.c_size_t(len(pairs))

    def open(self, path, **options):
        voice = ctypes.c_void_p()
        self.check(self.c.tts_voice_open(path.encode(), *self.options(options), ctypes.byref(voice)))
        return voice

    def request(self, voice, **options):
        request = ctypes.c_void_p()
        self.check(self.c.tts_request_new(voice, *self.options(options), ctypes.byref(request)))
        return request

    def push(self, request, text):
        data = text.encode()
        self.check(self.c.tts_request_push(request, data, len(data), 0))

    def next(self, request, within=None):
        """(status, samples of sound in the event)"""
        event = ctypes.POINTER(Event)()
        status = (self.c.tts_request_next(request, ctypes.byref(event)) if within is None else
                  self.c.tts_request_next_within(request, within, ctypes.byref(event)))
        return status, event.contents.audio_count if status == OK and event.contents.kind == AUDIO else 0


def judge(begun, arrivals, per_second):
    """arrivals: (time, amount) → first sound, smallest lead, gaps, seconds of sound, seconds it took"""
    start, made, least, gaps = arrivals[0][0], 0, float("inf"), 0
    for when, amount in arrivals:
        if made:
            lead = made / per_second - (when - start)
            least = min(least, lead)
            if lead < 0:
                gaps += 1
                start -= lead  # the player waited
        made += amount
    return {"first": start - begun if not gaps else arrivals[0][0] - begun, "lead": least, "gaps": gaps,
            "sound": made / per_second, "took": arrivals[-1][0] - begun}


def best(runs):
    return {"first": min(r["first"] for r in runs), "lead": max(r["lead"] for r in runs),
            "gaps": min(r["gaps"] for r in runs), "sound": runs[0]["sound"], "took": min(r["took"] for r in runs)}


def read_all(read, arrivals):
    while True:
        part = read(65536)
        if not part:
            return
        arrivals.append((now(), len(part)))


def program(o, generator):
    begun, arrivals = now(), []
    process = subprocess.Popen([o.tts, "-q", "--voice", o.voice, "--generator", generator, "--seed", "1", "--threads", str(o.threads),
                                "--raw", "-o", "-", TEXT], stdout=subprocess.PIPE, bufsize=0)
    read_all(process.stdout.read, arrivals)
    process.wait()
    return judge(begun, arrivals, 2 * 24000)


def c_api(o, generator):
    voice = o.voices[o.threads]
    begun, arrivals = now(), []
    request = o.library.request(voice, generator=generator, seed=1)
    o.library.push(request, TEXT)
    o.library.check(o.library.c.tts_request_finish(request))
    while True:
        status, samples = o.library.next(request)
        if samples:
            arrivals.append((now(), samples))
        if status != OK:
            break
    o.library.c.tts_request_free(request)
    return judge(begun, arrivals, 24000)


class Server:
    def __init__(self, o):
        self.process = subprocess.Popen([o.tts, "serve", "--port", "0", "--voice", o.voice, "--threads", str(o.threads), "--workers", "1"],
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
        raise RuntimeError("the server did not start")

    def speak(self, generator):
        begun, arrivals = now(), []
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", "/v1/audio/speech", json.dumps({"input": TEXT, "response_format": "pcm", "seed": 1, "generator": generator}),
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(answer.read().decode())
        read_all(answer.read1, arrivals)
        return judge(begun, arrivals, 2 * 24000)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def first_sound(o):
    print(f"\n| {len(TEXT.split())} words | interface | first sound, s | smallest lead over the player, s | gaps | time over sound |")
    print("|---|---|---|---|---|---|")
    server = Server(o)
    try:
        for generator in o.generators:
            for name, measure in (("`tts -o -`, a whole process", lambda: program(o, generator)),
                                  ("C API, voice open", lambda: c_api(o, generator)),
                                  ("HTTP, server running", lambda: server.speak(generator))):
                measure()
                r = best([measure() for _ in range(o.runs)])
                print(f"| `{generator}` | {name} | {r['first']:.2f} | {r['lead']:.2f} | {r['gaps']} | {r['took'] / r['sound']:.3f} |", flush=True)
    finally:
        server.stop()


def pieces(o):
    """Words as a language model writes them; from the first one to the first sound."""
    print(f"\n| words come at {o.words_per_s:g} a second | `first-clause` | first sound, s | … after | gaps |")
    print("|---|---|---|---|---|")
    text = "When the rain had stopped at last and the street was quiet, " + TEXT[0].lower() + TEXT[1:]
    for generator in o.generators:
        for clause in (10, 0):
            runs = []
            for _ in range(o.runs):
                voice = o.voices[o.threads]
                request = o.library.request(voice, generator=generator, seed=1, **{"first-clause": clause})
                begun, arrivals, words = now(), [], text.split(" ")
                heard_after = [0]

                def write():
                    for i, word in enumerate(words):
                        time.sleep(max(0, begun + i / o.words_per_s - now()))
                        o.library.push(request, (" " if i else "") + word)
                        if not arrivals:
                            heard_after[0] = i + 1
                    o.library.check(o.library.c.tts_request_finish(request))

                writer = threading.Thread(target=write)
                writer.start()
                while True:
                    status, samples = o.library.next(request, 1000)
                    if samples:
                        arrivals.append((now(), samples))
                    if status not in (OK, PENDING):
                        break
                writer.join()
                o.library.c.tts_request_free(request)
                runs.append({**judge(begun, arrivals, 24000), "after": heard_after[0]})
            r = best(runs)
            print(f"| `{generator}` | {clause} | {r['first']:.2f} | {min(x['after'] for x in runs)} words | {r['gaps']} |", flush=True)


def cancel(o):
    print(f"\n| from cancel to the end of all work, ms | median | longest of {o.cancels} |\n|---|---|---|")
    for generator in o.generators:
        times = []
        for i in range(o.cancels):
            request = o.library.request(o.voices[o.threads], generator=generator, seed=1)
            o.library.push(request, o.cancel_text)
            o.library.check(o.library.c.tts_request_finish(request))
            time.sleep(0.02 + 0.5 * i / o.cancels)
            begun = now()
            o.library.c.tts_request_cancel(request)
            o.library.c.tts_request_free(request)  # waits for its threads
            times.append(1000 * (now() - begun))
        print(f"| `{generator}` | {statistics.median(times):.1f} | {max(times):.1f} |", flush=True)


def scaling(o):
    print("\n| threads | one request, time over sound | as many requests of one thread | sound per second |\n|---|---|---|---|")
    long_text = " ".join([TEXT] * 3)

    def speak(voice, out):
        request, samples = o.library.request(voice, generator=o.generators[0], seed=1), 0
        o.library.push(request, long_text)
        o.library.check(o.library.c.tts_request_finish(request))
        while True:
            status, count = o.library.next(request)
            samples += count
            if status != OK:
                break
        o.library.c.tts_request_free(request)
        out.append(samples / 24000)

    for count in (1, 2):
        ones, manys = [], []
        for _ in range(o.runs):
            begun, out = now(), []
            speak(o.voices[count], out)
            ones.append((now() - begun) / out[0])
            begun, out = now(), []
            workers = [threading.Thread(target=speak, args=(o.voices[1], out)) for _ in range(count)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            manys.append((now() - begun) / sum(out))
        print(f"| {count} | {min(ones):.3f} | {min(manys):.3f} | {1 / min(manys):.0f} s |", flush=True)


def main():
    parts = {"first-sound": first_sound, "pieces": pieces, "cancel": cancel, "scaling": scaling}
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tts", default="build/tts")
    p.add_argument("--library", default="build/libtts.so")
    p.add_argument("--voice", default="voices/kathleen")
    p.add_argument("--generators", nargs="*", help="all of the voice by default")
    p.add_argument("--threads", type=int, default=os.cpu_count())
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--cancels", type=int, default=20)
    p.add_argument("--cancel-text", default=TEXT, help="what is cancelled, e.g. one long sentence")
    p.add_argument("--words-per-s", type=float, default=15)
    p.add_argument("--only", nargs="*", choices=parts, default=list(parts))
    o = p.parse_args()
    o.library = Library(o.library)
    o.voices = {count: o.library.open(o.voice, threads=count) for count in {1, 2, o.threads}}
    if not o.generators:
        o.library.c.tts_voice_info.restype = ctypes.c_char_p
        info = json.loads(o.library.c.tts_voice_info(o.voices[1]))
        o.generators = info["generators"]
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}, threads {o.threads}, best of {o.runs}", file=sys.stderr)
    for name in o.only:
        parts[name](o)


if __name__ == "__main__":
    main()
