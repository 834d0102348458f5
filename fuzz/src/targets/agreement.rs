use testkit::{agreement::holds, rng::Rng};

/// Policies, pages and browsers, drawn from the bytes. [`holds`] panics if the agreement law fails.
pub fn run(data: &[u8]) {
    holds(&mut Rng::from_bytes(data));
}
