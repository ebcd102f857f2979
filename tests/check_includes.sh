#!/usr/bin/env bash
# Imports point one way (docs/architecture.md):
#   cli -> {server, speech_dispatcher -> engine, train} -> families -> {nn, audio} -> core
# CMake's include paths enforce this while compiling; this names the line, and sees headers that no
# source includes. Usage: check_includes.sh [repository]
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

floors="nn audio core"
families="text duration acoustic codec vocoder analysis"
declare -A may_include=(
  [core]="core"
  [nn]="nn core"
  [audio]="audio nn core"
  [text]="text core"
  [engine]="engine tts $families $floors"
  [server]="server engine tts $families $floors"
  [speech_dispatcher]="speech_dispatcher engine tts $families $floors"
  [train]="train $families $floors"
  [cli]="cli server engine train tts $families $floors"
  [include/tts]="tts"
)
for family in duration acoustic codec vocoder analysis; do may_include[$family]="$family $floors"; done

wrong=0
complain() {
  echo "$1"
  wrong=$((wrong + 1))
}

for folder in "${!may_include[@]}"; do
  [ -d "$folder" ] || continue
  while IFS=: read -r file line include; do
    target=${include#*\"}
    case "$target" in
      */*) ;;
      *) complain "$file:$line: #include \"$target\" has no folder; write \"$folder/$target\"" && continue ;;
    esac
    case " ${may_include[$folder]} " in
      *" ${target%%/*} "*) ;;
      *) complain "$file:$line: $folder/ may not include \"$target\" (only: ${may_include[$folder]})" ;;
    esac
  done < <(grep -rnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"[^"]+' "$folder" --include='*.h' --include='*.hpp' --include='*.cpp' --include='*.c')
done

# Generators share acoustic/tokens and what lies in acoustic/ itself; none includes another.
while IFS=: read -r file line include; do
  member=${file#acoustic/}
  target=${include#*\"acoustic/}
  [ "${target%%/*}" = tokens ] || [ "${target%%/*}" = "${member%%/*}" ] ||
    complain "$file:$line: a generator may not include another, \"acoustic/$target\"; share through acoustic/tokens"
done < <(grep -rnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"acoustic/[^"/]+/[^"]+' acoustic/*/ --include='*.h' --include='*.cpp')

# The C API and the text front end know nothing of LibTorch.
while IFS= read -r hit; do
  complain "$hit: LibTorch is not allowed here"
done < <(grep -rnE '#[[:space:]]*include[[:space:]]+<(torch|ATen|c10)/' include text 2>/dev/null || true)

[ "$wrong" = 0 ] || { echo "$wrong includes point the wrong way"; exit 1; }
echo "includes point one way"
