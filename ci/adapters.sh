# The adapters, over real sockets: each must pass the twelve cases of `crates/adapters`. The browser half, in three
# profiles, judges the answers.

# The build directory of the examples with a workspace of their own. They share it, and so their dependencies.
adapters_target() { echo "${CARGO_TARGET_DIR:-$PWD/target}/adapters"; }

# The crate for actix-web with its tests, and the examples for axum and actix-web. If nginx is installed, a proxy of
# hyper in front of it.
check_adapters() {
  local built=${CARGO_TARGET_DIR:-$PWD/target} failed=0 upstream apart
  for apart in examples/axum examples/hyper-proxy benches/layers; do cargo fmt --check --manifest-path "$apart/Cargo.toml"; done
  cargo clippy --quiet --no-deps -p fetch-cors-adapters -p fetch-cors-actix --all-targets --all-features -- -D warnings
  # Its examples are built with its tests.
  cargo test --quiet -p fetch-cors-actix --all-features
  cargo build --quiet --profile test -p fetch-cors-adapters
  built_apart examples/axum
  judged axum "$(adapters_target)/debug/axum-server" || failed=1
  judged actix-web "$built/debug/examples/server" || failed=1
  if ! command -v nginx > /dev/null; then
    echo "hyper: left out, because nginx is not installed"
    return "$failed"
  fi
  built_apart examples/hyper-proxy
  upstream=$(free_port)
  nginx_of_cases "$upstream"
  judged hyper "$(adapters_target)/debug/hyper-proxy" "127.0.0.1:$upstream" || failed=1
  return "$failed"
}

built_apart() { CARGO_TARGET_DIR=$(adapters_target) cargo build --quiet --manifest-path "$1/Cargo.toml" "${@:2}"; }

# NAME COMMAND [UPSTREAM]: starts the adapter with the policy of the cases, which SIGHUP reads again, and runs all
# cases.
judged() (
  name=$1 port=$(free_port) directory=$(mktemp -d) cases=$PWD/crates/adapters/cases
  cp "$cases/policy.json" "$directory"
  "$2" "127.0.0.1:$port" "${@:3}" "$directory/policy.json" 2> "$directory/log" &
  adapter=$!
  trap 'kill "$adapter"; wait "$adapter" 2> /dev/null || true; rm -rf "$directory"' EXIT
  listens "$port" || exit 1
  echo "$name"
  with() { echo "cp '$cases/$1' '$directory/policy.json' && kill -HUP $adapter"; }
  "${CARGO_TARGET_DIR:-target}/debug/judge" "127.0.0.1:$port" \
    --reload "$(with policy-after-reload.json)" --reload-with-mistakes "$(with policy-with-mistakes.json)" || exit 1
  # It must have reported both mistakes of that policy, the failed look-up, and the look-up that took too long.
  for report in "the policy stays" "https://new.example/" "http://eu.new.example" "the database is down" "took longer"; do
    grep -qF "$report" "$directory/log" || { echo "not reported: $report"; exit 1; }
  done
)

# PORT: serves the application of the cases, until the check ends.
nginx_of_cases() {
  nginx_directory=$(mktemp -d)
  sed "s/PORT/$1/" crates/adapters/cases/nginx.conf > "$nginx_directory/nginx.conf"
  nginx -p "$nginx_directory" -c nginx.conf 2> "$nginx_directory/log" &
  nginx_process=$!
  trap 'kill "$nginx_process"; wait "$nginx_process" 2> /dev/null || true; rm -rf "$nginx_directory"' EXIT
  listens "$1"
}

# A free port of the loopback interface.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || break
  done
  echo "$port"
}

# Waits up to ten seconds until something listens at the port.
listens() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; then return 0; fi
    sleep 0.1
  done
  echo "nobody listens at port $1"
  return 1
}

# Compares the layer, alone and with its other features, with tower-http's layer under `wrk`. Each scene runs for
# SECONDS_EACH (2) seconds, in turns, ROUNDS (7) times, every other round in reverse. Prints the server's CPU time for a
# request, in microseconds, and its ratio to tower-http's, as `ratios.py` describes. Ratios of CPU time within a round
# change little if the machine has other work. The server has one thread, and so has the client.
task_layers() (
  layers=(none tower-http ours reloadable hook look-up) scenes=(allowed refused without-origin not-found own-headers preflight preflight-refused)
  ports=() servers=()
  built_apart benches/layers --release
  built=$(adapters_target)/release/layers directory=$(mktemp -d)
  trap 'kill "${servers[@]}"; wait "${servers[@]}" 2> /dev/null || true; rm -rf "$directory"' EXIT
  for layer in "${layers[@]}"; do
    port=$(free_port)
    "$built" "127.0.0.1:$port" "$layer" &
    servers+=($!) ports+=("$port")
    listens "$port"
  done
  numbers=("${!layers[@]}")
  for ((round = 0; round < ${ROUNDS:-7}; round++)); do
    for scene in "${scenes[@]}"; do
      for number in "${numbers[@]}"; do
        printf '%s\t%s\t%s\n' "$scene" "${layers[number]}" "$(microseconds_each "$scene" "${ports[number]}" "${servers[number]}")"
      done
    done
    mapfile -t numbers < <(printf '%s\n' "${numbers[@]}" | tac)
  done > "$directory/measured.tsv"
  python3 ci/ratios.py tower-http < "$directory/measured.tsv"
)

# SCENE PORT PROCESS: the CPU time of the server for a request.
microseconds_each() {
  local headers=() path=/items script=/dev/null origin=https://app.example before requests
  case $1 in
    refused | preflight-refused) origin=https://oth.example ;;
    not-found) path=/nowhere ;;
    own-headers) path=/own ;;
  esac
  [[ $1 == without-origin ]] || headers+=(-H "Origin: $origin")
  if [[ $1 == preflight* ]]; then
    headers+=(-H "Access-Control-Request-Method: PUT" -H "Access-Control-Request-Headers: authorization,content-type")
    script=ci/options.lua
  fi
  before=$(ticks "$3")
  requests=$(wrk --threads 1 --connections 16 --duration "${SECONDS_EACH:-2}s" --script "$script" "${headers[@]}" \
    "http://127.0.0.1:$2$path" | awk '/ requests in / { print $1 }')
  awk -v ticks=$(($(ticks "$3") - before)) -v each="$(getconf CLK_TCK)" -v requests="$requests" \
    'BEGIN { printf "%.3f", ticks / each / requests * 1e6 }'
}

# PROCESS: its CPU time so far, user and system, in clock ticks.
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
