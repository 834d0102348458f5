//! The pages that a probe asks as: those that a careless comparison takes for an allowed page.

use fetch_cors::origin::Origin;

use crate::{check::finding::Who, exchange::registrable_domain};

/// A page that should not be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    pub who: Who,
    pub origin: String,
    /// A description, for people.
    pub what: &'static str,
}

/// A site that nobody can register: `.test` is reserved (RFC 6761).
const OTHER_HOST: &str = "cors-probe.test";

/// The strangers to a page.
///
/// Another site comes first: a server that allows it allows all the others.
pub fn strangers(page: &str) -> Vec<Stranger> {
    let (scheme, rest) = page.split_once("://").unwrap_or(("https", ""));
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, format!(":{port}")),
        _ => (rest, String::new()),
    };
    let stranger = |who, what, origin| Stranger { who, origin, what };
    let mut all = vec![
        stranger(Who::AnySite, "another site", format!("{scheme}://{OTHER_HOST}")),
        stranger(Who::Null, "a sandboxed frame", "null".into()),
    ];
    if !host.is_empty() {
        if scheme == "https" {
            all.push(stranger(Who::HttpPage, "the page over `http`", format!("http://{host}{port}")));
        }
        let site = registrable_domain(host).unwrap_or(host);
        let lookalike = |what, host: String| stranger(Who::Lookalike, what, format!("{scheme}://{host}{port}"));
        let subdomain = |what, host: String| stranger(Who::Subdomain, what, format!("{scheme}://{host}{port}"));
        all.push(lookalike("a site whose name begins with the page's host", format!("{host}.{OTHER_HOST}")));
        all.push(lookalike("a site whose name ends with the page's domain", format!("cors-probe{site}")));
        // Matches a regular expression in which the dot before the domain is not escaped.
        if let Some(below) = host.strip_suffix(site).and_then(|rest| rest.strip_suffix('.')) {
            all.push(lookalike("a site with a letter for the dot before the page's domain", format!("{below}x{site}")));
            all.push(subdomain("another name of the page's domain", format!("cors-probe{host}")));
        }
        all.push(subdomain("a subdomain of the page's host", format!("cors-probe.{host}")));
    }
    // An IP address has no subdomains, and no names end with it.
    all.retain(|stranger| stranger.origin != page && Origin::parse(&stranger.origin).is_ok());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(page: &str) -> Vec<String> {
        strangers(page).into_iter().map(|stranger| stranger.origin).collect()
    }

    #[test]
    fn https_page_is_probed_with_every_kind_of_foreign_origin() {
        assert_eq!(
            origins("https://app.example.com"),
            [
                "https://cors-probe.test",
                "null",
                "http://app.example.com",
                "https://app.example.com.cors-probe.test",
                "https://cors-probeexample.com",
                "https://appxexample.com",
                "https://cors-probeapp.example.com",
                "https://cors-probe.app.example.com",
            ]
        );
    }

    #[test]
    fn own_domain_is_not_probed_as_a_lookalike() {
        let lookalikes: Vec<_> = strangers("https://a.b.example.co.uk")
            .into_iter()
            .filter(|stranger| stranger.who == Who::Lookalike)
            .map(|stranger| stranger.origin)
            .collect();
        assert_eq!(
            lookalikes,
            [
                "https://a.b.example.co.uk.cors-probe.test",
                "https://cors-probeexample.co.uk",
                "https://a.bxexample.co.uk",
            ]
        );
    }

    #[test]
    fn foreign_origins_keep_the_pages_port_and_http_pages_have_no_http_twin() {
        assert_eq!(
            origins("http://localhost:3000"),
            [
                "http://cors-probe.test",
                "null",
                "http://localhost.cors-probe.test:3000",
                "http://cors-probelocalhost:3000",
                "http://cors-probe.localhost:3000",
            ]
        );
    }

    #[test]
    fn ip_address_is_probed_without_lookalikes_of_its_suffix() {
        assert_eq!(
            origins("http://127.0.0.1:8080"),
            ["http://cors-probe.test", "null", "http://127.0.0.1.cors-probe.test:8080"]
        );
        assert_eq!(origins("http://[::1]:8080"), ["http://cors-probe.test", "null"]);
        assert_eq!(origins("null"), ["https://cors-probe.test"]);
    }
}
