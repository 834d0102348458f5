# What the library does: against recordings of real browsers, in the programs that pages name, and at what cost.

# The programs are run as `cargo test` has built them, so that no dependency is built again.
example() { cargo run --quiet --profile test --all-features --example "$@"; }

# Recordings of real browsers against the profiles: all requests, outcomes and ids.
check_replay() {
  local browser
  for browser in chromium firefox; do
    example replay -- --profile "$browser" --against "$browser" --ids spec-vectors/browsers/*/*.jsonl | tail -n 3
    example replay -- --profile fetch --against "$browser" spec-vectors/browsers/*/*.jsonl | tail -n 1
  done
}

# The page of departures is what the recordings say.
check_departures() {
  example departures -- spec-vectors/browsers/*/*.jsonl \
    | diff spec-vectors/browsers/DEPARTURES.md - || { echo "spec-vectors/browsers/DEPARTURES.md must be written again"; return 1; }
}

# A hundred fresh scenarios in real browsers, where they are installed.
check_live() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skipped: no Python 3.11"; return 0; }
  python3 spec-vectors/recorder/live.py --seed 20261121 --scenarios 100
}

# README's other commands.
check_examples() {
  example explain > /dev/null
  example answer -- <(echo '{"origins": "https://app.example"}') <<< '{"method": "GET", "headers": [["origin", "https://app.example"]]}' \
    | grep -q '"access-control-allow-origin","https://app.example"'
}

# Instructions, counted by callgrind, and allocations: how they grow with what is sent, and whether they are those of
# `benches/baseline/`. Figures depend on the compiler, limits do not.
check_instructions() { counts; }

# With a fixed seed of the hashes, so that each count repeats.
counts() {
  local bench=(cargo bench --quiet -p fetch-cors-benches --features callgrind)
  export RUSTFLAGS="${RUSTFLAGS:-} --cfg fetch_cors_fixed_seed"
  "${bench[@]}" --bench allocations -- "$@"
  "${bench[@]}" --bench instructions -- "$@"
}
