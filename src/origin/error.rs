//! Why a text is not a serialized origin.

use core::{error, fmt};

/// The error of a text that is not a serialized origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidOrigin {
    /// The part at fault.
    pub reason: InvalidOriginReason,
    /// The offset of the first byte at fault, in bytes. If a whole part is at fault, the offset of the part.
    pub offset: usize,
}

/// The part at fault in an [`InvalidOrigin`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidOriginReason {
    /// The text does not start with a lower-case scheme and `://`.
    Scheme,
    /// The host is empty, not in the form that a URL parser gives it, or followed by a path.
    Host,
    /// The port is not a decimal number below 65536.
    Port,
    /// The port is the scheme's own, which is never written.
    DefaultPort,
}

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            InvalidOriginReason::Scheme => "origin does not start with a lower-case scheme and `://`",
            InvalidOriginReason::Host => {
                "origin has a host that no URL parser would write, or more than a host and a port"
            }
            InvalidOriginReason::Port => "origin has a port that is not a number below 65536",
            InvalidOriginReason::DefaultPort => "origin spells out its scheme's default port",
        };
        write!(formatter, "{reason}, at byte {}", self.offset)
    }
}

impl error::Error for InvalidOrigin {}
