use testkit::{agreement::holds, rng::Rng};

/// Policies, pages and browsers, drawn by the bytes; [`holds`] panics unless the agreement law does.
pub fn run(data: &[u8]) {
    holds(&mut Rng::from_bytes(data));
}
