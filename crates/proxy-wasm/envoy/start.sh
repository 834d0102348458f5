#!/usr/bin/env bash
# Starts Envoy with the filter: `start.sh POLICY.json [LISTEN [UPSTREAM [ADMIN]]]`. The ports are on this machine, by
# default 8080, 8081 and 9901.
#
# It builds the filter and installs Envoy (see `install.sh`). It prints a line with `put-policy.sh`, which replaces the
# policy while Envoy runs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../../.." && pwd)/target
policy=$1 listen=${2:-8080} upstream=${3:-8081} admin=${4:-9901}

envoy=$("$here/install.sh")
module=${MODULE:-$("$here/../build.sh")}
directory=${DIRECTORY:-$target/envoy/run}
mkdir -p "$directory"
"$here/put-policy.sh" "$policy" "$directory" "$module"
sed "s|DIRECTORY|$directory|g; s|LISTEN|$listen|; s|UPSTREAM|$upstream|; s|ADMIN|$admin|" "$here/envoy.yaml" > "$directory/envoy.yaml"
echo "another policy: $here/put-policy.sh POLICY.json $directory $module"
exec "$envoy" --config-path "$directory/envoy.yaml" --concurrency "${CONCURRENCY:-2}" --disable-hot-restart --log-level warn
