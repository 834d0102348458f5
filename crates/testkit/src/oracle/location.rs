use super::Header;

/// The value of `Location`, if the response redirects: null, failure, or its bytes.
///
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>, 1–2.
pub fn location(status: u16, response: &[Header]) -> Option<Result<Vec<u8>, ()>> {
    // 1.
    if ![301, 302, 303, 307, 308].contains(&status) {
        return None;
    }
    // 2.
    let values: Vec<&Header> = response.iter().filter(|header| header.0.eq_ignore_ascii_case(b"Location")).collect();
    match &values[..] {
        [] => None,
        [location] => Some(Ok(location.1.clone())),
        _ => Some(Err(())),
    }
}

/// The referrer policies. The empty one is first.
pub const REFERRER_POLICIES: [&str; 9] = [
    "",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>
pub fn parse_a_referrer_policy(response: &[Header]) -> &'static str {
    // 1, as browsers do it: tokens that the grammar does not have are skipped.
    let policies = response.iter().filter(|header| header.0.eq_ignore_ascii_case(b"Referrer-Policy"));
    let policy_tokens = policies.flat_map(|header| header.1.split(|byte| *byte == b','));
    // 2.
    let mut policy = "";
    // 3.
    for token in policy_tokens {
        let token = String::from_utf8_lossy(token).trim_matches([' ', '\t']).to_ascii_lowercase();
        if let Some(known) = REFERRER_POLICIES.iter().find(|known| !known.is_empty() && **known == token) {
            policy = known;
        }
    }
    // 4.
    policy
}
