//! An empty library: `cargo build --lib` builds the server's dependencies without the server.
