//! The constants and switches in which browsers differ, as values.

use super::safelist::SAFELISTED_TOTAL_LIMIT;

/// What one browser does where browsers differ.
///
/// Every function whose result depends on the browser takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// The name, for people.
    pub name: &'static str,
    /// The most bytes that all safelisted values may have together.
    pub safelisted_total_limit: Option<usize>,
    /// The longest that a preflight's answer is kept, in seconds.
    pub max_age_limit: Option<u32>,
}

impl Profile {
    /// The Fetch Standard.
    pub const FETCH: Profile =
        Profile { name: "Fetch Standard", safelisted_total_limit: Some(SAFELISTED_TOTAL_LIMIT), max_age_limit: None };
}
