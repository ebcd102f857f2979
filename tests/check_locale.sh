#!/usr/bin/env bash
# The library reads and prints numbers and letters in no locale (core/number_text.h,
# core/classic_stream.h, core/ascii.h): a host program sets one, and 1.25 becomes 1,25. This names
# the lines that follow the locale. Usage: check_locale.sh [repository]
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

library="core nn audio text duration acoustic codec vocoder analysis engine server speech_dispatcher"
program="cli"  # sets no locale itself; what it shares with the library follows the same rule
wrong=0
forbid() {  # forbid WHY PATTERN FOLDER...
  local why=$1 pattern=$2
  shift 2
  while IFS= read -r hit; do
    case "$hit" in
      core/classic_stream.h:*|core/number_text.*|cli/train_*) continue ;;
      core/error.h:*) continue ;;  # sentences for people; C++ hosts alone can change their numbers
      text/espeak_library.cpp:*locale\(*) continue ;;
    esac
    echo "$hit"
    echo "    $why"
    wrong=$((wrong + 1))
  done < <(grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$@" | grep -vE '^[^:]+:[0-9]+: *(//|\*)' || true)
}

# shellcheck disable=SC2086
{
forbid "reads a number by the locale: number_from_text" '\b(strto(d|f|ld)|sto(d|f|ld)|ato(f|l|ll))\b *\(' $library $program
forbid "prints a number by the locale: fixed_text, short_text" '%[-+ #0]*(\*|[0-9]+)?(\.(\*|[0-9]+))?l?[aAeEfFgG]([^a-zA-Z0-9]|$)' $library $program
forbid "follows std::locale::global: ClassicOutput, ClassicInput" '\b(std::)?[io]?stringstream\b' $library $program
forbid "letters by the locale: core/ascii.h" '\b(std::)?(to(lower|upper)|is(alpha|alnum|upper|lower|punct|digit|space|xdigit|print|graph|cntrl))\(([^()]|\([^()]*\))' $library $program
forbid "upper or lower case by the host's language: give a locale" '\.to(Upper|Lower|Title)\(\)' $library $program
forbid "changes the locale of the whole process" '\b(setlocale|uselocale)\(|locale::global' $library $program train
forbid "the date by the locale" '\b(strftime|put_time|put_money|get_money)\(' $library $program
}
[ "$wrong" = 0 ] || { echo "$wrong lines follow the locale"; exit 1; }
echo "no line follows the locale"
