#!/usr/bin/env bash
# Prints a compiler and its flags for a target that the toolchain does not have: `eval "$(probes/sysroot.sh TARGET)"`.
#
# The library is built once, from the source that Debian packages with its compiler (rustc-web, rust-web-src). It is
# then used like an installed one, by a stable compiler. On bare targets it is core and alloc, so std is missing. If
# rustup has the target, that is used.
set -euo pipefail

target=$1
rustc=/usr/bin/rustc
case $target in
  i686-*) libraries=std,panic_unwind,test panic=unwind ;;
  *) libraries=core,alloc panic=abort ;;
esac

flags() { echo "export RUSTC='$1' RUSTFLAGS='$2' CARGO_TARGET_DIR='$3'"; }

build=${CARGO_TARGET_DIR:-$(dirname "$0")/../target}
mkdir -p "$build"
build=$(cd "$build" && pwd)
if compgen -G "$(rustc --print target-libdir --target "$target")/libcore-*.rlib" > /dev/null; then
  flags "$(command -v rustc)" "" "$build/with-target/$target"
  exit
fi
[[ -x $rustc && -d /usr/lib/rustlib/src/rust/library ]] || { echo "no library for $target: apt-get install rustc-web rust-web-src" >&2; exit 1; }

version=$("$rustc" --version | awk '{ print $2 }')
work=$build/sysroot/$version
done=$work/lib/rustlib/$target/lib
if [[ ! -d $done ]]; then
  empty=$work/empty-$target
  mkdir -p "$empty/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[profile.release]\npanic = "%s"\n' "$panic" > "$empty/Cargo.toml"
  echo '#![no_std]' > "$empty/src/lib.rs"
  # With bitcode, so that link-time optimization covers the library.
  RUSTC=$rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes cargo build --quiet --release --target "$target" \
    --manifest-path "$empty/Cargo.toml" --target-dir "$work/build-$target" -Zbuild-std="$libraries" >&2
  mkdir -p "$work/lib/rustlib/$target"
  rm -rf "$done.part"
  mkdir "$done.part"
  for library in "$work/build-$target/$target"/release/deps/lib*.rlib; do
    [[ $library == */libempty-* ]] || cp "$library" "$done.part"
  done
  mv "$done.part" "$done"
  rm -rf "$work/build-$target" "$empty"
fi
flags "$rustc" "--sysroot=$work" "$build/with-sysroot/$target"
