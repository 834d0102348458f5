//! The exit status.

use std::process::{ExitCode, Termination};

/// The exit status, which means the same in all commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: the page can read the response, or the command did its work.
    Readable,
    /// 1: a browser refuses the exchange or makes it unreadable; an expectation failed; there is a finding.
    Refused,
    /// 2: the command line or the input is wrong.
    BadInput,
    /// 3: a head is missing, or a server does not answer.
    NoAnswer,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Exit::Readable => 0,
            Exit::Refused => 1,
            Exit::BadInput => 2,
            Exit::NoAnswer => 3,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}
