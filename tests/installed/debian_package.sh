#!/usr/bin/env bash
# debian_package.sh SOURCE BUILD: makes the Debian package, unpacks it into a bare root, and speaks
# there; a C program and speech-dispatcher's module run from it, too.
set -euo pipefail
source=$1 build=$2
command -v dpkg-deb > /dev/null && command -v cpack > /dev/null ||
  { echo "skipped: there is no dpkg-deb or no cpack"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/pack") > "$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }
package=$(echo "$work"/pack/*.deb)
dpkg-deb -f "$package" Package Version Depends
[ "$(dpkg-deb -f "$package" Version)" = "$("$build/tts" version | sed -n 's/^tts //p')" ]
[[ "$(dpkg-deb -f "$package" Depends)" = *espeak-ng-data* ]]
root=$work/root
dpkg-deb -x "$package" "$root"

for file in bin/tts share/tts/voices/kathleen/voice.json share/man/man1/tts.1 share/bash-completion/completions/tts \
  share/zsh/site-functions/_tts share/fish/vendor_completions.d/tts.fish include/tts/tts.h \
  lib/speech-dispatcher-modules/sd_tts; do
  [ -e "$root/usr/$file" ] || { echo "the package has no usr/$file"; exit 1; }
done
[ -e "$root/etc/speech-dispatcher/modules/tts.conf" ] || { echo "the package has no tts.conf"; exit 1; }
if find "$root" -name '*.o' -o -name 'test_*' | grep .; then echo "the package holds what was built in between"; exit 1; fi

# Nothing of the checkout may help: an empty working folder, no variables.
cd "$work"
bare() { env -i HOME="$work" PATH=/usr/bin:/bin "$@"; }
bare "$root/usr/bin/tts" --generator parallel --seed 1 "Hello there." -o hello.wav
[ "$(stat -c %s hello.wav)" -gt 20000 ]
# A reader that goes at its first match would break the pipe of who still writes: all is read, then searched.
bare "$root/usr/bin/tts" voices > voices
grep -q kerstin voices

export PKG_CONFIG_PATH LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(dirname "$(find "$root/usr" -name libtts.so)")
PKG_CONFIG_PATH=$LD_LIBRARY_PATH/pkgconfig
# shellcheck disable=SC2046
cc -std=c99 "$source/docs/examples/speak.c" $(pkg-config --cflags --libs tts) -o speak
bare LD_LIBRARY_PATH="$LD_LIBRARY_PATH" ./speak kathleen "Hello." > hello.s16 2> /dev/null
[ "$(stat -c %s hello.s16)" -gt 20000 ]
printf 'INIT\nQUIT\n' | bare "$root/usr/lib/speech-dispatcher-modules/sd_tts" \
  "$root/etc/speech-dispatcher/modules/tts.conf" > module
grep -q '299 OK LOADED SUCCESSFULLY' module
echo "the package speaks"
