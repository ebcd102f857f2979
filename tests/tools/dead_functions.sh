#!/usr/bin/env bash
# Names functions that no product program uses: those that only tests call, and those that nothing
# does (measuring programs of bench/ count as tests). Usage: dead_functions.sh [repository]. Needs cppcheck (apt-get install cppcheck); reads the
# sources alone, no build. By name: one that shares its name with another that is used is not seen.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
command -v cppcheck >/dev/null || { echo "cppcheck is not installed" >&2; exit 2; }

# Called from outside: why.
allowed() {
  cat <<'EOF'
main                      the system
waiting                   tests wait with it for a queue of a known length
and_done                  a template that cppcheck loses
get_remote_ip_and_port    overrides httplib's
get_local_ip_and_port     overrides httplib's
socket                    overrides httplib's
process_and_close_socket  overrides httplib's
for_each                  overrides pugixml's
EOF
  # The C API, called by programs of others.
  grep -hoE '\btts_[a-z_]+\(' include/tts/*.h | tr -d '(' | sort -u
}

sources=$(git ls-files core nn audio text codec vocoder analysis duration acoustic train engine server \
  speech_dispatcher cli | grep -E '\.(h|cpp)$')
# Headers are files of their own, or functions written in them would not be looked at.
found=$(cppcheck --enable=unusedFunction --quiet --std=c++17 --language=c++ --max-configs=1 -D__x86_64__ -I . \
  --template='{file}:{line}: {message}' $sources 2>&1 | grep 'is never used' || true)
dead=$(awk -F"'" 'NR == FNR { split($0, part, " "); kept[part[1]] = 1; next } !($2 in kept)' \
  <(allowed) <(echo "$found" | grep . || true))
[ -z "$dead" ] || { echo "$dead"; echo "$(echo "$dead" | wc -l) functions that no program uses"; exit 1; }
echo "every function has a use"
