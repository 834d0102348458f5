//! Which origins belong to one site.

use fetch_cors::{browser::request::SameSite, origin::Origin};

/// The [`SameSite`] of browsers, by the public suffix list.
#[derive(Debug)]
pub(crate) struct PublicSuffixList;

impl SameSite for PublicSuffixList {
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        !left.is_opaque() && !right.is_opaque() && site(left.host()) == site(right.host())
    }
}

/// The registrable domain of a host. An address, or a public suffix, is its own.
fn site(host: &str) -> &str {
    let is_address = host.starts_with('[') || host.parse::<core::net::Ipv4Addr>().is_ok();
    let registrable = if is_address { None } else { psl::domain_str(host) };
    registrable.unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_registrable_domain_or_a_host_without_one() {
        for (left, right, same) in [
            ("https://app.shop.example", "https://api.shop.example", true),
            ("https://app.example", "https://api.example", false),
            ("https://one.github.io", "https://two.github.io", false),
            ("http://127.0.0.1:1", "http://127.0.0.1:2", true),
            ("http://127.0.0.1", "http://1.0.0.1", false),
            ("http://localhost:1", "http://localhost:2", true),
            ("http://localhost", "http://127.0.0.1", false),
            ("http://[::1]:1", "http://[::1]", true),
            ("https://shop.example", "http://shop.example", false),
            ("null", "null", false),
        ] {
            let origin = |text| Origin::parse(text).expect("it is an origin");
            assert_eq!(PublicSuffixList.same_site(origin(left), origin(right)), same, "{left} {right}");
        }
    }
}
