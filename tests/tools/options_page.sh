#!/usr/bin/env bash
# options_page.sh SOURCE TTS: docs/options.md has what the program has.
set -euo pipefail
source=$1 tts=$2
command -v perl > /dev/null || { echo "skipped: there is no perl"; exit 77; }
"$tts" manual | "$source/docs/options.pl" | diff "$source/docs/options.md" - > /dev/null || {
  echo "docs/options.md is not fresh: build/tts manual | docs/options.pl > docs/options.md"
  exit 1
}
# Every option of every command, in a row of its own.
[ "$("$tts" manual | grep -c '^\.TP$')" -gt 200 ]
rows=$(grep -c '^| `' "$source/docs/options.md")
flags=$("$tts" manual | sed -n '/^\.SH COMMANDS/,/^\.SH ENVIRONMENT/p' | grep -c '^\.TP$')
[ "$rows" = "$flags" ] || { echo "$rows rows for $flags options"; exit 1; }
