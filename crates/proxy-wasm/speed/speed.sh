#!/usr/bin/env bash
# What a request costs Envoy, in microseconds of processor time, for each filter and scene, in one run: `speed.sh ENVOY MODULE PORT`.
# ENVOY is its program.
#
# `wrk` asks for SECONDS_EACH seconds each (5), in ROUNDS rounds (3), of which the least counts. It is processor time and not requests a
# second, so that other work on the machine changes little. Envoy has one worker.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
envoy=$1 module=$2 port=$3 seconds=${SECONDS_EACH:-5} rounds=${ROUNDS:-3}

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
# Clock ticks of Envoy's processor time, so far.
ticks() { awk '{ print $14 + $15 }' "/proc/$process/stat"; }
# The processor time of a request, in microseconds.
cost() {
  local before requests
  before=$(ticks)
  requests=$(wrk --threads 1 --connections 16 --duration "${seconds}s" "${@:2}" "http://127.0.0.1:$1/" | awk '/requests in/ { print $1 }')
  awk -v ticks=$(($(ticks) - before)) -v requests="$requests" -v hertz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.1f\n", ticks / hertz * 1e6 / requests }'
}
scene() {
  local name=$1 costs=() round offset
  shift
  for ((round = 0; round < rounds; round++)); do
    for offset in 0 1 2 3 4; do costs+=("$offset $(cost $((port + offset)) "$@")"); done
  done
  printf '%s\n' "${costs[@]}" | awk -v name="$name" '
    !($1 in least) || $2 < least[$1] { least[$1] = $2 }
    END {
      printf "%s", name
      for (filter = 0; filter < 5; filter++) printf "\t%.1f", least[filter]
      for (filter = 1; filter < 5; filter++) printf "\t%.2f", least[filter] / least[0]
      print ""
    }'
}

printf 'scene\tno filter\tempty\tcalls\tfetch-cors\tEnvoy CORS\tand the last four by the first\n'
scene "no Origin"
scene "allowed" --header "Origin: https://eu.app.example"
scene "refused" --header "Origin: https://evil.example"
scene "preflight" --script "$work/options.lua" --header "Origin: https://eu.app.example" --header "Access-Control-Request-Method: PUT"
