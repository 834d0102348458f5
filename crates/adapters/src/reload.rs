//! Many fetches at once, while the adapter's policy is replaced.

use core::{
    sync::atomic::{AtomicU8, AtomicU64, Ordering},
    time::Duration,
};
use std::{sync::Mutex, thread, time::Instant};

use crate::{
    cases::{Case, Step},
    page::{BROWSERS, Taken, take},
    wire::{Adapter, Answer},
};

/// How many fetches run at once.
const AT_ONCE: usize = 4;

/// How many fetches must end before the next phase.
const FETCHES: u64 = 400;

/// How long an adapter may take until it has the new policy.
const LIMIT: Duration = Duration::from_secs(20);

/// The ways to replace an adapter's policy.
#[derive(Clone, Copy)]
pub struct Reload<'a> {
    /// Gives the adapter `policy-with-mistakes.json`, which it must refuse.
    pub with_mistakes: Option<&'a dyn Fn() -> Result<(), String>>,
    /// Gives the adapter `policy-after-reload.json`.
    pub change: &'a dyn Fn() -> Result<(), String>,
    /// How long the other workers may take after the first one has the new policy.
    pub settle: Duration,
}

/// The policies that may apply to a fetch.
const BEFORE: u8 = 0;
const EITHER: u8 = 1;
const AFTER: u8 = 2;

/// Runs the fetches. Returns their number, or the first mistakes.
pub fn judge(case: &Case, adapter: &Adapter, reload: Reload<'_>) -> Result<u64, Vec<String>> {
    let (phase, fetches, mistakes) = (AtomicU8::new(BEFORE), AtomicU64::new(0), Mutex::new(Vec::new()));
    let is_over = |mistakes: &Vec<String>| mistakes.len() >= 5;
    let add = |mistake: String| {
        let mut mistakes = mistakes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !is_over(&mistakes) {
            mistakes.push(mistake);
        }
    };
    let has_failed = || !mistakes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_empty();
    let wait_for_fetches = || {
        let (start, begun) = (fetches.load(Ordering::SeqCst), Instant::now());
        while fetches.load(Ordering::SeqCst) < start + FETCHES && !has_failed() && begun.elapsed() < LIMIT {
            thread::sleep(Duration::from_millis(5));
        }
    };
    let done = AtomicU8::new(0);
    thread::scope(|scope| {
        for worker in 0..AT_ONCE {
            let (phase, fetches, done, add) = (&phase, &fetches, &done, &add);
            scope.spawn(move || {
                for number in worker.. {
                    if done.load(Ordering::SeqCst) == 1 {
                        break;
                    }
                    let place = number % case.before.len();
                    let (before, after) = (&case.before[place], &case.after[place]);
                    let (browser, profile) = BROWSERS[number / case.before.len() % BROWSERS.len()];
                    let at_start = phase.load(Ordering::SeqCst);
                    let taken = take(before, profile, adapter);
                    let at_end = phase.load(Ordering::SeqCst);
                    fetches.fetch_add(1, Ordering::SeqCst);
                    let allowed: &[&Step] = match (at_start, at_end) {
                        (_, BEFORE) => &[before],
                        (AFTER, _) => &[after],
                        _ => &[before, after],
                    };
                    match taken {
                        Err(error) => add(format!("{browser}: {error}")),
                        Ok(taken) => {
                            let mistakes = allowed.iter().map(|step| taken.mistakes(step));
                            let mistakes = mistakes.min_by_key(Vec::len).filter(|found| !found.is_empty());
                            if let Some(mistakes) =
                                mistakes.filter(|_| !(allowed.len() > 1 && is_split(&taken, allowed)))
                            {
                                let (page, method) = (before.page.as_deref().unwrap_or_default(), &before.method);
                                add(format!("{browser}: {page} {method}, phase {at_start}: {}", mistakes.join("; ")));
                            }
                        }
                    }
                }
            });
        }
        wait_for_fetches();
        if let Some(with_mistakes) = reload.with_mistakes {
            with_mistakes().unwrap_or_else(add);
            wait_for_fetches();
        }
        phase.store(EITHER, Ordering::SeqCst);
        (reload.change)().unwrap_or_else(add);
        let begun = Instant::now();
        let has_changed = || {
            let mut pairs = case.before.iter().zip(&case.after);
            pairs.all(|(before, after)| {
                take(before, BROWSERS[0].1, adapter).is_ok_and(|taken| taken.mistakes(after).is_empty())
            })
        };
        while !has_changed() && !has_failed() {
            if begun.elapsed() > LIMIT {
                add(format!("the policy is the old one after {} seconds", LIMIT.as_secs()));
            }
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(reload.settle);
        phase.store(AFTER, Ordering::SeqCst);
        wait_for_fetches();
        done.store(1, Ordering::SeqCst);
    });
    let mistakes = mistakes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let count = fetches.load(Ordering::SeqCst);
    if mistakes.is_empty() { Ok(count) } else { Err(mistakes) }
}

/// Whether the policy was replaced between a preflight and its request: the old policy allowed the preflight, and the
/// new one refused the request. Both answers are right, and the page reads nothing.
fn is_split(taken: &Taken, steps: &[&Step]) -> bool {
    let refuses = |step: &&Step| step.reads.is_none();
    let granted = |answer: &Option<Answer>| answer.as_ref().map(|answer| !answer.access_control().is_empty());
    steps.iter().any(refuses)
        && !steps.iter().all(refuses)
        && taken.reads.is_none()
        && granted(&taken.preflight) == Some(true)
        && granted(&taken.answer) == Some(false)
}
