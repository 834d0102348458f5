# Runs the worker in workerd, the runtime of Cloudflare's workers. `start.sh` fills in the ports.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "cors", worker = .worker),
    (name = "application", external = (address = "127.0.0.1:UPSTREAM", http = ())),
  ],
  sockets = [(name = "http", address = "127.0.0.1:LISTEN", http = (), service = "cors")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "cors.mjs", esModule = embed "cors.mjs"),
    (name = "edge.wasm", wasm = embed "edge.wasm"),
  ],
  bindings = [(name = "APPLICATION", service = "application")],
  compatibilityDate = "2026-11-01",
);
