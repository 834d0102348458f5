//! A reverse proxy of pingora, with a policy in front of its upstream.
//!
//! ```text
//! pingora-proxy POLICY.json [LISTEN [UPSTREAM]]
//! ```
//!
//! LISTEN is `127.0.0.1:8080` by default, and UPSTREAM `127.0.0.1:8081`. SIGHUP reads the policy again. If it has
//! mistakes, the proxy prints each of them and keeps the current policy.
//!
//! - `policy.rs`: the policy, and its reload.
//! - `tenants.rs`: look-ups of origins that no pattern matches.
//! - `proxy.rs`: the callbacks of pingora. The decision is kept from the request to the response.
//! - `response.rs`: the response of pingora as a sink.

mod policy;
mod proxy;
mod response;
mod tenants;

use std::{env, process::ExitCode, sync::Arc};

use pingora_core::{
    server::{Server, configuration::ServerConf},
    services::background::background_service,
};

use crate::{
    policy::{PolicyFile, Reload},
    proxy::CorsProxy,
};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("pingora-proxy POLICY.json [LISTEN [UPSTREAM]]");
        return ExitCode::from(2);
    };
    let listen = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let upstream = arguments.next().unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let policy = match PolicyFile::open(path) {
        Ok(policy) => Arc::new(policy),
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::FAILURE;
        }
    };

    let mut configuration = ServerConf::default();
    configuration.threads = 2;
    // SIGTERM waits for running requests, without a grace period.
    configuration.grace_period_seconds = Some(0);
    configuration.graceful_shutdown_timeout_seconds = Some(1);
    let mut server = Server::new_with_opt_and_conf(None, configuration);
    server.bootstrap();
    let proxy = CorsProxy { policy: Arc::clone(&policy), upstream };
    let mut service = pingora_proxy::http_proxy_service(&server.configuration, proxy);
    service.add_tcp(&listen);
    server.add_service(service);
    server.add_service(background_service("reload", Reload(policy)));
    server.run_forever();
}
