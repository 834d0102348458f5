#!/usr/bin/env bash
# Measures the cost of a request in Envoy, in microseconds of CPU time: `speed.sh ENVOY MODULE PORT`. ENVOY is the path
# of its program. Prints a line for each scene, filter and round, for `ci/ratios.py`.
#
# `wrk` sends requests for SECONDS_EACH (2) seconds to each filter in turn, in ROUNDS (7) rounds, every other one in
# reverse. Other work on the machine changes CPU time less than requests per second. Envoy has one worker.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
envoy=$1 module=$2 port=$3 seconds=${SECONDS_EACH:-2} rounds=${ROUNDS:-7}

work=$(mktemp -d)
trap 'kill "$process" 2> /dev/null || true; rm -rf "$work"' EXIT
cp "$module" "$work/fetch_cors.wasm"
setting=$("$here/../../../probes/sysroot.sh" wasm32-unknown-unknown)
eval "$setting"
linker=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
for name in empty calls; do
  # shellcheck disable=SC2086 # flags are words
  "$RUSTC" $RUSTFLAGS --edition 2024 --target wasm32-unknown-unknown --crate-type cdylib --cfg "$name" -Copt-level=s -Cpanic=abort \
    -Cstrip=symbols -Clinker="$linker" "$here/sandbox.rs" -o "$work/$name.wasm"
done
python3 "$here/configuration.py" "$work" "$port" > "$work/envoy.json"
"$envoy" --config-path "$work/envoy.json" --concurrency 1 --disable-hot-restart --log-level error &
process=$!
for offset in 0 1 2 3 4; do
  timeout 60 bash -c "until (exec 3<> /dev/tcp/127.0.0.1/$((port + offset))) 2> /dev/null; do sleep 0.1; done"
done

echo 'wrk.method = "OPTIONS"' > "$work/options.lua"
# Envoy's CPU time so far, in clock ticks.
ticks() { awk '{ print $14 + $15 }' "/proc/$process/stat"; }
# The CPU time of a request, in microseconds.
cost() {
  local before requests
  before=$(ticks)
  requests=$(wrk --threads 1 --connections 16 --duration "${seconds}s" "${@:2}" "http://127.0.0.1:$1/" | awk '/requests in/ { print $1 }')
  awk -v ticks=$(($(ticks) - before)) -v requests="$requests" -v hertz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.3f\n", ticks / hertz * 1e6 / requests }'
}
filters=("no filter" empty calls fetch-cors "Envoy's own")
# Measures each filter once, in the order of `offsets`.
scene() {
  local offset
  for offset in "${offsets[@]}"; do
    printf '%s\t%s\t%s\n' "$1" "${filters[offset]}" "$(cost $((port + offset)) "${@:2}")"
  done
}

offsets=(0 1 2 3 4)
for ((round = 0; round < rounds; round++)); do
  scene 'no `Origin`'
  scene allowed --header "Origin: https://eu.app.example"
  scene refused --header "Origin: https://evil.example"
  scene preflight --script "$work/options.lua" --header "Origin: https://eu.app.example" --header "Access-Control-Request-Method: PUT"
  mapfile -t offsets < <(printf '%s\n' "${offsets[@]}" | tac)
done
