//! Why a look-up has no answer.

use core::{fmt, time::Duration};

/// How long an adapter waits for a look-up by default: 2 seconds.
pub const DEFAULT_LOOKUP_TIMEOUT: Duration = Duration::from_secs(2);

/// Why a look-up has no answer, for logs and counts. The decision is that of
/// [`OriginLookup::resume_without_answer`](crate::server::OriginLookup::resume_without_answer).
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum LookupFailure<'a> {
    /// It returned this error.
    Failed(&'a (dyn fmt::Display + Sync)),
    /// It took longer than this.
    TimedOut(Duration),
}

impl LookupFailure<'_> {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            LookupFailure::Failed(_) => "look-up-failed",
            LookupFailure::TimedOut(_) => "look-up-timed-out",
        }
    }
}

impl fmt::Display for LookupFailure<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LookupFailure::Failed(error) => write!(formatter, "the look-up of the origin failed: {error}"),
            LookupFailure::TimedOut(limit) => write!(formatter, "the look-up of the origin took longer than {limit:?}"),
        }
    }
}

impl fmt::Debug for LookupFailure<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LookupFailure({self})")
    }
}
