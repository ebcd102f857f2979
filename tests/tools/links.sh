#!/usr/bin/env bash
# links.sh SOURCE: files that documents and comments name are there.
set -euo pipefail
cd "$1"
command -v git > /dev/null && git rev-parse --git-dir > /dev/null 2>&1 || { echo "skipped: no git checkout"; exit 77; }
missing=0
# [text](file.md#place), from the folder of the document.
while IFS=: read -r file link; do
  target=${link#*](}
  target=${target%%[)#]*}
  case $target in *://* | "" | mailto:*) continue ;; esac
  [ -e "$(dirname "$file")/$target" ] || { echo "$file: $target is not there"; missing=1; }
done < <(git grep -oE '\]\([^) ]+\)' -- '*.md')
# docs/file.md in text, comments and messages, from the top.
while IFS=: read -r file target; do
  [ -e "$target" ] || { echo "$file: $target is not there"; missing=1; }
done < <(git grep -oE '\bdocs/[a-z0-9_/-]+\.(md|png|ogg|opus|mp3)\b' -- ':!tests/tools/links.sh')
exit "$missing"
