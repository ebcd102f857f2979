#!/usr/bin/env python3
"""How soon sd_tts begins and stops: python3 bench/speech_dispatcher/latency.py [--conf FILE] [--rounds N]

Speaks to the module as speech-dispatcher does, over its standard input and output, and reads its
events as they come. "first sound" is from the end of a message to the first block of sound, "stop"
from the command, somewhere in the first second of a long text, to the event 703, behind which
nothing of the message follows; "first sound after it" is of a letter that is asked for at once, while the work that
was stopped ends."""
import argparse
import os
import random
import subprocess
import sys
import threading
import time

ROOT = os.path.join(os.path.dirname(__file__), "..", "..")
SENTENCE = ("The old clock struck ten, and the guests began to leave.<mark name='__spd_0'/> Nobody had seen "
            "the little dog, which slept under the table all evening.<mark name='__spd_1'/> ")


class Module:
    def __init__(self, program, conf):
        self.process = subprocess.Popen([program] + ([conf] if conf else []), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        self.events, self.buffer = {}, bytearray()
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in iter(self.line, b""):
            now = time.perf_counter()
            with self.changed:
                self.events.setdefault(line[:9], now)
                self.changed.notify_all()

    def line(self):
        buffer = self.buffer
        while b"\n" not in buffer:
            piece = os.read(self.process.stdout.fileno(), 1 << 16)
            if not piece:
                return b""
            buffer += piece
        end = buffer.index(b"\n") + 1
        out = bytes(buffer[:end])
        del buffer[:end]
        return out

    def say(self, text):
        self.process.stdin.write(text.encode())
        return time.perf_counter()

    def wait(self, *starts):
        with self.changed:
            while not any(start in self.events for start in starts):
                if not self.changed.wait(60):
                    sys.exit("no answer within a minute")
            return min(self.events[start] for start in starts if start in self.events)

    def forget(self):
        with self.changed:
            self.events.clear()


def report(name, seconds):
    seconds.sort()
    pick = lambda share: 1000 * seconds[min(len(seconds) - 1, int(share * len(seconds)))]
    print(f"{name:24} {pick(0.5):7.1f} {pick(0.95):7.1f} {pick(1):7.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=os.path.join(ROOT, "build", "sd_tts"))
    parser.add_argument("--conf", default=os.path.join(ROOT, "speech_dispatcher", "tts.conf"))
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    random.seed(1)
    begun = time.perf_counter()
    module = Module(options.program, options.conf)
    module.say("INIT\n")
    module.wait(b"299 OK LO")
    print(f"ready after {time.perf_counter() - begun:.2f} s; milliseconds: 50 %, 95 %, most, of {options.rounds}")

    def first_sound(command, data):
        module.forget()
        at = module.say(f"{command}\n{data}\n.\n")
        return module.wait(b"705-AUDIO") - at

    letters, sentences, stops, next_sounds = [], [], [], []
    for i in range(options.rounds):
        letters.append(first_sound("CHAR", "abcdefghijklmnopqrstuvwxyz"[i % 26]))
        module.wait(b"702 END\n")
    for _ in range(options.rounds):
        sentences.append(first_sound("SPEAK", f"<speak>{SENTENCE}</speak>"))
        module.wait(b"702 END\n")
    for _ in range(options.rounds):
        module.forget()
        module.say(f"SPEAK\n<speak>{SENTENCE * 100}</speak>\n.\n")
        module.wait(b"701 BEGIN")
        time.sleep(random.uniform(0, 1))
        at = module.say("STOP\n")
        stops.append(module.wait(b"703 STOP\n", b"702 END\n") - at)
        next_sounds.append(first_sound("CHAR", "a"))
        module.wait(b"702 END\n")
    report("first sound, letter", letters)
    report("first sound, sentence", sentences)
    report("stop", stops)
    report("first sound after it", next_sounds)
    module.say("QUIT\n")


main()
