# The library as compiled for size, with a different search for patterns: the tests of policies with `--cfg
# fetch_cors_small`. The test with 20,000 patterns is left out, because this build compares wildcards one by one.
check_small() (
  export RUSTFLAGS="--cfg fetch_cors_small" CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/small
  cargo clippy --quiet --no-deps --lib --features serde -- -D warnings
  cargo test --quiet --test server --features serde -- --skip 20_000
)
