#!/usr/bin/env bash
# Installs what is missing, configures and builds. Run it as often as you like.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
./setup.sh [options]     from a fresh checkout to an engine that speaks

Installs missing packages with apt (through sudo when needed), configures with CMake and builds.
Safe to run again: nothing is repeated that is already done.

  --tests           build the tests, too
  --preset NAME     release (default, into build/), asan, tsan, cuda or fuzz (into build-NAME/)
  --torch DIR       use the LibTorch in DIR (the folder with include/ and lib/) instead of Debian's
  --torch pypi      fetch LibTorch 2.11 from PyPI into .cache/ and use that
  --train-only      only the trainer: needs LibTorch, CMake, nlohmann/json and cxxopts
  --jobs N          compile N files at a time (default: one per CPU, as far as memory allows)
  --no-install      never call apt; say what is missing and stop
  --packages        print the Debian packages that a build needs, and stop
  --help            this text

Then:  build/tts "Hello." -o hello.wav
       ./setup.sh --tests && ctest --test-dir build --output-on-failure
TEXT
}

say() { printf '%s\n' "$*"; }
die() { printf 'setup.sh: %s\n' "$*" >&2; exit 1; }

preset=release torch="" jobs="" install=yes train_only=no tests=no print_packages=no
while [ $# -gt 0 ]; do
  case "$1" in
    --preset|--torch|--jobs)
      [ $# -ge 2 ] || die "$1 needs a value; see ./setup.sh --help"
      case "$1" in --preset) preset=$2 ;; --torch) torch=$2 ;; --jobs) jobs=$2 ;; esac
      shift 2 ;;
    --train-only) train_only=yes; shift ;;
    --tests) tests=yes; shift ;;
    --no-install) install=no; shift ;;
    --packages) print_packages=yes; shift ;;
    -h|--help) usage; exit 0 ;;
    *) die "unknown option $1; see ./setup.sh --help" ;;
  esac
done
case "$preset" in
  release) build=build ;;
  asan|tsan|cuda|fuzz) build=build-$preset ;;
  *) die "unknown preset \"$preset\"; known: release, asan, tsan, cuda, fuzz" ;;
esac
# Tests that were built once are kept up; the sanitizers and fuzzers are for nothing else.
if grep -qs '^TTS_TESTS:BOOL=ON' "$build/CMakeCache.txt" || [ "$preset" = asan ] || [ "$preset" = tsan ] ||
    [ "$preset" = fuzz ]; then
  tests=yes
fi
[ "$train_only" = no ] || tests=no
case "$jobs" in ""|[1-9]|[1-9][0-9]) ;; *) die "--jobs is \"$jobs\"; it must be a number from 1" ;; esac

# --- what is needed ------------------------------------------------------------------------------

tools=(g++ cmake ninja-build ccache pkg-config)
headers=(nlohmann-json3-dev libcxxopts-dev)
torch_packages=(libtorch-dev libopenblas0-openmp)
engine=(libsndfile1 libsoxr-dev libebur128-dev libicu-dev libpugixml-dev libcpp-httplib-dev
        espeak-ng libespeak-ng1 espeak-ng-data)
test_packages=(doctest-dev locales)  # locales: what a host's locale must not change

packages=("${tools[@]}" "${headers[@]}")
[ "$train_only" = yes ] || packages+=("${engine[@]}")
[ "$tests" = no ] || packages+=("${test_packages[@]}")
if [ -z "$torch" ] && [ -z "${CMAKE_PREFIX_PATH:-}" ]; then packages+=("${torch_packages[@]}"); fi
if [ "$torch" = pypi ]; then packages+=(python3 python3-pip); fi
if [ "$preset" = fuzz ]; then packages+=(clang-14 libclang-rt-14-dev); fi
if [ "$print_packages" = yes ]; then printf '%s\n' "${packages[@]}"; exit 0; fi

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Any program of that name will do, whoever installed it.
provided() {
  case "$1" in
    ninja-build) command -v ninja ;;
    g++|cmake|ccache|pkg-config) command -v "$1" ;;
    python3-pip) python3 -m pip --version ;;
    python3) command -v python3 ;;
    *) installed "$1" ;;
  esac >/dev/null 2>&1
}

apt_install() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and there is no sudo; as root run:
  apt-get install $*"
    as_root=(sudo)
  fi
  say "Installing: $*"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq)
  if ! "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1; then
    "${apt[@]}" update || die "apt-get update failed; is there a network?"
    "${apt[@]}" install --no-install-recommends "$@" ||
      die "apt cannot install these. On Debian 12 all of them exist; elsewhere LibTorch may be what is
