# The test helper, crates/test: its own tests, frameworks in packages of their own, and real browsers.

# Each set of features: a server of `hyper`, a server that listens, a table in TOML.
check_test_helper() {
  CARGO_PROFILE_DEV_DEBUG=0 cargo test --quiet --profile dev -p fetch-cors-test --all-features
}

# Applications of actix-web and Rocket, fetched by pages.
check_test_frameworks() {
  local framework
  for framework in actix rocket; do
    cargo test --quiet --locked --manifest-path "crates/test/examples/$framework/Cargo.toml"
  done
}

# The same fetches in the installed browsers and in the model. The outcomes and the requests to the server must be
# equal.
check_test_browsers() { cargo run --quiet --profile test -p fetch-cors-test --all-features --example browsers; }
