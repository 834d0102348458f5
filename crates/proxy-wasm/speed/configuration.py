#!/usr/bin/env python3
"""Prints a configuration of Envoy with a listener for each filter: `configuration.py DIRECTORY PORT`.

The listeners follow each other from PORT: no filter, an empty filter, one that only calls the proxy, fetch-cors, and Envoy's own CORS filter. Each
answers by itself, so that nothing but Envoy is measured.
"""

import json
import sys

TYPE = "type.googleapis.com/envoy.extensions.filters"
POLICY = {"origins": ["https://*.app.example"], "methods": ["PUT"], "request_headers": ["content-type"], "credentials": True, "max_age": 600}


def wasm(name, directory, configuration=""):
    module = {"vm_id": name, "runtime": "envoy.wasm.runtime.v8", "code": {"local": {"filename": f"{directory}/{name}.wasm"}}}
    text = {"@type": "type.googleapis.com/google.protobuf.StringValue", "value": configuration}
    config = {"name": name, "configuration": text, "vm_config": module}
    return {"name": name, "typed_config": {"@type": f"{TYPE}.http.wasm.v3.Wasm", "config": config}}


def listener(port, filters, own=None):
    route = {"match": {"prefix": "/"}, "direct_response": {"status": 200, "body": {"inline_string": "items"}}}
    host = {"name": "all", "domains": ["*"], "routes": [route]}
    if own:
        host["typed_per_filter_config"] = {"envoy.filters.http.cors": {"@type": f"{TYPE}.http.cors.v3.CorsPolicy", **own}}
    router = {"name": "envoy.filters.http.router", "typed_config": {"@type": f"{TYPE}.http.router.v3.Router"}}
    manager = {
        "@type": f"{TYPE}.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": f"port_{port}",
        "route_config": {"virtual_hosts": [host]},
        "http_filters": [*filters, router],
    }
    chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
    return {"name": f"port_{port}", "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}}, "filter_chains": [chain]}


def main():
    directory, port = sys.argv[1], int(sys.argv[2])
    own = {
        "allow_origin_string_match": [{"safe_regex": {"regex": r"https://[a-z0-9-]+\.app\.example"}}],
        "allow_methods": "PUT",
        "allow_headers": "content-type",
        "allow_credentials": True,
        "max_age": "600",
    }
    envoys = {"name": "envoy.filters.http.cors", "typed_config": {"@type": f"{TYPE}.http.cors.v3.Cors"}}
    listeners = [
        listener(port, []),
        listener(port + 1, [wasm("empty", directory)]),
        listener(port + 2, [wasm("calls", directory)]),
        listener(port + 3, [wasm("fetch_cors", directory, json.dumps(POLICY))]),
        listener(port + 4, [envoys], own),
    ]
    print(json.dumps({"static_resources": {"listeners": listeners}}, indent=1))


main()
