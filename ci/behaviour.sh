# The behaviour of the library: compared with recordings of real browsers, in the programs that pages name, and its
# cost.

# The programs run as `cargo test` has built them, so that no dependency is built again.
example() { cargo run --quiet --profile test --all-features --example "$@"; }
# Without `check`, which needs TLS and takes as long to build as all else of the program.
cors() { CARGO_PROFILE_DEV_DEBUG=0 cargo run --quiet --profile dev -p fetch-cors-cli --no-default-features -- "$@"; }

# Recordings of real browsers against the profiles: all requests, outcomes and ids.
check_replay() {
  local browser
  for browser in chromium firefox webkit; do
    example replay -- --profile "$browser" --against "$browser" --ids spec-vectors/browsers/*/*.jsonl | tail -n 3
    example replay -- --profile fetch --against "$browser" spec-vectors/browsers/*/*.jsonl | tail -n 1
  done
}

# The page of departures must be what the example writes from the recordings.
check_departures() {
  example departures -- spec-vectors/browsers/*/*.jsonl \
    | diff spec-vectors/browsers/DEPARTURES.md - || { echo "spec-vectors/browsers/DEPARTURES.md must be written again"; return 1; }
}

# A hundred fresh scenarios in real browsers, where they are installed.
check_live() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/live.py --seed 20261121 --scenarios 100
}

# README's other commands, and the output that README quotes.
check_examples() {
  cors explain --example | quoted_in_order README.md "The lines that follow are printed by: explain"
  cors message CORSMissingAllowOrigin > /dev/null
  cors answer <(echo '{"origins": "https://app.example"}') <<< '{"method": "GET", "headers": [["origin", "https://app.example"]]}' \
    | grep -q '"access-control-allow-origin","https://app.example"'
}

# PAGE MARKER: the block after the marker on the page must quote lines of standard input, in order. `…` matches any
# lines.
quoted_in_order() {
  awk -v marker="$2" '
    NR == FNR {
      if (index($0, marker)) follows = 1
      else if (follows && /^```/) { if (inside) follows = inside = 0; else inside = 1 }
      else if (inside && $0 !~ /^ *…$/) quoted[++count] = $0
      next
    }
    found < count && $0 == quoted[found + 1] { found++ }
    END {
      if (count == 0) { print "nothing is quoted after: " marker; exit 1 }
      if (found < count) { print "not printed, or not in this order: " quoted[found + 1]; exit 1 }
    }' "$1" -
}

# Instructions, counted by callgrind, and allocations. Their growth must stay within limits, and they must equal those
# of `benches/baseline/`. The figures depend on the compiler; the limits do not.
check_instructions() { counts; }

# With a fixed seed of the hashes, so that each count repeats.
counts() {
  local bench=(cargo bench --quiet -p fetch-cors-benches --features callgrind)
  local status=0
  export RUSTFLAGS="${RUSTFLAGS:-} --cfg fetch_cors_fixed_seed"
  "${bench[@]}" --bench allocations -- "$@" || status=$?
  "${bench[@]}" --bench instructions -- "$@" || status=$?
  return "$status"
}
