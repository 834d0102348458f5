# The helper for tests, crates/test: its own tests, frameworks that have a package of their own, and real browsers.

# Each set of features: a server of `hyper`, a server that listens, a table in TOML.
check_test_helper() {
  CARGO_PROFILE_DEV_DEBUG=0 cargo test --quiet --profile dev -p fetch-cors-test --all-features
}

# Applications of actix-web and Rocket, asked by pages.
check_test_frameworks() {
  local framework
  for framework in actix rocket; do
    cargo test --quiet --locked --manifest-path "crates/test/examples/$framework/Cargo.toml"
  done
}

# The same fetches in the browsers that are installed, and in the model: what comes of them, and what the server sees.
check_test_browsers() { cargo run --quiet --profile test -p fetch-cors-test --all-features --example browsers; }
