#!/usr/bin/env bash
# Runs every libFuzzer program for so many executions, one after the other, and prints a line of each:
# target, executions, points of coverage, findings. What is found lies in the folder.
#   tests/fuzz/long_run.sh [build-fuzz [1000000 [seconds for each [folder]]]]
set -uo pipefail
build=${1:-build-fuzz} executions=${2:-1000000} seconds=${3:-0} folder=${4:-found}
here=$(cd "$(dirname "$0")" && pwd)

for program in "$build"/fuzz_*; do
  if [ ! -x "$program" ] || [ ! -f "$program" ] || [ "${program##*/}" = fuzz_tests ]; then continue; fi
  target=${program##*/fuzz_}
  mkdir -p "$folder/$target"
  log=$folder/$target.log
  # Leaks are looked for once, at the end: after every input it would take longer than the rest.
  ASAN_OPTIONS=malloc_context_size=6:quarantine_size_mb=32 \
    "$program" -runs="$executions" -max_total_time="$seconds" -malloc_limit_mb=128 -rss_limit_mb=3000 \
    -detect_leaks=0 -entropic=0 \
    -print_final_stats=1 -artifact_prefix="$folder/$target-" "$folder/$target" "$here/corpus/$target" \
    >"$log" 2>&1
  status=$?
  done_=$(grep -a 'number_of_executed_units' "$log" | grep -o '[0-9]*$')
  coverage=$(grep -ao 'cov: [0-9]*' "$log" | tail -1)
  echo "$target: ${done_:-0} executions, ${coverage:-no coverage}, $([ $status = 0 ] && echo "no finding" || echo "FINDING, see $log")"
done
