//! Redirects that lead to a login page.

use crate::grammar;

/// Labels in the hosts of login pages.
const LABELS: [&str; 24] = [
    "account",
    "accounts",
    "adfs",
    "auth",
    "auth0",
    "authentication",
    "b2clogin",
    "cas",
    "ciamlogin",
    "cloudflareaccess",
    "id",
    "identity",
    "idp",
    "keycloak",
    "login",
    "logon",
    "microsoftonline",
    "oauth",
    "oauth2",
    "okta",
    "onelogin",
    "passport",
    "signin",
    "sso",
];

/// Segments in the paths of login pages.
const SEGMENTS: [&str; 21] = [
    "adfs",
    "auth",
    "authenticate",
    "authorize",
    "cas",
    "logon",
    "login",
    "oauth",
    "oauth2",
    "oidc",
    "openid",
    "passport",
    "saml",
    "saml2",
    "signin",
    "signon",
    "sso",
    "log-in",
    "log_in",
    "sign-in",
    "sign_in",
];

/// Parameters that only a URL of a login page has.
const PARAMETERS: [&str; 8] =
    ["client_id", "redirect_uri", "returnurl", "return_to", "rd", "response_type", "samlrequest", "relaystate"];

/// Whether a redirect leads from `url` to a login page, as far as `location` shows.
// AD-HOC: nothing marks a login page. Its host, path or parameters have words that are usual there, and the redirected
// URL does not have them. So an API for logging in may redirect within itself.
pub(super) fn leads_to_login(url: &str, location: &[u8]) -> bool {
    let Ok(location) = core::str::from_utf8(location) else { return false };
    let ((host, path, _), (to_host, to_path, to_query)) = (parts(url), parts(location));
    // `id` is part of too many names, such as `id-cdn`, to count between hyphens.
    let labels = |host: &'_ str, word: &str| {
        host.as_bytes().split(|byte| *byte == b'.' || *byte == b'-' && word != "id").any(is(word))
    };
    let segments = |path: &'_ str, word: &str| path.as_bytes().split(|byte| *byte == b'/').any(has_word(word));
    let in_host = !to_host.is_empty()
        && !to_host.eq_ignore_ascii_case(host)
        && LABELS.into_iter().any(|word| labels(to_host, word) && !labels(host, word));
    let in_path = SEGMENTS.into_iter().any(|word| segments(to_path, word) && !segments(path, word));
    in_host || in_path || has_login_parameters(to_query)
}

/// Whether `url`, the target of a redirect, is a login page.
pub(in crate::browser) fn is_login(url: &str) -> bool {
    leads_to_login("", url.as_bytes())
}

fn has_login_parameters(query: &str) -> bool {
    let names = |word: &str| {
        query
            .as_bytes()
            .split(|byte| *byte == b'&')
            .filter_map(|parameter| parameter.split(|byte| *byte == b'=').next())
            .any(|name| name.eq_ignore_ascii_case(word.as_bytes()))
    };
    let count = PARAMETERS.into_iter().filter(|word| names(word)).count();
    count >= 2 || names("samlrequest")
}

/// Whether a segment of a path is `word`, or has it between dots, hyphens and underscores, as `login.php` has.
fn has_word(word: &str) -> impl FnMut(&[u8]) -> bool {
    move |segment| is(word)(segment) || segment.split(|byte| matches!(byte, b'.' | b'-' | b'_')).any(is(word))
}

fn is(word: &str) -> impl FnMut(&[u8]) -> bool {
    move |part| part.eq_ignore_ascii_case(word.as_bytes())
}

/// The host of a URL, empty if it has none, its path and its query.
fn parts(url: &str) -> (&str, &str, &str) {
    let without_fragment = grammar::until(url, b"#");
    let (address, query) = grammar::split_before(without_fragment, b"?");
    let after_slashes = match grammar::split_once(address, "://") {
        Some((_, rest)) => Some(rest),
        None => address.strip_prefix("//"),
    };
    let (authority, path) = after_slashes.map_or(("", address), |rest| grammar::split_before(rest, b"/"));
    (grammar::until(authority, b":"), path, query.strip_prefix('?').unwrap_or(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_for_logging_in_are_known_by_host_path_or_parameters() {
        for (url, location, login) in [
            ("https://api.example/items", "https://api.example/oauth2/sign_in?rd=/items", true),
            ("https://api.example/items", "/login?next=/items", true),
            ("https://api.example/items", "/users/sign_in", true),
            ("https://api.example/items", "/wp-login.php?redirect_to=x", true),
            ("https://api.example/items", "/.auth/login/aad", true),
            ("https://api.example/items", "/_oauth?state=x", true),
            ("https://api.example/items", "/cgi-bin/login.cgi", true),
            ("https://api.example/items", "/realms/x/protocol/openid-connect/auth", true),
            ("https://api.example/items", "/Account/Login?ReturnUrl=%2Fitems", true),
            ("https://api.example/items", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", true),
            ("https://api.example/items", "https://accounts.google.com/o/oauth2/v2/auth", true),
            ("https://api.example/items", "https://sso.example/?service=items", true),
            ("https://api.example/items", "https://team.cloudflareaccess.com/x", true),
            ("https://api.example/items", "https://id.example/start?client_id=a&response_type=code", true),
            ("https://api.example/items", "https://idp.other.example/x?SAMLRequest=abc", true),
            ("https://api.example/items", "//auth.example/", true),
            ("https://api.example/items", "/items/", false),
            ("https://api.example/items", "https://www.api.example/items", false),
            ("https://api.example/items", "https://files.example/bucket/1?X-Amz-Signature=abc", false),
            ("https://api.example/items", "https://id-cdn.example/items", false),
            ("https://api.example/items", "https://id.shop.example/items", true),
            ("https://api.example/items", "/authors/1", false),
            ("https://api.example/items", "/catalogin/1", false),
            ("https://api.example/auth/token", "/auth/token/", false),
            ("https://auth.example/token", "https://auth.example/token/", false),
            ("https://auth.example/token", "https://auth.example/login", true),
            ("http://api.example/login", "https://api.example/login", false),
            ("https://api.example/items", "\u{fc}", false),
        ] {
            assert_eq!(leads_to_login(url, location.as_bytes()), login, "{url} to {location}");
        }
        assert!(!leads_to_login("", b"\xFF/login"));
    }
}
