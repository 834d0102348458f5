//! Look-ups of origins among many patterns, and the construction of such policies.

use std::{cell::RefCell, hint::black_box, rc::Rc};

use fetch_cors::server::{OwnedPolicy, PolicyConfig};

use testkit::shapes::{self, Shape};

use super::{LARGE, Work};

/// The numbers of patterns in the policies of the look-ups.
pub const PATTERNS: [usize; 4] = [1, 100, 10_000, LARGE];

/// The numbers of patterns in the policies that are built.
pub const BUILT: [usize; 2] = [1_000, 8_000];

/// An origin of a large policy.
pub(super) fn exact(number: usize) -> String {
    format!("https://app-{number:06}.example")
}

/// The names of the shapes.
pub fn shapes() -> impl Iterator<Item = &'static str> {
    shapes::ALL.iter().map(|shape| shape.name)
}

pub fn name_of_look_up(which: &str, count: usize, shape: &str) -> String {
    format!("look-up: {which} of {count}, {shape}")
}

pub fn name_of_build(count: usize, shape: &str) -> String {
    format!("build: {count} patterns, {shape}")
}

pub(super) fn all() -> Vec<Work> {
    let mut all = Vec::new();
    for shape in shapes::ALL {
        for count in PATTERNS {
            let policy = Kept::default();
            let origin = move |part| (shape.listed)(number(part, count));
            all.push(look_up(name_of_look_up("one", count, shape.name), shape, count, origin, &policy));
            // Unlisted origins come from a large range, whatever the size of the policy.
            let origin = move |part| (shape.stranger)(number(part, LARGE));
            all.push(look_up(name_of_look_up("none", count, shape.name), shape, count, origin, &policy));
        }
        for count in BUILT {
            let work = Work::new(name_of_build(count, shape.name), move || {
                let config = PolicyConfig::new((0..count).map(shape.pattern));
                Box::new(move || drop(black_box(build(&config))))
            });
            all.push(work.times(1));
        }
    }
    all
}

/// A policy that two pieces of work share, because building it takes long.
type Kept = Rc<RefCell<Option<(Rc<OwnedPolicy>, usize)>>>;

fn build(config: &PolicyConfig) -> OwnedPolicy {
    config.build().expect("the patterns are right")
}

/// How many origins are looked up. About one origin in ten is compared with a pattern that does not match it. With this
/// many, the share is equal for each number of patterns.
const ORIGINS: u16 = 512;

/// Looks origins up in turn, evenly spread.
fn look_up(
    name: String,
    shape: &'static Shape,
    count: usize,
    origin: impl Fn(usize) -> String + 'static,
    kept: &Kept,
) -> Work {
    let kept = Rc::clone(kept);
    let work = Work::new(name, move || {
        let (policy, uses) = kept.take().unwrap_or_else(|| {
            let config = PolicyConfig::new((0..count).map(shape.pattern));
            (Rc::new(build(&config)), 0)
        });
        if uses == 0 {
            kept.replace(Some((Rc::clone(&policy), 1)));
        }
        let origins: Vec<String> = (0..ORIGINS.into()).map(&origin).collect();
        let mut turns = (0..origins.len()).cycle();
        Box::new(move || {
            if let Some(origin) = turns.next().and_then(|turn| origins.get(turn)) {
                black_box(policy.allows_origin(black_box(origin.as_bytes())));
            }
        })
    });
    work.times(ORIGINS.into()).of_patterns(count)
}

/// The number of a pattern among `count`, for each part of the look-ups. Modulo 60 it is the same for each `count`, as
/// far as possible, so that alternating shapes are looked up alike.
fn number(part: usize, count: usize) -> usize {
    let start = (count - 1) * part / usize::from(ORIGINS - 1) / 60 * 60;
    let number = start + part * 7 % 60;
    if number < count { number } else { number.saturating_sub(60).min(count - 1) }
}
