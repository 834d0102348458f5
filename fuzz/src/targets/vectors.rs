use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};

use super::TARGETS;
use crate::seeds::{Seed, seeds};

static SEEDS: LazyLock<Vec<Seed>> =
    LazyLock::new(|| seeds().into_iter().filter(|seed| seed.target != "vectors").collect());

/// A change of some bytes.
#[derive(Arbitrary)]
struct Change<'a> {
    at: u16,
    dropped: u8,
    put: &'a [u8],
}

/// The number of a seed, and its changes.
#[derive(Arbitrary)]
struct Mutation<'a> {
    seed: u16,
    changes: Vec<Change<'a>>,
}

/// A changed vector of `spec-vectors/`, for the target that compares it with the oracle.
pub fn run(data: &[u8]) {
    let Ok(mutation) = Mutation::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let seed = &SEEDS[usize::from(mutation.seed) % SEEDS.len()];
    let mut input = seed.input.clone();
    for Change { at, dropped, put } in mutation.changes {
        let at = usize::from(at) % (input.len() + 1);
        let end = input.len().min(at + usize::from(dropped));
        input.splice(at..end, put.iter().copied());
    }
    let target = TARGETS.iter().find(|target| target.0 == seed.target).expect("the seed is of a target");
    target.1(&input);
}
