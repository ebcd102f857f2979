#!/usr/bin/env bash
# python.sh SOURCE BUILD: the Python package against an installed tree.
set -euo pipefail
source=$1 build=$2
python3 -c 'import numpy, pytest' 2> /dev/null || { echo "skipped: there is no numpy or no pytest"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/tree" > "$work/log" || { cat "$work/log"; exit 1; }
cp -r "$source/python" "$work/python"  # as pip installs it: nothing of the repository beside it
export TTS_LIBRARY PYTHONPATH=$work/python PYTHONDONTWRITEBYTECODE=1
TTS_LIBRARY=$(find "$work/tree" -name libtts.so.0)
cd "$work/python" && python3 -m pytest -q -p no:cacheprovider
