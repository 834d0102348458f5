//! The browser and the page, and which hosts belong to one site.

use core::net::Ipv4Addr;

use fetch_cors::{
    browser::{Environment, Profile, request::SameSite},
    origin::Origin,
};

use super::Page;

/// The environment of a browser with this profile, with a URL parser and the public suffix list.
pub fn environment(profile: &Profile, page: Page) -> Environment<'_> {
    let mut environment = Environment::new(profile);
    environment.parse_location = fetch_cors::browser::parse_location;
    environment.same_site = &RegistrableDomains;
    environment.embedder_policy = page.embedder_policy;
    environment.http_version = page.http_version;
    environment
}

/// The [`SameSite`] of the public suffix list.
#[derive(Clone, Copy, Debug)]
pub struct RegistrableDomains;

impl SameSite for RegistrableDomains {
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        let (one, other) = (left.host(), right.host());
        let of_one_domain = || registrable_domain(one).is_some_and(|domain| Some(domain) == registrable_domain(other));
        !left.is_opaque() && !right.is_opaque() && (one == other || of_one_domain())
    }
}

/// The registrable domain of a host. `None` for an address.
///
/// <https://url.spec.whatwg.org/#host-registrable-domain>
pub fn registrable_domain(host: &str) -> Option<&str> {
    let is_address = host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok();
    if is_address { None } else { psl::domain_str(host) }
}
