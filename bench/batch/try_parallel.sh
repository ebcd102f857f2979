#!/bin/sh
# try_parallel.sh TTS: docs/examples/batch/parallel.sh against one process, byte for byte, after a shard was killed.
set -eu
tts=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
words=$(yes '[[aaa]] [[b]].' | head -200 | tr '\n' ' ')
for i in $(seq 40); do
  echo "{\"id\": \"item$i\", \"text\": \"[[h\u0259l\u02c8o\u028a]] [[w\u02c8\u025c\u02d0ld]]. $words\", \"generator\": \"vibrato\"}"
done > "$work/requests.jsonl"
"$tts" batch --voice dummy "$work/requests.jsonl" -o "$work/one" --quiet
"$tts" batch --voice dummy "$work/requests.jsonl" -o "$work/many" --quiet --shard 2/5 &
until [ -n "$(find "$work" -path '*/many/item*.wav')" ]; do sleep 0.02; done
kill -KILL $!
wait || true
echo "killed a shard with $(find "$work/many" -name 'item*.wav' | wc -l) of 8 sounds"
TTS=$tts sh "$here/../../docs/examples/batch/parallel.sh" 5 "$work/many" --voice dummy "$work/requests.jsonl"
for wave in "$work"/one/*.wav; do cmp "$wave" "$work/many/$(basename "$wave")"; done
test "$(cat "$work"/many/*.journal.jsonl | wc -l)" = 40
echo "40 sounds of 5 shards are those of one process, each made once"
