//! Switches for responses that do not redirect.

/// How several lines of a header that is not a list are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmptyLine {
    /// Combined, so that an empty line leaves a comma.
    Combined,
    /// Without the empty ones; several `Access-Control-Allow-Origin` fail all the same.
    Ignored,
}

/// What becomes of a response in which several lines of `Content-Disposition`, `Content-Length` or `Location` contradict
/// each other, whatever its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContradictoryLines {
    /// It is read as any other.
    Read,
    /// It fails. Of `Location` the lines are compared, of the other two the elements.
    DifferentElementsFail,
    /// It fails. Of `Content-Length` the elements are compared, of the other two the lines.
    DifferentLinesFail,
}

/// What a 407 is that no proxy has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyAuthentication {
    /// A failure where no user can be asked for a name and a password; otherwise a response, once the user has been asked in
    /// vain.
    Prompts,
    /// A failure.
    Fails,
}

/// What an `Access-Control-Expose-Headers` that is not a list exposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnparsableExposeHeaders {
    /// Nothing.
    ExposesNothing,
    /// Nothing, unless a `*` comes before the element that is wrong.
    WildcardBefore,
}

/// What a header of a response with a blank before its colon is.
///
/// <https://httpwg.org/specs/rfc9112.html#field.parsing>
// AD-HOC: the standard leaves it to HTTP, by which a proxy removes the blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlankBeforeColon {
    /// The header without that blank.
    Taken,
    /// No header.
    Dropped,
}
