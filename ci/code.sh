# The code: its form, every set of features, its tests and its documentation.

check_format() {
  cargo fmt --all --check
  cargo fmt --all --check --manifest-path probes/Cargo.toml
  cargo fmt --check --manifest-path probes/no-panic/Cargo.toml
  cargo fmt --all --check --manifest-path examples/edge/Cargo.toml
  cargo fmt --check --manifest-path examples/pingora-proxy/Cargo.toml
  cargo fmt --check --manifest-path crates/proxy-wasm/Cargo.toml
}

# Clippy over all code, with all features. It knows the minimum Rust version (`incompatible_msrv`), and rejects what is newer.
check_lint() {
  cargo clippy --quiet -p fetch-cors -p fetch-cors-testkit --all-targets --all-features -- -D warnings
  cargo clippy --quiet -p fetch-cors-read -p fetch-cors-test --all-targets --all-features -- -D warnings
}

# Clippy over the programs around the library, each with dependencies of its own: `fuzz`, `instructions`, `panics`, `linked` and `wasm`
# compile them for each push, without lints.
check_lint_programs() {
  cargo clippy --quiet --release --target x86_64-unknown-linux-gnu --manifest-path probes/Cargo.toml -p cases -p bare -- -D warnings
  cargo clippy --quiet --release --manifest-path probes/no-panic/Cargo.toml -- -D warnings
  cargo clippy --quiet --manifest-path examples/edge/Cargo.toml -p exchange -- -D warnings
  cargo clippy --quiet -p fetch-cors-benches --features callgrind,time --all-targets -- -D warnings
  cargo clippy --quiet -p fetch-cors-fuzz --no-default-features --all-targets -- -D warnings
}

# Clippy over the library with few features. A `cfg` reads a half, a kind of memory, or one foreign crate, and at most two of
# these together (a foreign crate with a half). Halves and memory are four features. The eight sets of an even number of them have every
# choice of any three, so they see every `cfg` both ways, and whatever up to three of them leave unused. The default's half, and the
# other, alone are what most users build. Each foreign crate is with what it implies; all features together are in `lint`. It has a
# directory of its own, so that it does not wait for a build beside it.
check_features() {
  local features even=("" browser,server heapless,alloc browser,server,heapless,alloc)
  even+=(browser,heapless browser,alloc server,heapless server,alloc)
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/features
  for features in "${even[@]}" server browser; do library_with "$features"; done
  # `http` implies neither half; with the server half it is `tower`.
  for features in std http browser,http serde tower tracing url; do library_with "$features"; done
}

library_with() { cargo clippy --quiet --lib --no-default-features --features "$1" -- -D warnings; }

# The tests as README has them, and those of both halves without an allocator. What they draw is the same each time, so that a push does not fail by a
# draw that has nothing to do with it: `more_tests` draws anew.
check_test() {
  export PROPTEST_RNG_SEED=20261127
  cargo test --all-features
  without_allocator --lib --test browser_allocations --test messages --test properties --test vectors
}

# What repeats `test`: ten times as many draws, each time others; those that draw millions; every test without an allocator; and with
# one but without any foreign crate. One half alone compiles to the same code as beside the other, as `features` shows, so it has no run of its own.
check_more_tests() {
  PROPTEST_CASES=20000 cargo test --all-features --test properties --test server
  cargo test --all-features --test server --test agreement -- --ignored
  without_allocator --lib --tests
  PROPTEST_CASES=64 cargo test --no-default-features --features std,browser,server --lib --tests
}

without_allocator() { PROPTEST_CASES=64 cargo test --no-default-features --features browser,server,heapless "$@"; }

# The fuzzer's corpora and all vectors through the fuzz targets, without the fuzzer.
check_fuzz() { cargo test --quiet -p fetch-cors-fuzz --no-default-features --test replay; }

# The package passes its own tests. Cargo takes the test kit, which is not published, out of it; `exclude` in Cargo.toml leaves out
# the tests that need the kit and the recordings, and those that remain need nothing outside the package.
check_package() {
  echo "left out of the package, for the test kit and the recordings: agreement, content_type_charset, properties, recordings, server"
  in_package cargo test --all-features --no-fail-fast
}

# Runs a command in the unpacked package. That is outside this workspace, so that cargo does not take it for a part of it, and is
# built in the same directory, so that dependencies are not built again.
in_package() {
  local unpacked status=0
  export CARGO_TARGET_DIR
  CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
  cargo package --quiet --no-verify --allow-dirty
  unpacked=$(mktemp -d)
  tar --extract --file "$(ls -t "$CARGO_TARGET_DIR"/package/fetch-cors-*.crate | head -n 1)" --directory "$unpacked" --strip-components 1
  # Not by `cd` in a condition: `set -e` would have no effect in the command.
  env --chdir "$unpacked" "$@" & wait $! || status=$?
  rm -rf "$unpacked"
  return "$status"
}

# Documentation without a dead link, and the `doc(cfg)` badges of docs.rs, which are a feature of nightly compilers.
check_docs() {
  RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --all-features
  RUSTDOC=$PWD/ci/rustdoc-docsrs RUSTDOCFLAGS="-D warnings --cfg docsrs" cargo doc --quiet --no-deps --all-features
}
