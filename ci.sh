#!/usr/bin/env bash
# The project's checks, one or all: `./ci.sh` lists them, `./ci.sh CHECK...` runs some, `./ci.sh all` runs what CI runs.
set -euo pipefail
cd "$(dirname "$0")"

# What CI runs, in this order. Each is a function below.
CHECKS=(format lint features test fuzz panics docs linked targets arm wasm words sizes replay departures live edge examples instructions names)

# Fails where the command finds something: `!` alone would stop nothing.
none() { if "$@"; then return 1; fi; }

# Formatting.
format() {
  cargo fmt --all --check
  cargo fmt --check --all --manifest-path probes/Cargo.toml
  cargo fmt --check --manifest-path probes/no-panic/Cargo.toml
  cargo fmt --check --manifest-path examples/edge/Cargo.toml
}

# Clippy, with everything and with little.
lint() {
  cargo clippy --quiet --all-targets --all-features -- -D warnings
  cargo clippy --quiet --release --target x86_64-unknown-linux-gnu --manifest-path probes/Cargo.toml -p cases -p bare -- -D warnings
  cargo clippy --quiet -p fetch-cors-benches --all-targets -- -D warnings
  cargo clippy --quiet -p fetch-cors-fuzz --no-default-features --all-targets -- -D warnings
  for features in "" browser browser,heapless browser,alloc server server,heapless server,alloc; do
    cargo clippy --quiet --lib --no-default-features --features "$features" -- -D warnings
  done
}

# Every pair of features, none, and all.
features() {
  local all=(alloc browser heapless http serde server std tower url) first second
  cargo check --quiet --lib --no-default-features
  cargo check --quiet --lib --all-features
  for first in "${all[@]}"; do
    for second in "${all[@]}"; do
      [[ $first < $second || $first == "$second" ]] || continue
      cargo check --quiet --lib --no-default-features --features "$first,$second"
    done
  done
}

# The tests, as README has it; those that draw millions; and with fewer features, of which each draws less: with std, which adds
# nothing to the library but `alloc`, and what needs no allocator without one.
test() {
  local features
  cargo test --all-features
  cargo test --all-features --test server --test agreement -- --ignored
  export PROPTEST_CASES=64
  for features in std,browser,server browser,server,heapless; do
    cargo test --no-default-features --features "$features" --lib --tests
  done
  cargo test --no-default-features --features browser --lib --test vectors --test properties
  cargo test --no-default-features --features server --lib
  unset PROPTEST_CASES
}

# The fuzzer's corpora and all vectors through the fuzz targets, without the fuzzer.
fuzz() { cargo test --quiet -p fetch-cors-fuzz --no-default-features --test replay; }

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

# A program without std and without an allocator has all it needs, runs, and holds no symbol of either; with `alloc` it does not
# link, which shows that an allocator would be seen.
linked() (
  cd probes
  target=x86_64-unknown-linux-gnu program=${CARGO_TARGET_DIR:-$PWD/target}/$target/release/bare
  cargo build --quiet --release --target "$target" -p bare
  "$program"
  [[ -z $(nm --undefined-only "$program") ]]
  symbols=$(nm --demangle "$program")
  grep --quiet 'fetch_cors::' <<< "$symbols"
  none grep -E '\b(alloc|std)::|__rust_|__rdl_|__rg_|malloc' <<< "$symbols"
  if said=$(cargo build --release --target "$target" -p bare --features alloc 2>&1); then
    echo "it links with \`alloc\`, and should not"
    return 1
  fi
  grep 'error: no global memory allocator found' <<< "$said"
)

# The library with every set of features for targets without std, the targets side by side.
targets() {
  local target jobs=() job failed=0
  for target in wasm32-unknown-unknown thumbv6m-none-eabi thumbv7em-none-eabi; do
    every_set_of_features "$target" &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do wait "$job" || failed=1; done
  return "$failed"
}

