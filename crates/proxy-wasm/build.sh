#!/usr/bin/env bash
# Builds the filter, and prints the path of the module: `crates/proxy-wasm/build.sh`.
#
# If rustup has the target, this is `cargo build --release --target wasm32-unknown-unknown` in this folder.
set -euo pipefail
cd "$(dirname "$0")"

setting=$(../../probes/sysroot.sh wasm32-unknown-unknown)
eval "$setting"
# Flags of the environment would replace those of `.cargo/config.toml`; flags of an option are added to them.
flags=$(printf ', "%s"' $RUSTFLAGS)
unset RUSTFLAGS
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
cargo build --quiet --release --target wasm32-unknown-unknown --config "target.wasm32-unknown-unknown.rustflags = [${flags:2}]"
echo "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/fetch_cors_proxy_wasm.wasm"
