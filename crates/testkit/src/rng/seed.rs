//! Random numbers that are the same in every run.

use super::Rng;

impl Rng {
    /// Draws from a seed, which must not be zero.
    pub fn from_seed(seed: u64) -> Self {
        let mut state = seed;
        Rng::new(move |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap()
        })
    }
}
