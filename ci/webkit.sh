# These checks need WebKitGTK's MiniBrowser and Xvfb, and are skipped without them.

# The console of a real WebKit must print what the cases of the collected failures expect, and `cors explain` must print
# the same lines.
check_webkit() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/failures.py
  CARGO_PROFILE_DEV_DEBUG=0 cargo build --quiet -p fetch-cors-cli --no-default-features
  python3 spec-vectors/recorder/consoles.py "${CARGO_TARGET_DIR:-target}/debug/cors"
}
