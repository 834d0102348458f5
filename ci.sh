#!/usr/bin/env bash
# The project's checks. `./ci.sh` lists them, and `./ci.sh CHECK...` runs some. `./ci.sh push` runs those that CI runs
# for each push. `./ci.sh all` runs every check, by hand, before a release.
#
# A check is a function `check_NAME` of a file in `ci/`. A task by hand is a function `task_NAME` of `ci/by-hand.sh`. No
# other function can be named on the command line. Each check runs in a process of its own with `set -e`. All run even
# if one fails, and the last line counts them.
set -euo pipefail
cd "$(dirname "$0")"
for file in ci/*.sh; do source "$file"; done

# A clean clone is built once, so incremental builds save nothing. The state of an interrupted build must not affect a
# check.
export CARGO_INCREMENTAL=0

# Two groups that run side by side. The first builds in `target/debug`, the second elsewhere.
readonly CODE=(format lint docs api fuzz test replay examples text)
readonly PROGRAMS=(panics linked targets arm wasm features instructions)
# Checks that take long, that need a browser or a rare tool, or whose subject seldom changes. A check above covers the
# same code. `package` repeats tests in the unpacked package. `lint_programs`, `departures` and `larger_arm` do what
# `lint`, `replay` and `arm` do, where few changes matter. `more_tests` repeats `test` with more cases and other
# features. `small` repeats the tests of policies as compiled for size. `standard_only` compares the module of `wasm`
# with one that has no profile of a browser. `words` repeats tests with 32-bit words, with which `arm` and `wasm` run the
# core. `edge` and `live` run in real browsers what `wasm` and `replay` run from recordings. `sizes` and `weights` compare
# tables of docs/sizes.md. `adapters`, `envoy`, `pingora` and `worker` put a policy into real servers and proxies. `probe`
# probes real servers that have faults. `har`, `test_browsers` and `webkit` compare with real browsers.
readonly SELDOM=(
  package lint_programs departures larger_arm cli test_helper more_tests small standard_only words sizes edge live deny
  minimal_versions adapters envoy pingora worker probe har test_frameworks test_browsers webkit weights
)

usage() {
  echo "usage: ./ci.sh all | push | CHECK... | TASK"
  echo "push: ${CODE[*]} ${PROGRAMS[*]}"
  echo "all: push, and ${SELDOM[*]}"
  echo "tasks by hand: $(declare -F | sed -n 's/^declare -f task_//p' | xargs)"
}

# Runs checks one after the other, and records each result in `$results`. With `held`, their output is printed when they
# end, so that the output of two lanes does not mix.
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
  # A log may be long, so the end of each failed one is printed again.
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
