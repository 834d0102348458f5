//! The seed of an index's hashes.

use foldhash::{SharedSeed, fast::FoldHasher};

/// The start values of the hashes of one index.
///
/// With `std` each index has its own random seed, so an attacker cannot choose origins that collide. Without `std` the crate has no
/// source of random numbers, and the seed is fixed: see `SECURITY.md`. Benchmarks that count are compiled with
/// `--cfg fetch_cors_fixed_seed`, so that counts repeat.
pub(super) struct Seed {
    own: u64,
    shared: SharedSeed,
}

impl Seed {
    // AD-HOC: the standard library's hash is too slow for each request, so only the seed comes from it.
    #[cfg(all(feature = "std", not(fetch_cors_fixed_seed)))]
    pub(super) fn new() -> Self {
        extern crate std;
        use core::hash::BuildHasher;

        let random = std::hash::RandomState::new();
        Seed::from_numbers(random.hash_one(0), random.hash_one(1))
    }

    #[cfg(any(not(feature = "std"), fetch_cors_fixed_seed))]
    pub(super) fn new() -> Self {
        Seed::from_numbers(0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344)
    }

    fn from_numbers(own: u64, shared: u64) -> Self {
        Seed { own, shared: SharedSeed::from_u64(shared) }
    }

    #[inline(always)]
    pub(super) fn hasher(&self) -> FoldHasher<'_> {
        FoldHasher::with_seed(self.own, &self.shared)
    }
}
