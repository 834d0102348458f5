//! The same requests, with the same expected answers, for every target: vectors of `spec-vectors/`, a policy's answers, and
//! the two halves in conversation over a preflight cache of fixed memory.
#![no_std]

mod asked;
mod conversation;
mod policy;
mod vectors;

use core::fmt;

/// How many cases did as they should.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

/// Runs all cases, and tells what fails.
pub fn run(tell: &mut dyn FnMut(fmt::Arguments<'_>)) -> Tally {
    let mut report = Report { tell, tally: Tally::default() };
    vectors::run(&mut report);
    policy::run(&mut report);
    conversation::run(&mut report);
    report.tally
}

struct Report<'a> {
    tell: &'a mut dyn FnMut(fmt::Arguments<'_>),
    tally: Tally,
}

impl Report<'_> {
    fn expect<T: PartialEq + fmt::Debug>(&mut self, file: &str, id: &str, found: T, expected: T) {
        if found == expected {
            self.tally.passed += 1;
        } else {
            self.tally.failed += 1;
            (self.tell)(format_args!("{file}::{id}: {found:?}, expected {expected:?}"));
        }
    }
}

/// Text in fixed memory; what does not fit is an error of whoever writes.
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
