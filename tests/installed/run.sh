#!/usr/bin/env bash
# run.sh SOURCE BUILD: installs BUILD into an empty folder, moves that, and builds and runs programs
# in C (pkg-config and CMake), C++ (CMake) and Python (ctypes) against it. Exports tts_* alone, each
# with a version.
set -euo pipefail
source=$1 build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/first" > "$work/log" || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/tree"
library=$(find "$work/tree" -name libtts.so)
lib=$(dirname "$library")
export PKG_CONFIG_PATH=$lib/pkgconfig LD_LIBRARY_PATH=$lib

echo "-- pkg-config, C99"
cp "$source/tests/engine/c_api_program.c" "$source/docs/examples/speak.c" "$source/docs/examples/pieces.c" "$work"
# The headers must need nothing else of this project: $work holds none of it.
for program in c_api_program speak pieces; do
  # shellcheck disable=SC2046
  cc -std=c99 -pedantic -Wall -Wextra -Werror "$work/$program.c" $(pkg-config --cflags --libs tts) -o "$work/$program"
done
[ "$(pkg-config --modversion tts)" = "$("$work/tree/bin/tts" version | sed -n 's/^tts //p')" ]
"$work/c_api_program"
"$work/speak" dummy "[[aaa]]." > "$work/sound.s16" 2> /dev/null
[ "$(stat -c %s "$work/sound.s16")" -gt 10000 ]
printf '[[aaa]]. [[iii]].' | "$work/pieces" dummy > "$work/pieces.s16" 2> /dev/null
[ "$(stat -c %s "$work/pieces.s16")" -gt 10000 ]

echo "-- CMake, C and C++"
cmake -S "$source/tests/installed" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/tree" -DC_PROGRAM="$work/c_api_program.c" > "$work/log" &&
  cmake --build "$work/build" >> "$work/log" || { cat "$work/log"; exit 1; }
"$work/build/outside_c"
"$work/build/outside_cpp"

echo "-- Python, ctypes"
TTS_LIBRARY=$lib/libtts.so.0 python3 "$source/docs/examples/speak.py" dummy "[[həlˈoʊ]] [[wˈɜːld]]." "$work/py.wav"
[ "$(stat -c %s "$work/py.wav")" -gt 10000 ]

echo "-- symbols"
objdump -T "$library" | awk '/ g / && !/\*UND\*/ { print $(NF-1), $NF }' > "$work/exported"
if grep -v ' tts_' "$work/exported" | grep -v '^TTS_0[.0-9]* TTS_0[.0-9]*$'; then echo "exported, but not tts_*"; exit 1; fi
if grep ' tts_' "$work/exported" | grep -v '^(*TTS_0'; then echo "without a version"; exit 1; fi
grep -o 'tts_[a-z_]*(' "$source/include/tts/tts.h" | tr -d '(' | sort -u > "$work/declared"
grep -o ' tts_[a-z_]*' "$work/exported" | tr -d ' ' | sort -u > "$work/symbols"
diff "$work/declared" "$work/symbols"
if grep -rlE 'torch|ATen|c10' "$work/tree/include"; then echo "a header shows LibTorch"; exit 1; fi

echo "-- manual and completions"
for file in share/man/man1/tts.1 share/bash-completion/completions/tts share/zsh/site-functions/_tts share/fish/vendor_completions.d/tts.fish; do
  grep -q pitch "$work/tree/$file"
done
echo "installed: all good"
