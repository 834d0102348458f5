# What a release needs: the public API, dependencies, the lowest versions of these. `docs/RELEASE.md` says when each is run.

# The public API is that of `docs/public-api.txt`. Where cargo-public-api is missing, items are compared by rustdoc's own list of
# them, which has no methods, fields and variants.
check_api() {
  if cargo public-api --version > /dev/null 2>&1; then
    public_api | diff docs/public-api.txt - || { echo "the public API has changed: \`./ci.sh api\` writes docs/public-api.txt"; return 1; }
    return
  fi
  echo "no cargo-public-api: only items are compared"
  cargo doc --quiet --no-deps --all-features
  diff <(listed_items) <(documented_items) || { echo "items have changed: \`./ci.sh api\` writes docs/public-api.txt"; return 1; }
}

# The items of the listing, and those of the documentation: `pub struct fetch_cors::a::B` and `a/struct.B.html` are both `a::B`.
listed_items() {
  sed -nE 's/^(#\[[^]]*\] )*pub (const fn|fn|struct|enum|trait|const|type) fetch_cors::([a-z_:]*[A-Za-z_]+).*/\3/p' docs/public-api.txt | sort -u
}

# Licences, sources and bans of dependencies. Advisories need a database from the network; without it only they are left out.
check_deny() {
  cargo deny --version > /dev/null 2>&1 || { echo "skipped: no cargo-deny (cargo install --locked cargo-deny)"; return 0; }
  cargo deny --offline check bans licenses sources
  cargo deny fetch db > /dev/null 2>&1 || { echo "skipped: advisories, whose database cannot be fetched here"; return 0; }
  cargo deny check advisories
}

# The library with the lowest versions of its dependencies that Cargo.toml allows: in the package, where nothing else asks for
# newer ones.
check_minimal_versions() {
  in_package bash -euc '
    sed -i "/^\[dev-dependencies/,/^$/d" Cargo.toml
    rm Cargo.lock
    RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions
    cargo tree --depth 1 --all-features --edges normal
    cargo check --quiet --lib --all-features --target-dir minimal'
}
