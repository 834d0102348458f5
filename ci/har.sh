# `cors har`, compared with the exports of developer tools.

# A page with many kinds of fetch runs in the installed browsers, and their own developer tools export it. The verdict
# on each fetch must be the page's outcome, and the predicted preflights must be those that reached the server.
check_har() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  cargo build --quiet --profile test -p fetch-cors-cli
  python3 spec-vectors/devtools/recorder/check.py "${CARGO_TARGET_DIR:-target}/debug/cors"
}

# Measures the time and the memory of `cors har` for a file of 100 MB, or of MEGABYTES. It should take less than 10 s
# and 1 GB.
task_large_har() {
  local file
  file=$(mktemp)
  trap 'rm -f "$file"' RETURN
  cargo run --quiet --release -p fetch-cors-read --example large -- "${MEGABYTES:-100}" > "$file"
  cargo build --quiet --release -p fetch-cors-cli
  python3 - "${CARGO_TARGET_DIR:-target}/release/cors" "$file" <<'MEASURE'
import os, resource, subprocess, sys, time
begun = time.monotonic()
status = subprocess.run([sys.argv[1], "har", sys.argv[2]], stdout=subprocess.PIPE).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{os.path.getsize(sys.argv[2]) / 1e6:.0f} MB: status {status}, {time.monotonic() - begun:.1f} s, "
      f"of CPU {used.ru_utime:.1f} s and {used.ru_stime:.1f} s, at most {used.ru_maxrss / 1024:.0f} MiB")
MEASURE
}
