# The code: its format, every set of features, its tests and its documentation.

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

# Clippy over the library with few features. A `cfg` tests a half, a kind of memory, or one foreign crate, or a foreign
# crate together with a half. Halves and memory are four features. The eight sets with an even number of them have every
# combination of any three. So they see every `cfg` both ways, and all that up to three features leave unused. Each half
# alone follows, as most users build it, and each foreign crate with the features that it implies. `cache` and `config` each
# imply a half and memory; no `cfg` tests one of them together with the other half. `lint` has all features together. The
# build directory is separate, so that it does not wait for a parallel build.
check_features() {
  local features even=("" browser,server heapless,alloc browser,server,heapless,alloc)
  even+=(browser,heapless browser,alloc server,heapless server,alloc)
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/features
  for features in "${even[@]}" server browser; do library_with "$features"; done
  # `http` implies neither half; with the server half it is `tower`.
  for features in cache config std http browser,http serde tower tracing url; do library_with "$features"; done
}

library_with() { cargo clippy --quiet --lib --no-default-features --features "$1" -- -D warnings; }

# The tests as README runs them, and those of both halves without an allocator. Random cases come from a fixed seed, so
# that a push never fails by an unrelated case; `more_tests` uses new seeds.
check_test() {
  export PROPTEST_RNG_SEED=20261127
  cargo test --all-features
  without_allocator --lib --test browser_allocations --test messages --test properties --test vectors
}

# Extensions of `test`: ten times as many random cases, with new seeds; the tests with millions of cases; every test
# without an allocator, and with one but without a foreign crate. One half alone compiles to the same code as beside the
# other, as `features` shows, so it has no run of its own.
check_more_tests() {
  PROPTEST_CASES=20000 cargo test --all-features --test properties --test server
  cargo test --all-features --test server --test agreement -- --ignored
  without_allocator --lib --tests
  PROPTEST_CASES=64 cargo test --no-default-features --features std,cache,config --lib --tests
}

without_allocator() { PROPTEST_CASES=64 cargo test --no-default-features --features browser,server,heapless "$@"; }

# The fuzzer's corpora and all vectors, run through the fuzz targets without the fuzzer.
check_fuzz() { cargo test --quiet -p fetch-cors-fuzz --no-default-features --test replay; }

# The package must pass its own tests. Cargo removes the test kit, which is not published. `exclude` in Cargo.toml
# leaves out the tests that need the kit or the recordings. The remaining tests need nothing outside the package.
check_package() {
  echo "left out of the package, for the test kit and the recordings: agreement, content_type_charset, properties, recordings, server"
  in_package cargo test --all-features --no-fail-fast
}

# Runs a command in the unpacked package. The package is outside this workspace, so that cargo does not treat it as a
# member. It uses this build directory, so that dependencies are not built again.
in_package() {
  local unpacked status=0
  export CARGO_TARGET_DIR
  CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
  cargo package --quiet --no-verify --allow-dirty
  unpacked=$(mktemp -d)
  tar --extract --file "$(ls -t "$CARGO_TARGET_DIR"/package/fetch-cors-*.crate | head -n 1)" --directory "$unpacked" --strip-components 1
  # A `cd` in a condition would switch `set -e` off for the command.
  env --chdir "$unpacked" "$@" & wait $! || status=$?
  rm -rf "$unpacked"
  return "$status"
}

# The documentation must have no dead link. The `doc(cfg)` badges of docs.rs are a feature of nightly compilers.
check_docs() {
  RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --all-features
  RUSTDOC=$PWD/ci/rustdoc-docsrs RUSTDOCFLAGS="-D warnings --cfg docsrs" cargo doc --quiet --no-deps --all-features
}
