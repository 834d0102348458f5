//! `Enforcement::Server`: which requests come from the server's own origin.

use fetch_cors::server::{Enforcement, OwnedPolicy, PolicyConfig};

use crate::{Lines, answer};

fn policy() -> OwnedPolicy {
    PolicyConfig::new(["https://app.example"]).enforcement(Enforcement::Server).build().unwrap()
}

fn kind(lines: Lines<'_>) -> &'static str {
    answer(&policy(), "POST", lines).kind
}

#[test]
fn origin_with_the_requests_host_passes_enforcement() {
    for (origin, host) in [
        ("https://self.example", "self.example"),
        ("https://self.example", "self.example:443"),
        ("https://self.example", "Self.Example:443"),
        ("http://self.example", "self.example:80"),
        ("https://self.example:8443", "self.example:8443"),
        ("https://[2001:db8::1]", "[2001:db8::1]:443"),
        ("https://[2001:db8::1]:8443", "[2001:DB8::1]:8443"),
    ] {
        for name in ["host", "Host", ":authority"] {
            assert_eq!(kind(&[(name, host), ("origin", origin)]), "handle", "{name} {host} {origin}");
        }
    }
}

#[test]
fn origin_with_another_or_unknown_host_is_forbidden() {
    let origin = ("origin", "https://self.example");
    assert_eq!(kind(&[origin]), "forbid");
    for host in ["self.example:80", "self.example:8443", "evil.example", "self.example.", "self.example:443:443", ""] {
        assert_eq!(kind(&[("host", host), origin]), "forbid", "{host}");
    }
    assert_eq!(kind(&[("host", "self.example"), ("Host", "self.example"), origin]), "forbid");
    assert_eq!(kind(&[("host", "self.example"), (":authority", "evil.example"), origin]), "forbid");
    assert_eq!(kind(&[("host", "null"), ("origin", "null")]), "forbid");
}

#[test]
fn sec_fetch_site_overrides_the_host() {
    let lines = |site| [("sec-fetch-site", site), ("host", "self.example"), ("origin", "https://self.example")];
    for (site, expected) in [
        ("same-origin", "handle"),
        ("none", "handle"),
        ("same-site", "forbid"),
        ("cross-site", "forbid"),
        ("", "forbid"),
    ] {
        assert_eq!(kind(&lines(site)), expected, "{site}");
    }
}

#[test]
fn request_without_origin_is_handled_with_any_sec_fetch_site() {
    assert_eq!(kind(&[("sec-fetch-site", "cross-site")]), "handle");
    assert_eq!(kind(&[]), "handle");
}
