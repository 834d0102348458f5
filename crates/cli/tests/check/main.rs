//! `cors check` against servers of this process, over TCP and TLS.

mod network;
mod page;
mod probe;
mod server;
mod usage;

use std::process::{Command, Output};

/// What the program printed, and its exit status.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub errors: String,
}

/// Runs `cors check` with these arguments.
pub(crate) fn cors_check<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors"));
    command.arg("check").args(arguments);
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: status.code().unwrap(), out: text(stdout), errors: text(stderr) }
}
