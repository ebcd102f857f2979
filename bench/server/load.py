#!/usr/bin/env python3
"""What does `tts serve` bear? Many clients at once, each asking again as soon as it was answered.

    load.py [--url http://127.0.0.1:8080] [--clients 64] [--seconds 120] [--format wav] [--generator NAME] [--key KEY]

Input:  a running server, e.g. `build/tts serve`.
Does:   every client sends sentences of three lengths in turn, reads the sound to its end, and after a 503 waits
        as long as Retry-After says, or a second at most. The server's memory and seconds of sound are read from
        its /metrics.
Output: a Markdown table: answers by status, sound per second, quartiles of the time to the first byte and to the
        last, the server's memory at the start, after each quarter and at the end. The exit code is 1 when an answer
        was neither 200 nor 503, or a connection broke.
"""
import argparse
import collections
import http.client
import json
import re
import sys
import threading
import time
import urllib.parse

TEXTS = [
    "Good morning.",
    "The old clock struck ten, and the guests began to leave.",
    "It had rained all evening, and nobody who could stay at home was seen in the streets. Only the baker walked "
    "slowly to his shop, as he did every night.",
]


class Server:
    def __init__(self, url, key):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 80
        self.headers = {"Content-Type": "application/json"}
        if key:
            self.headers["Authorization"] = f"Bearer {key}"

    def connect(self):
        return http.client.HTTPConnection(self.host, self.port, timeout=120)

    def metric(self, name):
        connection = self.connect()
        connection.request("GET", "/metrics", headers=self.headers)
        text = connection.getresponse().read().decode()
        connection.close()
        found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
        return float(found.group(1)) if found else sys.exit(f"/metrics has no {name}: {text[:200]}")

    def memory_mb(self):
        return self.metric("process_resident_memory_bytes") / 2**20


class Tally:
    def __init__(self):
        self.lock = threading.Lock()
        self.statuses = collections.Counter()
        self.first_s, self.last_s = [], []
        self.broken = []


def ask(connection, server, body, tally):
    """One request. → seconds to wait before the next."""
    begun = time.monotonic()
    connection.request("POST", "/v1/audio/speech", json.dumps(body), server.headers)
    response = connection.getresponse()
    response.read(1)
    first = time.monotonic() - begun
    response.read()
    last = time.monotonic() - begun
    with tally.lock:
        tally.statuses[response.status] += 1
        if response.status == 200:
            tally.first_s.append(first)
            tally.last_s.append(last)
    return min(1.0, float(response.headers.get("Retry-After", 0)))


def client(number, server, options, end, tally):
    connection = server.connect()
    turn = number
    while time.monotonic() < end:
        body = {"input": TEXTS[turn % len(TEXTS)], "response_format": options.format, "seed": turn}
        if options.generator:
            body["generator"] = options.generator
        turn += 1
        try:
            time.sleep(ask(connection, server, body, tally))
        except (OSError, http.client.HTTPException) as error:
            with tally.lock:
                tally.broken.append(repr(error))
            connection.close()
            connection = server.connect()
    connection.close()


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def row(name, values):
    return f"| {name} | " + " / ".join(f"{quantile(values, q):.3f}" for q in (0.25, 0.5, 0.75, 0.99, 1)) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--format", default="wav")
    parser.add_argument("--generator", default="")
    parser.add_argument("--key", default="")
    options = parser.parse_args()

    server, tally = Server(options.url, options.key), Tally()
    audio_before, cpu_before = server.metric("tts_audio_seconds_total"), server.metric("process_cpu_seconds_total")
    memory = [server.memory_mb()]
    begun = time.monotonic()
    end = begun + options.seconds
    threads = [threading.Thread(target=client, args=(i, server, options, end, tally)) for i in range(options.clients)]
    for thread in threads:
        thread.start()
    for quarter in range(1, 4):
        time.sleep(max(0, begun + options.seconds * quarter / 4 - time.monotonic()))
        memory.append(server.memory_mb())
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    audio = server.metric("tts_audio_seconds_total") - audio_before
    cpu = server.metric("process_cpu_seconds_total") - cpu_before
    memory.append(server.memory_mb())

    print(f"| {options.clients} clients, {took:.0f} s, {options.format} | |\n|---|---|")
    print("| answers | " + ", ".join(f"{n} × {status}" for status, n in sorted(tally.statuses.items())) + " |")
    print(f"| sound made | {audio:.0f} s, {audio / took:.1f} s per second, {audio / max(cpu, 1e-9):.1f} s per second of CPU |")
    print(row("first byte, s (25 / 50 / 75 / 99 / 100 %)", tally.first_s))
    print(row("last byte, s", tally.last_s))
    print("| memory, MiB (start, quarters, end) | " + " / ".join(f"{m:.0f}" for m in memory) + " |")
    print(f"| broken connections | {len(tally.broken)} {'; '.join(sorted(set(tally.broken))[:3])} |")
    return 1 if tally.broken or set(tally.statuses) - {200, 503} else 0


if __name__ == "__main__":
    sys.exit(main())
