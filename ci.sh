#!/usr/bin/env bash
# The project's checks, one or all: `./ci.sh` lists them, `./ci.sh CHECK...` runs some, `./ci.sh all` runs what CI runs.
set -euo pipefail
cd "$(dirname "$0")"

# What CI runs, in this order. Each is a function below.
CHECKS=(format lint features test fuzz panics docs replay departures live examples names)

# Formatting.
format() {
  cargo fmt --all --check
  cargo fmt --check --manifest-path probes/no-panic/Cargo.toml
}

# Clippy, with everything and with little.
lint() {
  cargo clippy --quiet --all-targets --all-features -- -D warnings
  cargo clippy --quiet -p fetch-cors-fuzz --no-default-features --all-targets -- -D warnings
  for features in "" browser browser,heapless browser,alloc server server,heapless server,alloc; do
    cargo clippy --quiet --lib --no-default-features --features "$features" -- -D warnings
  done
}

# Every pair of features, none, and all.
features() {
  local all=(alloc browser heapless http serde server std url) first second
  cargo check --quiet --lib --no-default-features
  cargo check --quiet --lib --all-features
  for first in "${all[@]}"; do
    for second in "${all[@]}"; do
      [[ $first < $second || $first == "$second" ]] || continue
      cargo check --quiet --lib --no-default-features --features "$first,$second"
    done
  done
}

# The tests, with everything; those that need no allocator without one.
test() {
  cargo test --release --all-features
  cargo test --release --all-features --test server -- --ignored
  cargo test --release --all-features --test agreement -- --ignored
  cargo test --release --no-default-features --features browser
  cargo test --release --no-default-features --features server
}

# The fuzzer's corpora and all vectors through the fuzz targets, without the fuzzer.
fuzz() { cargo test --quiet --release -p fetch-cors-fuzz --no-default-features --test replay; }

# Programs over the core, each of which links only if no panic path is left in it; those of the list must not link. What is left
# depends on the compiler: the list is that of rustc 1.95 with the probes' own profile.
panics() {
  [[ $(rustc -vV) == *"host: x86_64-unknown-linux-gnu"* ]] || { echo "skipped: no x86_64 Linux"; return 0; }
  [[ $(rustc -V) == "rustc 1.95."* ]] || echo "note: checked with $(rustc -V), not with 1.95"
  local program said listed failed=0
  for program in probes/no-panic/src/bin/*.rs; do
    program=$(basename "$program" .rs)
    listed=$(grep -c "^$program " probes/no-panic/STILL_PANIC || true)
    if said=$(cargo build --quiet --locked --release --manifest-path probes/no-panic/Cargo.toml --bin "$program" 2>&1); then
      ((listed == 0)) || { echo "$program: links, so it is to be taken off the list"; failed=1; }
    elif [[ $said != *"undefined symbol: a_panic_path_is_left"* && $said != *"undefined reference to \`a_panic_path_is_left"* ]]; then
      echo "$said"
      failed=1
    elif ((listed == 0)); then
      echo "$program: holds a panic path"
      failed=1
    fi
  done
  return "$failed"
}

# Documentation, with no dead link.
docs() { RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --all-features; }

# Recordings of real browsers against the profiles: all requests, outcomes and ids.
replay() {
  local browser
  for browser in chromium firefox; do
    cargo run --quiet --release --features url --example replay -- \
      --profile "$browser" --against "$browser" --ids spec-vectors/browsers/*/*.jsonl | tail -n 3
    cargo run --quiet --release --features url --example replay -- \
      --profile fetch --against "$browser" spec-vectors/browsers/*/*.jsonl | tail -n 1
  done
}

# The page of departures is what the recordings say.
departures() {
  cargo run --quiet --release --features url --example departures -- spec-vectors/browsers/*/*.jsonl \
    | diff spec-vectors/browsers/DEPARTURES.md - || { echo "spec-vectors/browsers/DEPARTURES.md is to be written anew"; return 1; }
}

# A hundred fresh scenarios in real browsers, where they are installed.
live() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/live.py --seed 20261121 --scenarios 100
}

# README's other commands.
examples() {
  cargo run --quiet --release --features url --example explain > /dev/null
  cargo run --quiet --release --features serde --example answer -- \
    <(echo '{"origins": "https://app.example"}') <<< '{"method": "GET", "headers": [["origin", "https://app.example"]]}' \
    | grep -q '"access-control-allow-origin","https://app.example"'
}

# Header names are never abbreviated in code, no file of the library passes 400 lines, nothing unsafe stands anywhere, and
# the tests that pages name are there.
names() {
  local named file missing=0
  ! git grep -nwE 'acao|acac|acam|acah|acma|aceh|acrm|acrh|ACAO|ACAC|ACAM|ACAH|ACMA|ACEH|ACRM|ACRH' -- src examples tests fuzz
  ! git grep -nE '\bunsafe\b *(\{|fn|impl)|allow\(dead_code|todo!\(|unimplemented!\(' -- src
  git ls-files 'src/*.rs' | xargs wc -l | awk '$1 > 400 && $2 != "total" { print "over 400 lines:", $2, $1; bad = 1 } END { exit bad }'
  for named in $(grep -ohE '`[a-z_/]+::[a-z_]+`' README.md SECURITY.md | tr -d '`' | sort -u); do
    file=tests/${named%%::*}.rs
    grep -qs "fn ${named##*::}(" "$file" || { echo "no test $named"; missing=1; }
  done
  return "$missing"
}

# Every fuzz target for so many seconds, 60 if nothing else is told by SECONDS_EACH; prints how often each ran. Not among
# the checks: it wants cargo-fuzz and a C++ compiler, and says something only in hours. New inputs go to `fuzz/found/`.
fuzzing() {
  local target found=fuzz/found
  for target in $(cargo fuzz list); do
    mkdir -p "$found/$target"
    CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      cargo fuzz run -s none "$target" "$found/$target" "fuzz/corpus/$target" -- \
      -max_total_time="${SECONDS_EACH:-60}" -max_len=4096 -timeout=10 -print_final_stats=1 > "$found/$target.log" 2>&1 \
      || { tail -n 60 "$found/$target.log"; return 1; }
    echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$found/$target.log") executions"
  done
}

# Instructions, counted by callgrind. Not among the checks: it wants valgrind. Figures depend on the compiler, limits do not.
instructions() { cargo bench --quiet --features http,heapless --bench instructions; }

usage() {
  echo "usage: ./ci.sh all | CHECK..."
  echo "checks: ${CHECKS[*]}"
}

[[ $# -gt 0 ]] || { usage; exit 2; }
[[ $1 == all ]] && set -- "${CHECKS[@]}"
for check in "$@"; do
  [[ $(type -t "$check") == function ]] || { echo "no check \`$check\`"; usage; exit 2; }
done
for check in "$@"; do
  echo "== $check"
  started=$SECONDS
  "$check"
  echo "== $check: passed in $((SECONDS - started)) s"
done
