# The checks of a release: the public API, the dependencies, their lowest versions. `docs/RELEASE.md` says when each
# runs.

# The public API, with all signatures, must be that of `docs/public-api.txt`.
check_api() {
  local listed status=0
  command -v python3 > /dev/null || { echo "skipped: no Python 3"; return 0; }
  listed=$(public_api) || status=$?
  if ((status == 3)); then echo "skipped: $(rustc -V) writes another format than the listing was made from"; return 0; fi
  ((status == 0)) || return "$status"
  diff docs/public-api.txt - <<< "$listed" || { echo "the public API has changed: \`./ci.sh api_listing\` writes docs/public-api.txt"; return 1; }
}

# The listing comes from rustdoc's JSON, a feature of nightly compilers. cargo-public-api prints the same, but takes
# minutes to install.
public_api() {
  RUSTDOC=$PWD/ci/rustdoc-docsrs cargo rustdoc --quiet --lib --all-features -- -Z unstable-options --output-format json --cap-lints allow \
    && python3 ci/public-api.py "${CARGO_TARGET_DIR:-target}/doc/fetch_cors.json"
}

# Licences, sources and bans of the dependencies of all packages in the workspace. Advisories need a database from the
# network, and are skipped without it.
check_deny() {
  cargo deny --version > /dev/null 2>&1 || { echo "skipped: no cargo-deny (cargo install --locked cargo-deny)"; return 0; }
  cargo deny --offline --workspace check bans licenses sources
  cargo deny fetch db > /dev/null 2>&1 || { echo "skipped: advisories, whose database cannot be fetched here"; return 0; }
  cargo deny --workspace check advisories
}

# The library with the lowest versions of its dependencies that Cargo.toml allows. It is built in the package, where no
# other crate requires newer ones.
check_minimal_versions() {
  in_package bash -euc '
    sed -i "/^\[dev-dependencies/,/^$/d" Cargo.toml
    rm Cargo.lock
    RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions
    cargo tree --depth 1 --all-features --edges normal
    cargo check --quiet --lib --all-features --target-dir minimal'
}