missing: try ./setup.sh --torch pypi"
  fi
}

install_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # No apt: only tools that are not there can be named with certainty.
    local tool missing_tools=""
    for tool in g++ cmake ninja pkg-config; do
      command -v $tool >/dev/null || missing_tools+=" $tool"
    done
    [ -n "$missing_tools" ] || [ "$install" = yes ] || return 0
    say "This system has no apt. Install the equivalents of these Debian packages, then run CMake:"
    printf '  %s\n' "${packages[@]}"
    say "  cmake --preset $preset -DTTS_TORCH_DIR=/path/to/libtorch && cmake --build $build"
    [ -z "$missing_tools" ] || say "Not found here:$missing_tools"
    say "(./setup.sh --no-install goes on without this check.)"
    exit 1
  fi
  local missing=() package
  for package in "${packages[@]}"; do provided "$package" || missing+=("$package"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$install" = yes ] || die "missing packages: ${missing[*]}"
  apt_install "${missing[@]}"
}

# --- LibTorch from PyPI --------------------------------------------------------------------------

# Wheels are zip files. libtorch_cpu of the CUDA build needs two small CUDA libraries to load, even on
# a CPU; the large ones (cuBLAS, cuDNN …) only for --preset cuda.
pypi_torch() {
  local folder=$PWD/.cache/libtorch-2.11.0 wheels=(torch==2.11.0 nvidia-cuda-runtime==13.0.96 nvidia-cuda-cupti==13.0.85)
  if [ ! -e "$folder/complete" ]; then
    say "Fetching LibTorch 2.11 from PyPI (about 0.6 GB) into .cache/"
    rm -rf "$folder"
    mkdir -p "$folder/wheels"
    python3 -m pip download -q --no-deps --only-binary :all: -d "$folder/wheels" "${wheels[@]}" ||
      die "pip could not download ${wheels[*]}"
    if [ "$preset" = cuda ]; then
      python3 -m pip download -q --only-binary :all: -d "$folder/wheels" torch==2.11.0 ||
        die "pip could not download torch's CUDA libraries"
    fi
    local wheel
    for wheel in "$folder"/wheels/torch-*.whl "$folder"/wheels/nvidia_*.whl; do
      python3 -m zipfile -e "$wheel" "$folder"
    done
    rm -rf "$folder/wheels"
    touch "$folder/complete"
  fi
  torch=$folder/torch
}

# --- building ------------------------------------------------------------------------------------

# One compiler job needs up to 1.5 GB because of LibTorch's headers.
default_jobs() {
  local cpus memory_mb
  cpus=$(nproc)
  memory_mb=$(awk '/MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
  local by_memory=$((memory_mb / 1536))
  [ "$by_memory" -ge 1 ] || by_memory=1
  echo $((cpus < by_memory ? cpus : by_memory))
}

configure() {
  local arguments=(--preset "$preset")
  if [ -n "$torch" ]; then
    [ -e "$torch/include/torch" ] || die "--torch $torch: there is no include/torch in that folder"
    arguments+=("-DTTS_TORCH_DIR=$(cd "$torch" && pwd)")
  fi
  [ "$train_only" = no ] || arguments+=(-DTTS_TRAIN_ONLY=ON)
  if [ "$tests" = yes ]; then arguments+=(-DTTS_TESTS=ON); else arguments+=(-DTTS_TESTS=OFF); fi
  local stamp=$build/setup-arguments wanted="${arguments[*]} ${CMAKE_PREFIX_PATH:-}"
  if [ -e "$build/build.ninja" ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
  # Another LibTorch must not inherit what the cache knows of the last one.
  [ ! -e "$build/CMakeCache.txt" ] || rm -f "$build/CMakeCache.txt"
  cmake "${arguments[@]}"
  printf '%s' "$wanted" >"$stamp"
}

install_packages
[ "$torch" != pypi ] || pypi_torch
configure
targets=()
[ "$preset" != fuzz ] || targets=(--target fuzz)  # docs/measured/hardening.md
cmake --build "$build" "${targets[@]}" --parallel "${jobs:-$(default_jobs)}"
if [ -x "$build/tts" ]; then
  say "Done. Try:  $build/tts \"The old clock struck ten.\" -o clock.wav"
else
  say "Done: $build/"
fi
