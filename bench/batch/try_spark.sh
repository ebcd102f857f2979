#!/bin/sh
# try_spark.sh TTS: docs/examples/batch/spark.py on a Spark of this machine (two workers with a process each) against one process.
# Needs python3 with pyspark (`pip install pyspark`) and a Java runtime. MASTER is local-cluster[2,1,1024] or, where the
# distribution of Spark has no scripts for that, local[2].
set -eu
tts=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for i in $(seq 40); do
  echo "{\"id\": \"item$i\", \"text\": \"[[h\u0259l\u02c8o\u028a]] [[w\u02c8\u025c\u02d0ld]]. [[aaa]] [[b]].\", \"voice\": \"dummy\"}"
done > "$work/requests.jsonl"
"$tts" batch "$work/requests.jsonl" -o "$work/one" --quiet
spark() {
  spark-submit --master "${MASTER:-local-cluster[2,1,1024]}" "$here/../../docs/examples/batch/spark.py" --tts "$tts" \
    --partitions 4 "$work/requests.jsonl" "$work/many" "$work/$1" 2> "$work/log" || { cat "$work/log"; exit 1; }
}
spark results
for wave in "$work"/one/*.wav; do cmp "$wave" "$work/many/$(basename "$wave")"; done
sort "$work"/results/part-* > "$work/sorted"
sort "$work/one/results.jsonl" | cmp - "$work/sorted"
spark again
sort "$work"/again/part-* | cmp - "$work/sorted"
test "$(cat "$work"/many/*.journal.jsonl | wc -l)" = 40
echo "40 sounds and results through Spark are those of one process, each made once in two runs"
