#!/usr/bin/env bash
# Prints the size of programs in bytes, by the parts of the library that they call: linked for wasm32 and for thumbv6m.
#
# Compiled for size, with `--cfg fetch_cors_small`. A row is `probes/module` with these features: the whole WebAssembly
# module, and for a Cortex-M0 the code that remains after linking.
set -euo pipefail
cd "$(dirname "$0")"

linker=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker CARGO_PROFILE_RELEASE_STRIP=symbols

# More flags of the compiler.
more=

# FEATURES: the bytes of the module.
wasm() (
  eval "$(./sysroot.sh wasm32-unknown-unknown)"
  export RUSTFLAGS="$RUSTFLAGS --cfg fetch_cors_small $more"
  cargo build --quiet --release --target wasm32-unknown-unknown -p module --features "$1"
  wc -c < "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/module.wasm"
)

# FEATURES FUNCTION...: the bytes of code and constants that these functions need.
arm() (
  eval "$(./sysroot.sh thumbv6m-none-eabi)"
  export RUSTFLAGS="$RUSTFLAGS --cfg fetch_cors_small $more"
  cargo rustc --quiet --release --target thumbv6m-none-eabi -p module --features "$1" --crate-type staticlib
  linked=$CARGO_TARGET_DIR/thumbv6m-none-eabi/release/module.elf
  "$linker" -flavor gnu --gc-sections --entry=echo $(printf -- ' --undefined=%s' "${@:2}") \
    "$CARGO_TARGET_DIR/thumbv6m-none-eabi/release/libmodule.a" -o "$linked"
  # The sizes of loaded sections with contents.
  readelf --wide --sections "$linked" \
    | awk '$0 ~ /PROGBITS|ARM_EXIDX/ && $0 ~ / A?W?A[XMSWL]* +[0-9]/ { sub(/^ *\[ *[0-9]+\]/, ""); print $5 }' \
    | { sum=0; while read -r size; do sum=$((sum + 16#$size)); done; echo "$sum"; }
)

row() { printf '%s\t%s\t%s\n' "$1" "$(wasm "$2")" "$([[ $2 == *cache* ]] && echo – || arm "$2" echo ${*:3})"; }

row "lines read and written, nothing else" ""
row "and a \`const\` policy: \`server\`" server answer
row "and whether a fetch needs a preflight: \`browser\`" classify classify
row "and whole fetches: \`browser\`" browser drive
row "policy and whole fetches: \`server\`, \`browser\`" server,browser answer drive
row "the same with a cache of fixed memory: \`heapless\`" server,heapless answer drive
row "the same with a cache that grows: \`cache\`" server,cache answer drive
more="--cfg fetch_cors_standard_only"
row "whole fetches by the standard alone: \`browser\`" browser drive
row "policy and whole fetches by the standard alone: \`server\`, \`browser\`" server,browser answer drive
