//! Shows the progress with a long file, on a terminal.

use std::{
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

/// Writes to standard error, if that is a terminal, a few times a second.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    done: usize,
    all: usize,
    last: Option<Instant>,
    written: bool,
}

const OFTEN: Duration = Duration::from_millis(200);

impl Progress {
    pub fn new(what: &'static str, all: usize) -> Self {
        Progress { what, done: 0, all, last: stderr().is_terminal().then(Instant::now), written: false }
    }

    /// Counts one more as done.
    pub fn step(&mut self) {
        self.done += 1;
        if let Some(last) = &mut self.last
            && last.elapsed() >= OFTEN
        {
            *last = Instant::now();
            self.written = true;
            // If progress cannot be written, the command continues.
            let _ = write!(stderr(), "\r{}: {} of {}", self.what, self.done, self.all);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.written {
            let _ = write!(stderr(), "\r\x1B[K");
        }
    }
}
