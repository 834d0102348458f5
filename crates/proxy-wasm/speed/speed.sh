#!/usr/bin/env bash
# Requests a second with `wrk`, SECONDS_EACH seconds each (5), for each filter and scene, in one run: `speed.sh ENVOY MODULE PORT`. ENVOY is its program.
#
# One worker of Envoy and one connection's thread of wrk: on a machine of two cores, each has one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
envoy=$1 module=$2 port=$3 seconds=${SECONDS_EACH:-5}

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
requests() { wrk --threads 1 --connections 16 --duration "${seconds}s" "${@:2}" "http://127.0.0.1:$1/" | awk '/Requests\/sec/ { print int($2) }'; }
scene() {
  local name=$1 counts=() count offset
  shift
  for offset in 0 1 2 3 4; do
    count=$(requests $((port + offset)) "$@")
    counts+=("$count")
  done
  printf '%s\t' "$name" "${counts[@]}"
  awk -v counts="${counts[*]}" 'BEGIN { n = split(counts, c, " "); for (i = 2; i <= n; i++) printf "%.2f ", c[i] / c[1]; print "" }'
}

printf 'scene\tno filter\tempty\tcalls\tfetch-cors\tEnvoy CORS\tratios to no filter\n'
scene "no Origin"
scene "allowed" --header "Origin: https://eu.app.example"
scene "refused" --header "Origin: https://evil.example"
scene "preflight" --script "$work/options.lua" --header "Origin: https://eu.app.example" --header "Access-Control-Request-Method: PUT"
