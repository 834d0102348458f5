//! What a fetch is done in: the browser, and what the page brings along.

use core::fmt;

use super::{
    cross_origin_resource_policy::EmbedderPolicy,
    profile::Profile,
    request::{HostIsSite, SameSite},
    url::Url,
};

/// The browser and the page that a fetch is done in.
///
/// A later version may have more fields: end it with `..Environment::new(profile)`.
///
/// <https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object>
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "users fill it with `..`, which `non_exhaustive` forbids")]
pub struct Environment<'a> {
    /// The browser.
    pub profile: &'a Profile,
    /// The network partition key, as text of the caller's choice.
    pub partition: &'a str,
    /// What the page demands of what it embeds.
    pub embedder_policy: EmbedderPolicy,
    /// Which origins are same site.
    pub same_site: &'a dyn SameSite,
    /// Parses a `Location` against a URL: asked by the profiles of browsers that look at it where the standard does not.
    /// `parse_location` of the `url` feature does it right.
    pub parse_location: ParseLocation,
}

impl<'a> Environment<'a> {
    /// A browser of this profile, with one partition, a page without embedder policy, and hosts for sites.
    pub const fn new(profile: &'a Profile) -> Self {
        Environment {
            profile,
            partition: "",
            embedder_policy: EmbedderPolicy::UnsafeNone,
            same_site: &HostIsSite,
            parse_location: |_, _, _| LocationParses::Yes,
        }
    }
}

/// Parses the bytes of a `Location` against a URL, and calls back with the URL, if it is one.
pub type ParseLocation = fn(Url<'_>, &[u8], &mut dyn FnMut(Url<'_>)) -> LocationParses;

/// Whether a `Location` is a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a question of yes or no")]
pub enum LocationParses {
    /// It is, or nobody knows: that of the environment without a parser.
    Yes,
    /// It is not.
    No,
}

impl fmt::Debug for Environment<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Environment")
            .field("profile", &self.profile.name)
            .field("partition", &self.partition)
            .field("embedder_policy", &self.embedder_policy)
            .finish_non_exhaustive()
    }
}
