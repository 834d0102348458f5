//! Whether credentials are allowed: a word of patterns, of rules and of answers.

/// Whether requests with credentials are allowed.
///
/// <https://fetch.spec.whatwg.org/#http-access-control-allow-credentials>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum Credentials {
    /// No.
    Omitted,
    /// Yes.
    Allowed,
}
