#!/usr/bin/env bash
# Gives the filter a policy, before or while Envoy runs: `put-policy.sh POLICY.json DIRECTORY MODULE.wasm`.
#
# Envoy reads `cors.yaml` when it is moved into the directory. If the filter refuses the policy, Envoy logs every
# mistake, counts `extension_config_discovery...config_reject`, and keeps the current policy.
set -euo pipefail

policy=$1 directory=$2 module=$3
# The policy's lines, indented as part of a string of the YAML.
lines=$(sed 's/^/          /' "$policy")
cat > "$directory/cors.yaml.new" << YAML
resources:
- "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
  name: cors
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
    config:
      name: cors
      configuration:
        "@type": type.googleapis.com/google.protobuf.StringValue
        value: |
$lines
      vm_config:
        vm_id: cors
        runtime: envoy.wasm.runtime.v8
        code: { local: { filename: $module } }
YAML
mv "$directory/cors.yaml.new" "$directory/cors.yaml"
