use testkit::{agreement::holds, rng::Dice};

/// Policies, pages and browsers, drawn by the bytes; [`holds`] panics unless the agreement law does.
pub fn run(data: &[u8]) {
    holds(&mut Dice::from_bytes(data));
}
