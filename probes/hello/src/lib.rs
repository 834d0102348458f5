//! Nothing: `cargo build --lib` builds what the server depends on, and no server.
