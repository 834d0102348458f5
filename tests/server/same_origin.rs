//! `Enforcement::Server`: which requests are of the server's own origin.

use fetch_cors::server::{Enforcement, OwnedPolicy, PolicyConfig};

use crate::{Lines, answer};

fn policy() -> OwnedPolicy {
    PolicyConfig::new(["https://app.example"]).enforcement(Enforcement::Server).build().unwrap()
}

fn kind(lines: Lines<'_>) -> &'static str {
    answer(&policy(), "POST", lines).kind
}

#[test]
fn an_origin_passes_whose_host_is_that_of_the_request() {
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
fn an_origin_is_forbidden_whose_host_is_another_or_is_not_known() {
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
fn sec_fetch_site_counts_more_than_the_host() {
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
fn a_request_without_origin_is_handled_wherever_it_comes_from() {
    assert_eq!(kind(&[("sec-fetch-site", "cross-site")]), "handle");
    assert_eq!(kind(&[]), "handle");
}
