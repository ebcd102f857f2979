#!/usr/bin/env bash
# Runs the tests as other CPUs would round: once with each set of kernels that this CPU can run and
# that the libraries choose by themselves elsewhere. Prints a table; fails when a test failed.
#
#   tests/tools/on_every_cpu.sh [BUILD] [ARGUMENTS OF CTEST ...]      # all: BUILD is build/
#   tests/tools/on_every_cpu.sh build -R '^(acoustic|duration)$'
#
# Matrix products are OpenBLAS's, LibTorch's own loops are ATen's, convolutions oneDNN's; each
# chooses by the CPU and can be told otherwise. What a program says of itself (`tts --version`) has
# to agree, or the setting was not followed and its line would show nothing.
set -uo pipefail

build=${1:-build}
shift || true
tts=$build/tts
[ -x "$tts" ] || { echo "$build has no tts; build first: ninja -C $build" >&2; exit 2; }
logs=$build/Testing/every-cpu
mkdir -p "$logs"
version=$("$tts" --version)

can() { grep -qw -- "$1" /proc/cpuinfo; }

# settings: one a line, "ENVIRONMENT|what tts --version then names" ("" where it names nothing).
settings() {
  echo "|"
  case $version in
    *OpenBLAS*)
      echo "OPENBLAS_CORETYPE=Prescott|Prescott"
      can sse4_2 && echo "OPENBLAS_CORETYPE=Nehalem|Nehalem"
      can avx && echo "OPENBLAS_CORETYPE=Sandybridge|Sandybridge"
      can avx2 && echo "OPENBLAS_CORETYPE=Haswell|Haswell" && echo "OPENBLAS_CORETYPE=Zen|Zen"
      can avx512vl && echo "OPENBLAS_CORETYPE=SkylakeX|SkylakeX" ;;
  esac
  echo "ATEN_CPU_CAPABILITY=default|NO AVX"
  can avx2 && echo "ATEN_CPU_CAPABILITY=avx2|AVX2"
  can avx512vl && echo "ATEN_CPU_CAPABILITY=avx512|AVX512"
  echo "DNNL_MAX_CPU_ISA=SSE41|"
  can avx512vl && echo "DNNL_MAX_CPU_ISA=AVX2|"
}

# suites_of LOG PATTERN: the names of tests whose line in ctest's output has the pattern.
suites_of() { sed -nE "s/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: ([^ ]+) .*$2.*/\1/p" "$1" | paste -sd ' '; }

wrong=0
printf '%-32s %7s %8s  %s\n' "kernels" "passed" "seconds" "failed"
while IFS='|' read -r setting said; do
  name=${setting:-as they are}
  if [ -n "$said" ] && ! env "$setting" "$tts" --version | grep -qw -- "$said"; then
    printf '%-32s %7s %8s  %s\n' "$name" - - "not followed: tts --version names no $said"
    wrong=1
    continue
  fi
  log=$logs/${setting:-default}.log
  begin=$SECONDS
  env ${setting:+"$setting"} ctest --test-dir "$build" --output-on-failure "$@" >"$log" 2>&1 || wrong=1
  passed=$(suites_of "$log" ' Passed' | wc -w)
  failed=$(suites_of "$log" '(Failed|Timeout|Exception|Not Run)')
  printf '%-32s %7s %8s  %s\n' "$name" "$passed" $((SECONDS - begin)) "${failed:-none}"
done < <(settings)
[ "$wrong" = 0 ] || echo "what failed: $logs" >&2
exit "$wrong"
