# Tasks by hand: they take hours, need tools of their own, or write files that are committed.

# Runs every fuzz target for SECONDS_EACH (60) seconds, and prints how often each ran. It needs cargo-fuzz and a C++
# compiler. Only runs of hours find anything. New inputs go to `fuzz/found/`.
task_fuzzing() {
  local target found=fuzz/found
  for target in $(cargo fuzz list); do
    mkdir -p "$found/$target"
    CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      cargo fuzz run -s none "$target" "$found/$target" "fuzz/corpus/$target" -- \
      -max_total_time="${SECONDS_EACH:-60}" -max_len=4096 -timeout=10 -print_final_stats=1 > "$found/$target.log" 2>&1 \
      || { tail -n 60 "$found/$target.log"; return 1; }
    echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "$found/$target.log") executions"
  done
}

# Tests the mutants of the crate, with `.cargo/mutants.toml`: all, or the shard that SHARD=k/n names, from 0. Prints
# those that no test catches. It needs cargo-mutants and many hours. The output of each run is kept in
# `target/mutants/`.
task_mutants() {
  local kept=target/mutants/${SHARD:-all}
  mkdir -p "$kept"
  PROPTEST_CASES=${PROPTEST_CASES:-64} PROPTEST_DISABLE_FAILURE_PERSISTENCE=1 \
    cargo mutants ${SHARD:+--shard "$SHARD"} --jobs "${JOBS:-1}" --output "$kept"
}

# Writes the counts that `instructions` compares, for this compiler.
task_baseline() { counts --write-baseline; }

# Compares other crates with this one, and writes the page `benches/README.md`. It builds these crates in the stock
# profile and in this repository's, which takes minutes, and then measures for twenty minutes.
task_report() {
  local bench=(cargo bench --quiet -p fetch-cors-benches --features peers) to=benches/report kept=${CARGO_TARGET_DIR:-target}
  local stock=(env CARGO_PROFILE_BENCH_LTO=false CARGO_PROFILE_BENCH_CODEGEN_UNITS=16 "${bench[@]}")
  "${stock[@]}" --bench peers -- show > "$kept/answers.tsv"
  {
    printf 'about\t%s\t%s\n' day "$(date -I)" rustc "$(rustc -V)" valgrind "$(valgrind --version)" machine "$(uname -sm)"
    "${stock[@]}" --bench peers -- instructions
    "${stock[@]}" --bench peers -- time
    "${bench[@]}" --bench peers -- instructions | sed 's/^instructions/&-lto/'
    "${bench[@]}" --bench peers -- time | sed 's/^nanoseconds/&-lto/'
    "${bench[@]}" --bench peers-allocations
    python3 "$to/measured.py" headers "$kept/answers.tsv"
  } > "$to/measured.tsv.new"
  mv "$to/measured.tsv.new" "$to/measured.tsv"
  task_pictures
}

# Writes that page and its pictures from the committed figures. It needs Python 3.11.
task_pictures() {
  local environment=${CARGO_TARGET_DIR:-target}/report
  [[ -x $environment/bin/python ]] || python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement benches/report/requirements.txt
  "$environment/bin/python" benches/report/report.py
}

# Writes the listing that `api` compares.
task_api_listing() { public_api > docs/public-api.txt; }
