# `cors har`, against what developer tools export.

# A page with many kinds of fetch in the browsers that are installed, exported by their own developer tools: the verdict on each
# fetch is what the page's script got, and the preflights that are predicted are those that reached the server.
check_har() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  cargo build --quiet --profile test -p fetch-cors-cli
  python3 spec-vectors/devtools/recorder/check.py "${CARGO_TARGET_DIR:-target}/debug/cors"
}
