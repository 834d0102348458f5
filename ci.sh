#!/usr/bin/env bash
# The project's checks: `./ci.sh` lists them, `./ci.sh CHECK...` runs some, `./ci.sh push` runs what CI runs for each push, and
# `./ci.sh all` runs every check, by hand, before a release.
#
# A check is a function `check_NAME` of a file in `ci/`, and a task by hand is a function `task_NAME` of `ci/by-hand.sh`; nothing
# else can be named here. Each check runs in a process of its own with `set -e`, all run even if one fails, and the last line
# counts them.
set -euo pipefail
cd "$(dirname "$0")"
for file in ci/*.sh; do source "$file"; done

# A clean clone is built once; and the state of a build that was interrupted is no part of a check.
export CARGO_INCREMENTAL=0

# Two groups, which run side by side: what the first builds is under `target/debug`, what the second builds is elsewhere.
readonly CODE=(format lint docs api fuzz test replay examples text)
readonly PROGRAMS=(panics linked targets arm wasm features instructions)
# Checks that take long, that want a browser or a tool which is not everywhere, or whose subject seldom changes: what they cover
# has another check above. `package` repeats tests in the unpacked package; `lint_programs`, `departures` and `larger_arm` repeat `lint`,
# `replay` and `arm` on what few changes touch; `more_tests` repeats `test` with more cases and other features, and `small` tests of
# policies as they are compiled for size; `standard_only` compares a module that knows no browser with `wasm`'s; `words` repeats tests with 32 bits, which `arm` and `wasm` run the core with; `edge` and `live`
# run in real browsers what `wasm` and `replay` run from recordings; `sizes` and `weights` are tables in docs/sizes.md. `adapters`,
# `envoy`, `pingora` and `worker` put a policy into real servers and proxies, `probe` asks real servers with mistakes, and `har`,
# `test_browsers` and `webkit` compare with real browsers.
readonly SELDOM=(package lint_programs departures larger_arm cli test_helper more_tests small standard_only words sizes edge live deny minimal_versions adapters envoy pingora worker probe har test_frameworks test_browsers webkit weights)

usage() {
  echo "usage: ./ci.sh all | push | CHECK... | TASK"
  echo "push: ${CODE[*]} ${PROGRAMS[*]}"
  echo "all: push, and ${SELDOM[*]}"
  echo "tasks by hand: $(declare -F | sed -n 's/^declare -f task_//p' | xargs)"
}

# Runs checks one after the other, and notes each result in `$results`. With `held` their output is printed when they end, so
# that the output of two lanes does not mix.
lane() {
  local output=$1 name status
  shift
  for name; do
    # In the background, because `set -e` has no effect in a command whose status is tested.
    if [[ $output == held ]]; then timed "$name" > "$results/$name.log" 2>&1 & else timed "$name" & fi
    status=0
    wait $! || status=$?
    if [[ $output == held ]]; then cat "$results/$name.log"; fi
    if ((status == 0)); then echo "$name" >> "$results/passed"; else echo "$name" >> "$results/failed"; fi
  done
}

# Runs one check, and prints how long it took.
timed() {
  exec 2>&1
  local TIMEFORMAT="== $1: %R s, of CPU %U s and %S s"
  echo "== $1"
  time "check_$1"
}

# Runs lanes of checks side by side. A lane is one argument.
run() {
  local lane name lanes=() failed
  results=$(mktemp -d)
  trap 'rm -rf "$results"' EXIT
  touch "$results/passed" "$results/failed"
  if (($# == 1)); then
    lane live $1
  else
    for lane; do
      lane held $lane &
      lanes+=($!)
    done
    wait "${lanes[@]}"
  fi
  failed=$(wc -l < "$results/failed")
  # A log may be long: what failed is to be seen at its end.
  while read -r name; do
    if [[ -e $results/$name.log ]]; then echo "== $name failed; its last lines:" && tail -n 60 "$results/$name.log"; fi
  done < "$results/failed"
  if ((failed > 0)); then echo "failed: $(xargs < "$results/failed")"; fi
  echo "$(wc -l < "$results/passed") passed, $failed failed"
  ((failed == 0))
}

(($# > 0)) || { usage; exit 2; }
case $1 in
  push) run "${CODE[*]}" "${PROGRAMS[*]}" ;;
  all) run "${CODE[*]} ${PROGRAMS[*]} ${SELDOM[*]}" ;;
  *)
    if (($# == 1)) && declare -F "task_$1" > /dev/null; then
      "task_$1"
      exit
    fi
    for name; do
      declare -F "check_$name" > /dev/null || { echo "no check \`$name\`"; usage; exit 2; }
    done
    run "$*"
    ;;
esac
