use super::{
    Header, get,
    request::{same_origin, scheme_and_host, schemelessly_same_site},
};

/// Whether the response is allowed. Navigations are not covered.
///
/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check>
fn internal_check(
    origin: &str,
    embedder_policy: &str,
    response: &[Header],
    url_origin: &str,
    includes_credentials: bool,
) -> bool {
    // 2.
    let policy = get(b"Cross-Origin-Resource-Policy", response);
    // 3.
    let known: [&[u8]; 3] = [b"same-origin", b"same-site", b"cross-origin"];
    let mut policy = policy.filter(|policy| known.contains(&&policy[..]));
    // 4.
    if policy.is_none() {
        policy = match embedder_policy {
            "unsafe-none" => None,
            "credentialless" => includes_credentials.then(|| b"same-origin".to_vec()),
            "require-corp" => Some(b"same-origin".to_vec()),
            _ => panic!("`{embedder_policy}` is not an embedder policy"),
        };
    }
    // 5.
    match policy.as_deref() {
        None | Some(b"cross-origin") => true,
        Some(b"same-origin") => same_origin(origin, url_origin),
        Some(b"same-site") => {
            schemelessly_same_site(origin, url_origin)
                && (scheme_and_host(origin).0 == "https" || scheme_and_host(url_origin).0 != "https")
        }
        Some(_) => unreachable!(),
    }
}

/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>
pub fn cross_origin_resource_policy_check(
    origin: &str,
    embedder_policy: &str,
    response: &[Header],
    url_origin: &str,
    includes_credentials: bool,
) -> bool {
    let check = |policy| internal_check(origin, policy, response, url_origin, includes_credentials);
    // 3 and 5. The other steps only report.
    check("unsafe-none") && check(embedder_policy)
}
