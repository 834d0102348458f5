# Real proxies and workers: Envoy with the filter, pingora, workerd. `crates/adapters` has the twelve cases, the
# application behind the proxies, and the judge.

readonly CASES=crates/adapters/cases

# The filter: its tests, its size, a hostile proxy around it, and the twelve cases through Envoy 1.40 with nginx behind
# it. Envoy comes from the Python registry. While the judge sends requests, Envoy gets a policy with mistakes, which it
# must refuse, and then another policy.
check_envoy() (
  filter=crates/proxy-wasm
  in_filter cargo fmt --check
  in_filter cargo clippy --quiet --all-targets -- -D warnings
  in_filter cargo test --quiet
  module=$("$filter/build.sh")
  check_filter_size "$module"
  node "$filter/hostile.mjs" "$module"
  work=$(mktemp -d)
  trap 'stop_started; rm -rf "$work"' EXIT
  application=$(free_port) envoy=$(free_port) admin=$(free_port)
  start_application "$application"
  policies_without_look_up
  mkdir "$work/envoy"
  start_process MODULE="$module" DIRECTORY="$work/envoy" "$filter/envoy/start.sh" "$work/policy.json" "$envoy" "$application" "$admin"
  wait_for "$envoy"
  put() { echo "$filter/envoy/put-policy.sh '$1' '$work/envoy' '$module'"; }
  ask_cases "$envoy" --without-look-up --settle-seconds 3 --reload "$(put "$work/policy-after-reload.json")" \
    --reload-with-mistakes "$(put "$CASES/policy-with-mistakes.json")"
  check_mistakes_of_envoy
  check_counters_of_envoy
  check_own_error "$envoy" 503
)

# A reverse proxy of pingora, with look-ups, and a reload at SIGHUP. The build takes minutes, so it has no debug
# information.
check_pingora() (
  example=examples/pingora-proxy
  cargo fmt --check --manifest-path "$example/Cargo.toml"
  export CARGO_TARGET_DIR=$PWD/target/pingora
  cargo build --quiet --release --locked --manifest-path "$example/Cargo.toml"
  unset CARGO_TARGET_DIR
  work=$(mktemp -d)
  trap 'stop_started; rm -rf "$work"' EXIT
  application=$(free_port) proxy=$(free_port)
  start_application "$application"
  cp "$CASES/policy.json" "$work/policy.json"
  start_process target/pingora/release/pingora-proxy "$work/policy.json" "127.0.0.1:$proxy" "127.0.0.1:$application"
  wait_for "$proxy"
  put() { echo "cp $CASES/$1.json '$work/policy.json' && kill -HUP ${started[-1]}"; }
  ask_cases "$proxy" --reload "$(put policy-after-reload)" --reload-with-mistakes "$(put policy-with-mistakes)"
  # Each mistake must be printed.
  grep --quiet "drop the trailing slash" "$work/log"
  grep --quiet "an insecure origin cannot be allowed together with credentials" "$work/log"
  check_own_error "$proxy" 502
)

# The module of `examples/edge` as a Cloudflare worker, in workerd from the npm registry. Its policy is compiled in.
check_worker() (
  work=$(mktemp -d)
  trap 'stop_started; rm -rf "$work"' EXIT
  application=$(free_port) worker=$(free_port)
  start_application "$application"
  start_process examples/edge/worker/start.sh "$worker" "$application"
  wait_for "$worker"
  ask_cases "$worker" --without-look-up --without-reload
)

# Compares the cost of the filter with that of an empty filter and of Envoy's own, as ratios to Envoy without a filter:
# see `speed.sh` and `ratios.py`.
task_envoy_speed() (
  envoy=$(crates/proxy-wasm/envoy/install.sh)
  module=$(crates/proxy-wasm/build.sh)
  crates/proxy-wasm/speed/speed.sh "$envoy" "$module" "$(free_port)" | python3 ci/ratios.py "no filter"
)

in_filter() { (cd crates/proxy-wasm && CARGO_TARGET_DIR=../../target/proxy-wasm "$@"); }

