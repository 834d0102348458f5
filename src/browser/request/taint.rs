//! Redirect-taint: whether a redirect chain left an origin that was not the page's.

use crate::origin::Origin;

/// The redirect-taint of a request: what redirects did to its origin.
///
/// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RedirectTaint {
    /// No redirect left another origin than the page's.
    #[default]
    SameOrigin,
    /// A redirect left another origin than the page's, for one of the same site.
    SameSite,
    /// A redirect left a site that is not the page's for another site.
    CrossSite,
}

/// Whether two origins are same site. That needs a list of public suffixes, which this crate does not have.
///
/// An opaque origin is not same site with any origin.
///
/// It is [`Sync`], so that a fetch can wait in a task and move to another thread.
pub trait SameSite: Sync {
    /// Whether the hosts of two origins are of one site; schemes are not compared.
    ///
    /// <https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site>
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool;

    /// Whether two origins are of one site, schemes included.
    ///
    /// <https://html.spec.whatwg.org/multipage/browsers.html#same-site>
    fn same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        left.scheme() == right.scheme() && self.schemelessly_same_site(left, right)
    }
}

/// A [`SameSite`] without a list: a site is a host. It never takes two different sites for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "users write its name as a value")]
pub struct HostIsSite;

impl SameSite for HostIsSite {
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        !left.is_opaque() && !right.is_opaque() && left.host() == right.host()
    }
}

impl RedirectTaint {
    /// The taint after one more redirect, from `last` to `next`, of a request of `origin`.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    #[must_use]
    pub fn after_redirect(
        self,
        origin: Origin<'_>,
        last: Origin<'_>,
        next: Origin<'_>,
        same_site: &(impl SameSite + ?Sized),
    ) -> Self {
        // 4.2. The standard returns here: no greater taint exists.
        if !same_site.same_site(next, last) && !same_site.same_site(origin, last) {
            return RedirectTaint::CrossSite;
        }
        // 4.3.
        if !next.is_same_origin(last) && !origin.is_same_origin(last) {
            return self.max(RedirectTaint::SameSite);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_without_a_public_suffix_list_is_the_host() {
        let origin = |text| Origin::parse(text).unwrap();
        let (page, other_port) = (origin("https://app.example"), origin("http://app.example:8080"));
        assert!(HostIsSite.schemelessly_same_site(page, other_port) && !HostIsSite.same_site(page, other_port));
        assert!(!HostIsSite.schemelessly_same_site(page, origin("https://api.example")));
        for opaque in [(Origin::OPAQUE, Origin::OPAQUE), (page, Origin::OPAQUE), (Origin::OPAQUE, page)] {
            assert!(!HostIsSite.schemelessly_same_site(opaque.0, opaque.1));
        }
    }
}
