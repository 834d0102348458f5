#!/usr/bin/env bash
# Starts the worker in workerd: `start.sh [LISTEN [UPSTREAM]]`. Both are ports on this machine; the defaults are 8080 and 8081.
#
# It builds the module, and installs workerd from the npm registry in `target/`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
listen=${1:-8080} upstream=${2:-8081}
directory=$root/target/workerd

mkdir -p "$directory"
[[ -x $directory/node_modules/.bin/workerd ]] || npm install --silent --no-audit --no-fund --prefix "$directory" workerd@1.20261117.1
setting=$("$root/probes/sysroot.sh" wasm32-unknown-unknown)
eval "$setting"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
(cd "$here/.." && cargo build --quiet --release --target wasm32-unknown-unknown)
cp "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/edge.wasm" "$here/../cors.mjs" "$here/worker.mjs" "$directory"
sed "s/LISTEN/$listen/; s/UPSTREAM/$upstream/" "$here/worker.capnp" > "$directory/worker.capnp"
exec "$directory/node_modules/.bin/workerd" serve "$directory/worker.capnp"