# Those that do not want std, each once: `serde` implies `server` and `alloc`, `url` implies `browser` and `alloc`, and wants
# atomics, which thumbv6m has not.
every_set_of_features() (
  set -e
  target=$1 built=0
  setting=$(probes/sysroot.sh "$target")
  eval "$setting"
  export CARGO_PROFILE_DEV_DEBUG=none CARGO_INCREMENTAL=0
  for halves in "" browser server browser,server; do
    for memory in "" heapless alloc heapless,alloc; do
      others=("")
      [[ $memory == *alloc* && $halves == *server* ]] && others+=(serde)
      [[ $memory == *alloc* && $halves == *browser* && $target != thumbv6m-* ]] && others+=(url)
      [[ ${#others[@]} == 3 ]] && others+=(serde,url)
      for other in "${others[@]}"; do
        cargo build --quiet --lib --target "$target" --no-default-features --features "$halves,$memory,$other"
        built=$((built + 1))
      done
    done
  done
  echo "$target: $built sets of features"
)

# The linker that comes with the toolchain.
rust_lld() { echo "$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld"; }

# The same program on bare metal, with words of 32 bits, in an emulator.
arm() (
  linker=$(rust_lld)
  export CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER=$linker CARGO_TARGET_THUMBV7EM_NONE_EABI_LINKER=$linker
  cd probes
  for target in thumbv6m-none-eabi thumbv7em-none-eabi; do
    # Each from the same directory, so that no library is built a second time.
    (
      setting=$(./sysroot.sh "$target")
      eval "$setting"
      cargo build --quiet --release --target "$target" -p bare
      echo "$target: $(qemu-arm-static -cpu max "$CARGO_TARGET_DIR/$target/release/bare")"
    )
  done
)

# A WebAssembly module in Node: the same cases, and recorded fetches of browsers.
wasm() (
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
  cd probes
  setting=$(./sysroot.sh wasm32-unknown-unknown)
  eval "$setting"
  cargo build --quiet --release --target wasm32-unknown-unknown -p module --features server,classify,heapless,cases,profiles
  node module/replay.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/module.wasm" ../spec-vectors/browsers/*/*.jsonl
)

# The example for runtimes at the edge: over HTTP, and from pages in the browsers that are installed.
edge() (
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
  setting=$(probes/sysroot.sh wasm32-unknown-unknown)
  eval "$setting"
  cd examples/edge
  cargo build --quiet --release --target wasm32-unknown-unknown
  node check.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/edge.wasm"
  node browser.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/edge.wasm"
)

# The tests with words of 32 bits: all vectors, all recordings, properties.
words() (
  setting=$(probes/sysroot.sh i686-unknown-linux-gnu)
  eval "$setting"
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  cargo test --release --all-features --target i686-unknown-linux-gnu \
    --lib --test vectors --test recordings --test server --test properties
)

# README's table of sizes is what the script prints, to within 5 in 100: compilers differ.
sizes() {
  probes/sizes.sh | tee >(cat >&2) | awk -F ' *[|] *' '
    NR == FNR { for (column = 3; column <= 4; column++) told[$2, column] = $column; next }
    FNR > 2 {
      for (column = 3; column <= 4; column++) {
        if (told[$2, column] == $column) continue
        if (told[$2, column] < $column * 0.95 || told[$2, column] > $column * 1.05) { print "README has", $2 ":", told[$2, column]; wrong = 1 }
      }
      rows++
    }
    END { exit wrong || rows < 5 }' README.md -
}

# Recordings of real browsers against the profiles: all requests, outcomes and ids.
replay() {
  local browser
  for browser in chromium firefox webkit; do
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

# Instructions, counted by callgrind, and allocations: how they grow with what is sent, and whether they are those of
# `benches/baseline/`. Figures depend on the compiler, limits do not.
instructions() { counts; }

counts() {
  cargo bench --quiet -p fetch-cors-benches --bench allocations -- "$@"
  cargo bench --quiet -p fetch-cors-benches --bench instructions -- "$@"
}

# Header names are never abbreviated in code, no file of the library passes 400 lines, nothing unsafe stands anywhere, and
# the tests that pages name are there.
names() {
  local named file missing=0
  none git grep -nwE 'acao|acac|acam|acah|acma|aceh|acrm|acrh|ACAO|ACAC|ACAM|ACAH|ACMA|ACEH|ACRM|ACRH' -- src examples tests fuzz probes benches
  none git grep -nE '\bunsafe\b *(\{|fn|impl)|allow\(dead_code|todo!\(|unimplemented!\(' -- src
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

# Mutants of the crate, with `.cargo/mutants.toml`: all, or the shard that SHARD=k/n names, from 0. Prints those that no test
# catches. Not among the checks: it wants cargo-mutants and many hours. What each run says is kept in `target/mutants/`.
mutants() {
  local kept=target/mutants/${SHARD:-all}
  mkdir -p "$kept"
  PROPTEST_CASES=${PROPTEST_CASES:-64} PROPTEST_DISABLE_FAILURE_PERSISTENCE=1 \
    cargo mutants ${SHARD:+--shard "$SHARD"} --jobs "${JOBS:-1}" --output "$kept"
}

# Writes what `instructions` compares, for this compiler.
baseline() { counts --write-baseline; }

# Other crates beside this one, and the page of it: `benches/README.md`. Not among the checks: it builds these crates, which
# takes minutes, and then measures for ten.
report() {
  local bench=(cargo bench --quiet -p fetch-cors-benches --features peers) to=benches/report kept=${CARGO_TARGET_DIR:-target}
  "${bench[@]}" --bench peers -- show > "$kept/answers.tsv"
  {
    printf 'about\t%s\t%s\n' day "$(date -I)" rustc "$(rustc -V)" valgrind "$(valgrind --version)" machine "$(uname -sm)"
    "${bench[@]}" --bench peers -- instructions
    "${bench[@]}" --bench peers-allocations
    "${bench[@]}" --bench peers -- time >&2
    python3 "$to/measured.py" time "$kept/criterion"
    python3 "$to/measured.py" headers "$kept/answers.tsv"
  } > "$to/measured.tsv.new"
  mv "$to/measured.tsv.new" "$to/measured.tsv"
  pictures
}

# That page and its pictures, from what is committed. It wants Python 3.11.
pictures() {
  local environment=${CARGO_TARGET_DIR:-target}/report
  [[ -x $environment/bin/python ]] || python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement benches/report/requirements.txt
  "$environment/bin/python" benches/report/report.py
}

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
