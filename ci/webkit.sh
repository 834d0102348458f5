# Needs WebKitGTK's MiniBrowser and Xvfb, and is skipped without them.

# What the console of a real WebKit says of the collected failures is what their cases expect.
check_webkit() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/failures.py
}
