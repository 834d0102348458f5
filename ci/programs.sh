# Programs over the library: for other targets, without std, without an allocator, without a panic path.

# Programs over the core, each of which links only if no panic path is left in it; those of the list must not link. What is left
# depends on the compiler: the list is that of rustc 1.95 with the probes' own profile.
check_panics() {
  [[ $(rustc -vV) == *"host: x86_64-unknown-linux-gnu"* ]] || { echo "skipped: not x86_64 Linux"; return 0; }
  [[ $(rustc -V) == "rustc 1.95."* ]] || echo "note: checked with $(rustc -V), not with 1.95"
  local program output listed failed=0
  local build=(cargo build --quiet --locked --release --manifest-path probes/no-panic/Cargo.toml)
  # All at once, side by side; what does not link is built again below, for its message.
  "${build[@]}" --bins --keep-going > /dev/null 2>&1 || true
  for program in probes/no-panic/src/bin/*.rs; do
    program=$(basename "$program" .rs)
    listed=$(grep -c "^$program " probes/no-panic/STILL_PANIC || true)
    if output=$("${build[@]}" --bin "$program" 2>&1); then
      ((listed == 0)) || { echo "$program: links, so it must be taken off the list"; failed=1; }
    elif [[ $output != *"undefined symbol: a_panic_path_is_left"* && $output != *"undefined reference to \`a_panic_path_is_left"* ]]; then
      echo "$output"
      failed=1
    elif ((listed == 0)); then
      echo "$program: holds a panic path"
      failed=1
    fi
  done
  return "$failed"
}

# A program without std and without an allocator has all it needs, runs, and holds no symbol of either; with `alloc` it does not
# link, which shows that an allocator would be seen.
check_linked() {
  cd probes
  local target=x86_64-unknown-linux-gnu program symbols output
  program=${CARGO_TARGET_DIR:-$PWD/target}/$target/release/bare
  cargo build --quiet --release --target "$target" -p bare
  "$program"
  [[ -z $(nm --undefined-only "$program") ]]
  symbols=$(nm --demangle "$program")
  grep --quiet 'fetch_cors::' <<< "$symbols"
  none grep -E '\b(alloc|std)::|__rust_|__rdl_|__rg_|malloc' <<< "$symbols"
  if output=$(cargo build --release --target "$target" -p bare --features alloc 2>&1); then
    echo "it links with \`alloc\`, and should not"
    return 1
  fi
  grep 'error: no global memory allocator found' <<< "$output"
}

# The library for targets without std. Which code a set of features compiles does not depend on the target, but for atomics, and
# which code sees which half is in `features`. So thumbv6m, which has no atomics to swap with, gets both halves with each kind of
# memory; `url` wants such atomics, so WebAssembly has the largest set. Types are checked, which finds an atomic that is missing, and the
# largest set of thumbv6m is built; `arm` and `wasm` build and run programs for these targets.
check_targets() {
  local memory every=("")
  for memory in "" heapless alloc alloc,serde heapless,alloc; do every+=("browser,server,$memory"); done
  library_for check thumbv6m-none-eabi "${every[@]}"
  library_for build thumbv6m-none-eabi browser,server,heapless,alloc,serde
  library_for check wasm32-unknown-unknown "" browser,server,heapless,alloc,serde,url
}

# check|build TARGET FEATURES...: checks or builds the library once for each set.
library_for() (
  command=$1 target=$2
  shift 2
  setting=$(probes/sysroot.sh "$target")
  eval "$setting"
  export CARGO_PROFILE_DEV_DEBUG=none CARGO_INCREMENTAL=0
  for features; do cargo "$command" --quiet --lib --target "$target" --no-default-features --features "$features"; done
  echo "$target: $command of $# sets of features"
)

# The linker that comes with the toolchain.
rust_lld() { echo "$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld"; }

# The program of `linked` on bare metal, with words of 32 bits, in an emulator.
check_arm() { bare_on thumbv6m-none-eabi; }

# The same on a core that has more instructions: its library is built for this check alone.
check_larger_arm() { bare_on thumbv7em-none-eabi; }

bare_on() (
  export CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER CARGO_TARGET_THUMBV7EM_NONE_EABI_LINKER
  CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER=$(rust_lld)
  CARGO_TARGET_THUMBV7EM_NONE_EABI_LINKER=$CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER
  cd probes
  setting=$(./sysroot.sh "$1")
  eval "$setting"
  cargo build --quiet --release --target "$1" -p bare
  # Its status is that of the check: within `echo "$(...)"` it would be lost.
  output=$(qemu-arm-static -cpu max "$CARGO_TARGET_DIR/$1/release/bare") || { echo "$1: $output"; exit 1; }
  echo "$1: $output"
)

# A WebAssembly module in Node: the cases of `arm`, and recorded fetches of browsers.
check_wasm() {
  local setting
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
  cd probes
  setting=$(./sysroot.sh wasm32-unknown-unknown)
  eval "$setting"
  cargo build --quiet --release --target wasm32-unknown-unknown -p module --features server,classify,heapless,cases,profiles
  node module/replay.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/module.wasm" ../spec-vectors/browsers/*/*.jsonl
}

# The example for runtimes at the edge: over HTTP, and from pages in the browsers that are installed.
check_edge() {
  local setting
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
  setting=$(probes/sysroot.sh wasm32-unknown-unknown)
  eval "$setting"
  cd examples/edge
  cargo build --quiet --release --target wasm32-unknown-unknown
  node check.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/edge.wasm"
  node browser.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/edge.wasm"
}

# The tests with words of 32 bits: all vectors, all recordings, properties.
check_words() {
  local setting
  setting=$(probes/sysroot.sh i686-unknown-linux-gnu)
  eval "$setting"
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  cargo test --release --all-features --target i686-unknown-linux-gnu \
    --lib --test vectors --test recordings --test server --test properties
}

# `probes/sizes.tsv` has the sizes that the script prints, to within 5 in 100: compilers differ.
check_sizes() {
  local measured
  measured=$(probes/sizes.sh)
  echo "$measured"
  awk -F '\t' '
    NR == FNR { for (column = 2; column <= 3; column++) written[$1, column] = $column; next }
    {
      for (column = 2; column <= 3; column++) {
        if (written[$1, column] == $column) continue
        if (written[$1, column] < $column * 0.95 || written[$1, column] > $column * 1.05) {
          print "sizes.tsv has", $1 ":", written[$1, column]
          wrong = 1
        }
      }
      rows++
    }
    END { exit wrong || rows < 5 }' probes/sizes.tsv - <<< "$measured"
}
