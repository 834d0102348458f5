//! Switches for responses that do not redirect.

/// How several lines of a header with a single value are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyLine {
    /// They are combined, so an empty line leaves a comma.
    Combined,
    /// Empty lines are ignored. Even so, several lines of `Access-Control-Allow-Origin` fail.
    Ignored,
}

/// Whether a response fails if several lines of `Content-Disposition`, `Content-Length` or `Location` contradict each
/// other. The status does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContradictoryLines {
    /// It does not fail.
    Read,
    /// It fails. For `Location` the lines are compared; for the other two, the elements.
    DifferentElementsFail,
    /// It fails. For `Content-Length` the elements are compared; for the other two, the lines.
    DifferentLinesFail,
}

/// The outcome of a 407 that is not from a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyAuthentication {
    /// A failure if there is no user who can enter a name and a password. Otherwise a response, after the user has
    /// entered none.
    Prompts,
    /// A failure.
    Fails,
}

/// Which headers an invalid `Access-Control-Expose-Headers` exposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnparsableExposeHeaders {
    /// None.
    ExposesNothing,
    /// None, unless a `*` comes before the invalid element. Then all.
    WildcardBefore,
}

/// Whether a response header with a blank before its colon is accepted.
///
/// <https://httpwg.org/specs/rfc9112.html#field.parsing>
// AD-HOC: the standard leaves this to HTTP, by which a proxy removes the blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlankBeforeColon {
    /// It is accepted, without the blank.
    Taken,
    /// It is dropped.
    Dropped,
}
