# Programs that use the library: for other targets, without std, without an allocator, without a panic path.

# Programs with the core, each of which links only if it has no panic path. The listed programs must not link. The list
# depends on the compiler: it is for rustc 1.95 with the probes' own profile.
check_panics() {
  [[ $(rustc -vV) == *"host: x86_64-unknown-linux-gnu"* ]] || { echo "skipped: not x86_64 Linux"; return 0; }
  [[ $(rustc -V) == "rustc 1.95."* ]] || echo "note: checked with $(rustc -V), not with 1.95"
  local program output listed failed=0
  local build=(cargo build --quiet --locked --release --manifest-path probes/no-panic/Cargo.toml)
  # All are built side by side. Those that do not link are built again below, for the message.
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

# A program without std and without an allocator must link and run, and hold no symbol of either. With `alloc` it must
# not link, which shows that a use of an allocator would be detected.
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

# The library for targets without std. Which code a feature compiles does not depend on the target, except for atomics;
# `features` checks the rest. thumbv6m has no atomics to swap with, so it gets both halves with each kind of memory.
# `url` needs such atomics, so WebAssembly has the largest set. Checking types finds a missing atomic. The largest set
# of thumbv6m is also built. `arm` and `wasm` build and run programs for these targets.
check_targets() {
  local memory every=("")
  for memory in "" heapless alloc cache,serde heapless,cache; do every+=("browser,server,$memory"); done
  library_for check thumbv6m-none-eabi "${every[@]}"
  library_for build thumbv6m-none-eabi heapless,cache,serde
  library_for check wasm32-unknown-unknown "" heapless,cache,serde,url
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

# The linker of the toolchain.
rust_lld() { echo "$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld"; }

# The program of `linked` on bare metal with 32-bit words, in an emulator.
check_arm() { bare_on thumbv6m-none-eabi; }

# The same on a core with more instructions. Its standard library is built for this check alone.
check_larger_arm() { bare_on thumbv7em-none-eabi; }

bare_on() (
  export CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER CARGO_TARGET_THUMBV7EM_NONE_EABI_LINKER
  CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER=$(rust_lld)
  CARGO_TARGET_THUMBV7EM_NONE_EABI_LINKER=$CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER
  cd probes
  setting=$(./sysroot.sh "$1")
  eval "$setting"
  cargo build --quiet --release --target "$1" -p bare
  # A separate assignment, because `echo "$(...)"` would lose the exit status.
  output=$(qemu-arm-static -cpu max "$CARGO_TARGET_DIR/$1/release/bare") || { echo "$1: $output"; exit 1; }
  echo "$1: $output"
)

# A WebAssembly module in Node: it runs the cases of `arm`, and recorded fetches of browsers.
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

# The example for edge runtimes: over HTTP, and from pages in the installed browsers.
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

# The tests with 32-bit words: all vectors, all recordings, properties.
check_words() {
  local setting
  setting=$(probes/sysroot.sh i686-unknown-linux-gnu)
  eval "$setting"
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  cargo test --release --all-features --target i686-unknown-linux-gnu \
    --lib --test vectors --test recordings --test server --test properties
}

# `probes/sizes.tsv` must have the sizes that the script prints, within 5 %, because compilers differ.
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
