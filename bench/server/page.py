#!/usr/bin/env python3
"""The page of `tts serve` in headless Chromium: writes, speaks, watches the words light up, takes a picture.

    page.py [--tts build/tts] [--voice kathleen] [--chromium chromium] [--picture page.png] [--dark]

Starts a server on a free port. Ends with 1 when the page says an error, asks anything of another address, lights no
word, or offers no download of a sound. Needs Chromium and `pip install websocket-client requests`.
"""
import argparse
import base64
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time

import requests
import websocket

TEXT = "The old clock struck ten. Outside, the rain had stopped, and the street was quiet."


class Page:
    """A tab, by Chrome's devtools protocol."""

    def __init__(self, address):
        tab = next(t for t in requests.get(address + "/json", timeout=10).json() if t["type"] == "page")
        self.socket = websocket.create_connection(tab["webSocketDebuggerUrl"], suppress_origin=True, timeout=30)
        self.numbers, self.asked = itertools.count(1), []
        self.call("Network.enable")
        self.call("Page.enable")

    def call(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            if message.get("id") == number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']['message']}")
                return message["result"]

    def value(self, script):
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def wait(self, script, seconds=60):
        end = time.monotonic() + seconds
        while not self.value(script):
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain for: {script}; the page says: {self.said()}")
            time.sleep(0.02)

    def said(self):
        return self.value("document.getElementById('status').textContent")

    def press(self, key, modifiers=0):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, modifiers=modifiers,
                      windowsVirtualKeyCode={"Enter": 13, "Escape": 27}[key])

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))


def begun(command, pattern):
    """The process, and what the pattern finds in the first of what it says on its error output."""
    process = subprocess.Popen(command, text=True, stderr=subprocess.PIPE)
    for line in process.stderr:
        if found := re.search(pattern, line):
            return process, found.group(0)
    raise SystemExit(f"{command[0]} ended without an address")


def check(a, server, page):
    page.call("Emulation.setDeviceMetricsOverride", width=900, height=800, deviceScaleFactor=1, mobile=False)
    if a.dark:
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    page.call("Page.navigate", url=server)
    page.wait("document.readyState == 'complete' && document.querySelectorAll('#voice option').length > 0")
    page.value("document.querySelector('textarea').focus()")
    page.value("document.querySelector('textarea').value = ''")
    page.call("Input.insertText", text=TEXT)
    page.press("Enter", modifiers=2)
    page.wait("document.querySelector('#spoken .lit') != null")
    page.picture(a.picture)
    page.wait("!document.getElementById('download').hidden")
    lit, quiet = set(), time.monotonic()
    while time.monotonic() < quiet + 2:  # the sound has ended
        word = page.value("document.querySelector('#spoken .lit')?.textContent")
        if word:
            lit.add(word)
            quiet = time.monotonic()
        time.sleep(0.02)
    elsewhere = [url for url in page.asked if not url.startswith((server, "blob:", "data:"))]
    print(f"{len(lit)} words were lit, the page says: {page.said()!r}, picture: {a.picture}")
    if elsewhere:
        raise SystemExit(f"asked of others: {elsewhere}")
    if len(lit) < 8:
        raise SystemExit("too few words were lit")
    if not page.value("document.getElementById('download').href.startsWith('blob:')"):
        raise SystemExit("there is no download")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tts", default="build/tts")
    parser.add_argument("--voice", default="kathleen")
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--picture", default="page.png")
    parser.add_argument("--dark", action="store_true")
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as profile:
        served, server = begun([a.tts, "serve", "--port", "0", "--voice", a.voice], r"http://[\d.]+:\d+")
        browser, debugger = begun([a.chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
                                   "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={profile}",
                                   "about:blank"], r"127\.0\.0\.1:\d+")
        try:
            check(a, server, Page("http://" + debugger))
        finally:
            browser.kill()
            browser.wait()
            served.terminate()
    return served.wait()


if __name__ == "__main__":
    sys.exit(main())
