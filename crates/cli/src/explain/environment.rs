//! The browser and the page, and what is guessed of them.

use fetch_cors::{
    browser::{Environment, Explanation, Profile, Request, Response, explain::Subject, request::SameSite},
    header::{CombinedValue, HeaderName},
    origin::Origin,
};

/// A browser of this profile, that parses URLs and guesses sites.
pub fn environment(profile: &Profile) -> Environment<'_> {
    let mut environment = Environment::new(profile);
    environment.parse_location = fetch_cors::browser::parse_location;
    environment.same_site = &SiteOfHosts;
    environment
}

/// The [`SameSite`] of those who have hosts alone: two are of one site if one is the end of the other.
struct SiteOfHosts;

impl SameSite for SiteOfHosts {
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        // A name without a dot is a public suffix, and no site of others.
        let is_below = |host: &str, site: &str| {
            site.contains('.') && host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'))
        };
        let (one, other) = (left.host(), right.host());
        !left.is_opaque() && !right.is_opaque() && (one == other || is_below(one, other) || is_below(other, one))
    }
}

/// Whether a check was decided by the guess at sites.
pub fn guesses_site(explanation: &Explanation<'_>, request: &Request<'_>, response: &Response<'_>) -> bool {
    let policy = response.headers.get(HeaderName::CROSS_ORIGIN_RESOURCE_POLICY).and_then(CombinedValue::single);
    let (page, server) = (request.origin(), request.current_url().origin());
    policy == Some(b"same-site")
        && page.host() != server.host()
        && explanation.checks().any(|check| check.subject == Subject::ResourcePolicy)
}
