# Needs WebKitGTK's MiniBrowser and Xvfb, and is skipped without them.

# What the console of a real WebKit says of the collected failures is what their cases expect, and `cors explain` prints its lines.
check_webkit() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/failures.py
  CARGO_PROFILE_DEV_DEBUG=0 cargo build --quiet -p fetch-cors-cli
  python3 spec-vectors/recorder/consoles.py "${CARGO_TARGET_DIR:-target}/debug/cors"
}