# `crates/proxy-wasm/size.tsv` must have the bytes of the module, within 5 %, because compilers differ.
check_filter_size() {
  local size written
  size=$(wc -c < "$1")
  written=$(awk '{ print $1 }' crates/proxy-wasm/size.tsv)
  echo "the filter: $size bytes, $(gzip --best --stdout "$1" | wc -c) with gzip"
  if command -v wasm-opt > /dev/null; then
    echo "after wasm-opt: $(wasm-opt -Oz --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int --output - "$1" | wc -c) bytes"
  fi
  ((size * 100 <= written * 105 && size * 105 >= written * 100)) || { echo "size.tsv has $written"; return 1; }
}

# Each mistake must have a line in Envoy's log, and the policy must be rejected.
check_mistakes_of_envoy() {
  local said
  for said in "drop the trailing slash" "an insecure origin cannot be allowed together with credentials"; do
    grep --quiet "wasm log cors: fetch-cors: rule 0, .origins., [01]: .*$said" "$work/log" || { echo "the log lacks: $said"; return 1; }
  done
  [[ $(stat_of_envoy update_rejected) == 1 ]]
}

# Requests with an allowed origin, with a refused origin, and without an origin.
check_counters_of_envoy() {
  local before after
  before="$(stat_of_envoy fetch_cors.allowed) $(stat_of_envoy fetch_cors.refused)"
  for header in "Origin: https://both.app.example" "Origin: https://evil.example" "X-None: 1"; do
    curl --silent --output /dev/null --header "$header" "http://127.0.0.1:$envoy/items"
  done
  # Envoy's workers merge their counts every few seconds.
  for ((second = 0; second < 20; second++)); do
    after="$(stat_of_envoy fetch_cors.allowed) $(stat_of_envoy fetch_cors.refused)"
    if [[ $after == "$((${before% *} + 1)) $((${before#* } + 1))" ]]; then
      echo "counted: allowed and refused $after"
      return
    fi
    sleep 1
  done
  echo "counters: $before, then $after"
  return 1
}

stat_of_envoy() { curl --silent "http://127.0.0.1:$admin/stats" | sed -n "s/^.*$1: //p"; }

# Without an application behind it, a proxy answers by itself. A page must be able to read that answer, too.
check_own_error() {
  kill "${started[0]}"
  wait "${started[0]}" || true
  curl --silent --include --header "Origin: https://both.app.example" "http://127.0.0.1:$1/items" > "$work/error"
  grep --quiet "^HTTP/1.1 $2" "$work/error"
  grep --quiet --ignore-case "^access-control-allow-origin: https://both.app.example" "$work/error"
}

# The processes that a check starts, with their log in `$work/log`. They end with the check.
started=()
start_process() {
  env "$@" >> "$work/log" 2>&1 &
  started+=($!)
}

stop_started() {
  local status=$? process
  for process in "${started[@]}"; do kill "$process" 2> /dev/null || true; done
  wait "${started[@]}" 2> /dev/null || true
  if ((status > 0)); then tail -n 40 "$work/log"; fi
}

# Waits up to five minutes until something listens at the port: the server may have to be built first.
wait_for() {
  timeout 300 bash -c "until (exec 3<> /dev/tcp/127.0.0.1/$1) 2> /dev/null; do sleep 0.1; done" || { echo "nobody listens at $1"; return 1; }
}

# The application behind the proxies: nginx, with its own headers of CORS, doubled ones, and errors.
start_application() {
  mkdir "$work/nginx"
  sed "s/PORT/$1/" "$CASES/nginx.conf" > "$work/nginx/nginx.conf"
  start_process nginx -p "$work/nginx" -c nginx.conf
  wait_for "$1"
}

# The policies of the cases, for adapters that cannot look an origin up.
policies_without_look_up() {
  local name
  for name in policy policy-after-reload; do
    python3 -c 'import json, sys
policy = json.load(open(sys.argv[1]))
del policy["external_lookup"]
json.dump(policy, open(sys.argv[2], "w"), indent=2)' "$CASES/$name.json" "$work/$name.json"
  done
}

ask_cases() { cargo run --quiet -p fetch-cors-adapters -- "127.0.0.1:$1" "${@:2}"; }
