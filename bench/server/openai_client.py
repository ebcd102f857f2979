#!/usr/bin/env python3
"""Does OpenAI's own client get along with `tts serve`?

    python3 -m venv venv && venv/bin/pip install openai
    venv/bin/python bench/server/openai_client.py [--url http://127.0.0.1:8080/v1] [--key KEY]

Does:   speech whole, streamed to a file and as events; options of the engine through extra_body; models, listed and by
        name; what OpenAI has and this engine has not, with the headers that say so; and the client's own exception for
        every kind of refusal. With --alias NAME (of a server with --voice-alias NAME=… or '*=…') that name speaks, too.
Output: a line per check; the exit code is 1 at the first that fails.
"""
import argparse
import json
import pathlib
import tempfile

import openai

TEXT = "The old clock struck ten."


def check(name, holds):
    print(("ok     " if holds else "FAILED ") + name)
    if not holds:
        raise SystemExit(1)


def refused(name, error, call):
    try:
        call()
    except error as e:
        return check(f"{name}: {e.body['message'][:90]}", e.body["code"])
    check(name, False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8080/v1")
    parser.add_argument("--key", default="none")
    parser.add_argument("--alias", help="a voice's other name that the server was given")
    options = parser.parse_args()
    client = openai.OpenAI(base_url=options.url, api_key=options.key, max_retries=0)
    speech = client.audio.speech
    voice = client.get("/audio/voices", cast_to=dict)["voices"][0]["id"]
    usual = {"model": "tts-1", "voice": voice, "input": TEXT}

    wav = speech.create(**usual, response_format="wav", extra_body={"seed": 4}).read()
    check("wav", wav[:4] == b"RIFF")
    pcm = speech.create(**usual, response_format="pcm", extra_body={"seed": 4}).read()
    check("pcm is the wav without its header", wav[44:] == pcm)
    fast = speech.create(**usual, response_format="pcm", speed=1.5, extra_body={"seed": 4}).read()
    check("speed", len(fast) < 0.8 * len(pcm))

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "clock.mp3")
        with speech.with_streaming_response.create(**usual, response_format="mp3") as response:
            response.stream_to_file(path)
            check("streamed mp3 with a seed", path.stat().st_size > 1000 and int(response.headers["x-tts-seed"]) >= 0)

    with speech.with_streaming_response.create(
            **usual, response_format="pcm", stream_format="sse", extra_body={"words": True}) as response:
        events = [json.loads(line[6:]) for line in response.iter_lines() if line.startswith("data: ")]
    words = [event["word"] for event in events if event["type"] == "speech.audio.word"]
    check("events: " + " ".join(words), len(words) == 5 and events[-1]["type"] == "speech.audio.done")
    check("models", "tts-1" in [model.id for model in client.models.list()])
    check("model by name", client.models.retrieve("tts-1").id == "tts-1")

    def headers(**more):
        with speech.with_streaming_response.create(**{**usual, "response_format": "pcm", **more}) as response:
            check(f"{more} speaks", len(response.read()) > 1000)
            return response.headers

    unused = headers(model="gpt-4o-mini-tts-2025-12-15", instructions="Whisper.", extra_body={"user": "me"})
    check("headers name what has no effect", unused["x-tts-no-effect"] == "instructions, model, user")
    check("a header tells of the speed", "spoken at 2" in headers(speed=4)["x-tts-warning"])
    check("a header tells of silence", "x-tts-warning" in headers(input="..."))
    if options.alias:
        headers(voice=options.alias)

    if not options.alias:
        refused("unknown voice", openai.NotFoundError, lambda: speech.create(**{**usual, "voice": "nobody"}))
    refused("unknown format", openai.BadRequestError, lambda: speech.create(**usual, response_format="au"))
    refused("speed", openai.BadRequestError, lambda: speech.create(**usual, speed=9))
    refused("unknown key", openai.BadRequestError, lambda: speech.create(**usual, extra_body={"sped": 2}))
    refused("unknown model", openai.NotFoundError, lambda: client.models.retrieve("nothing"))
    strict = {"strict": True}
    refused("strict", openai.BadRequestError, lambda: speech.create(**usual, instructions="Whisper.", extra_body=strict))
    if options.key != "none":
        stranger = openai.OpenAI(base_url=options.url, api_key="wrong", max_retries=0)
        refused("wrong key", openai.AuthenticationError, stranger.models.list)


if __name__ == "__main__":
    main()
