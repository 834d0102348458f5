# The library as compiled for size, with a different search for patterns: the tests of policies with `--cfg
# fetch_cors_small`. The test with 20,000 patterns is left out, because this build compares wildcards one by one.
check_small() (
  export RUSTFLAGS="--cfg fetch_cors_small" CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/small
  cargo clippy --quiet --no-deps --lib --features serde -- -D warnings
  cargo test --quiet --test server --features serde -- --skip 20_000
)

# A module that knows the standard alone does what the one with all profiles does by the standard.
check_standard_only() (
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
  cd probes
  setting=$(./sysroot.sh wasm32-unknown-unknown)
  eval "$setting"
  build=(cargo build --quiet --release --target wasm32-unknown-unknown -p module --features)
  module=$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/module.wasm
  RUSTFLAGS="$RUSTFLAGS --cfg fetch_cors_standard_only" "${build[@]}" browser
  cp "$module" "$module.standard"
  "${build[@]}" server,classify,heapless,cases,profiles
  node module/replay.mjs "$module,$module.standard" ../spec-vectors/browsers/*/*.jsonl
)
