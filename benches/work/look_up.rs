//! Origins, looked up among many.

use std::hint::black_box;

use fetch_cors::server::PolicyConfig;

use super::Work;

/// How many origins a policy has.
pub const EXACT_ORIGINS: [usize; 4] = [1, 100, 10_000, 100_000];
pub const WILDCARDS: [usize; 3] = [1, 100, 10_000];

/// An origin of a policy with many.
pub(super) fn exact(number: usize) -> String {
    format!("https://app-{number:06}.example")
}

pub(super) fn all() -> Vec<Work> {
    let wildcard = |number: usize| format!("https://*.tenant-{number:06}.example");
    let subdomain = |number: usize| format!("https://a.b.tenant-{number:06}.example");
    let mut all = Vec::new();
    for count in EXACT_ORIGINS {
        all.push(look_up(format!("look-up: one of {count} origins"), count, exact, exact));
        all.push(look_up(format!("look-up: none of {count} origins"), count, exact, |number| exact(999_999 - number)));
    }
    for count in WILDCARDS {
        all.push(look_up(format!("look-up: one of {count} wildcards"), count, wildcard, subdomain));
        all.push(look_up(format!("look-up: none of {count} wildcards"), count, wildcard, move |number| {
            subdomain(999_999 - number)
        }));
    }
    all
}

/// Looks 16 origins up, from the first to the last, in turn.
fn look_up<P, O>(name: String, count: usize, pattern: P, origin: O) -> Work
where
    P: Fn(usize) -> String + 'static,
    O: Fn(usize) -> String + 'static,
{
    Work::new(name, move || {
        let policy = PolicyConfig::new((0..count).map(&pattern)).credentials().build().expect("the patterns are right");
        let origins: Vec<String> = (0..16).map(|part| origin((count - 1) * part / 15)).collect();
        let mut turns = (0..origins.len()).cycle();
        Box::new(move || {
            if let Some(origin) = turns.next().and_then(|turn| origins.get(turn)) {
                black_box(policy.allows_origin(black_box(origin.as_bytes())));
            }
        })
    })
}
