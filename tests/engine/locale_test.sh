#!/usr/bin/env bash
# locale_test.sh PROGRAM SOURCE: what the library says and how it sounds is the same in every locale
# of its host. The locales are compiled into a temporary folder; nothing is installed.
set -euo pipefail
program=$1 source=$2
export TTS_VOICE_PATH=$source/voices
command -v localedef > /dev/null || { echo "skipped: there is no localedef"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LOCPATH=$work
"$program" dummy C > "$work/dummy.C"
"$program" kathleen C > "$work/kathleen.C"
[ "$(grep -c '  audio ' "$work/dummy.C")" -ge 15 ]

# Decimal commas; a Turkish i; one byte for a letter, where half of a UTF-8 letter has a class.
for locale in de_DE.UTF-8 tr_TR.UTF-8 tr_TR.ISO-8859-9 de_DE.ISO-8859-1; do
  localedef -i "${locale%%.*}" -f "${locale#*.}" "$work/$locale" 2> "$work/log" ||
    { cat "$work/log"; echo "localedef cannot make $locale; Debian's package locales has its source"; exit 1; }
  voices=dummy
  [ "$locale" != de_DE.UTF-8 ] || voices="dummy kathleen"
  for voice in $voices; do
    "$program" "$voice" "$locale" > "$work/$voice.$locale"
    diff "$work/$voice.C" "$work/$voice.$locale" || { echo "$voice differs in $locale"; exit 1; }
  done
done
echo "the same in every locale"
