#!/bin/bash
#SBATCH --job-name=tts
#SBATCH --array=1-32
#SBATCH --cpus-per-task=4
#SBATCH --mem=2G
#SBATCH --time=08:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@120
#SBATCH --output=tts-%A-%a.log
# sbatch slurm.sh REQUESTS DIR: each task of the array makes its part; TTS names the program. Number the array from 1.
# Two minutes before its time is up a task gets SIGTERM: it finishes the items that it began. Submitted again, or requeued, it
# goes on from there. Exit code 1 says that some items failed: DIR/results-I-of-N.jsonl names them.
set -eu
exec "${TTS:-tts}" batch "$1" -o "$2" --threads "$SLURM_CPUS_PER_TASK" --quiet \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
