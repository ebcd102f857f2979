#!/bin/sh
# parallel.sh SHARDS DIR INPUT...: a batch in so many parts, one for each core at a time (GNU parallel).
# TTS names the program. Options for all parts may stand among the inputs. Run it again after a stop: it goes on.
set -eu
shards=$1 folder=$2
shift 2
mkdir -p "$folder"
export OMP_NUM_THREADS=1
seq "$shards" | parallel --halt never "${TTS:-tts}" batch "$@" -o "$folder" --threads 1 --quiet --shard "{}/$shards"
