//! Equal requests with equal expected answers for every target: vectors of `spec-vectors/`, a policy's answers, and the
//! two halves together with a preflight cache of fixed memory.
#![no_std]

mod asked;
mod conversation;
mod policy;
mod vectors;

use core::fmt;

/// How many cases passed, and how many failed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

/// Runs all cases, and reports each failure.
pub fn run(report: &mut dyn FnMut(fmt::Arguments<'_>)) -> Tally {
    let mut report = Report { report, tally: Tally::default() };
    vectors::run(&mut report);
    policy::run(&mut report);
    conversation::run(&mut report);
    report.tally
}

struct Report<'a> {
    report: &'a mut dyn FnMut(fmt::Arguments<'_>),
    tally: Tally,
}

impl Report<'_> {
    fn expect<T: PartialEq + fmt::Debug>(&mut self, file: &str, id: &str, found: T, expected: T) {
        if found == expected {
            self.tally.passed += 1;
        } else {
            self.tally.failed += 1;
            (self.report)(format_args!("{file}::{id}: {found:?}, expected {expected:?}"));
        }
    }
}

/// Text in fixed memory. Writing more than fits is an error.
struct Text<const BYTES: usize> {
    bytes: [u8; BYTES],
    length: usize,
}

impl<const BYTES: usize> Text<BYTES> {
    const fn new() -> Self {
        Text { bytes: [0; BYTES], length: 0 }
    }

    fn of(value: &dyn fmt::Display) -> Self {
        let mut text = Text::new();
        let _ = fmt::write(&mut text, format_args!("{value}"));
        text
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl<const BYTES: usize> fmt::Write for Text<BYTES> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
