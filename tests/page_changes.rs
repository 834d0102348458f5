//! Changes of the page's call are offered if the page can make them, and if they help.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use fetch_cors::{
    browser::{
        Environment, Explanation, Profile, RequestInit, Response, Url,
        explain::PageChange,
        request::{CredentialsMode, RedirectTaint, ResponseTainting},
    },
    header::Headers,
    origin::Origin,
};

/// The changes that are offered for this answer to a preflight.
fn of_preflight(method: &str, url: &str, status: u16, lines: &[(&str, &[u8])]) -> Vec<String> {
    let init = RequestInit { method, ..RequestInit::default() };
    let request = init.request(Url::new(url).unwrap(), Origin::parse("https://app.example").unwrap()).unwrap();
    let response = Response::new(status, Headers::from_pairs(lines)).unwrap();
    let explanation = Explanation::of_preflight(&request, &response, Environment::new(&Profile::FETCH));
    explanation.page_changes().map(|(change, _)| change.to_string()).collect()
}

#[test]
fn listed_method_in_another_case_is_offered_if_the_page_can_send_it() {
    for (method, listed, offered) in [
        ("PUT", "put", None),
        ("delete", "GET, Delete", None),
        ("patch", "PATCH", Some("method: \"PATCH\", which the server allows")),
        ("PATCH", "put, patch", Some("method: \"patch\", which the server allows")),
    ] {
        let lines = [("Access-Control-Allow-Origin", &b"*"[..]), ("Access-Control-Allow-Methods", listed.as_bytes())];
        let alternatives = of_preflight(method, "https://api.example/items", 204, &lines);
        assert_eq!(alternatives, Vec::from_iter(offered), "{method}");
    }
}

#[test]
fn redirected_preflight_offers_its_target_if_only_scheme_host_or_slash_differ() {
    for (url, location, offered) in [
        ("http://api.example/items", "https://api.example/items", true),
        ("http://api.example/items", "https://api.example:443/items", true),
        ("http://api.example/items?a=1", "https://www.api.example/items/?a=1", true),
        ("https://www.api.example/", "https://api.example", true),
        ("https://api.example/items", "/items/", true),
        ("https://api.example/items//", "/items", true),
        ("https://api.example/items", "/items", false),
        ("https://api.example/items", "https://api.example/items#top", false),
        ("https://api.example/items", "https://api.example/login", false),
        ("https://api.example/items", "/login?next=/items/", false),
        ("https://api.example/items", "//login.example/items", false),
        ("https://api.example//login.example/", "//login.example", false),
        ("https://api.example/items", "https://api.example/items?session=1", false),
        ("https://api.example/items", "https://login.example/items", false),
        ("https://api.example/items", "", false),
    ] {
        let lines = [("Access-Control-Allow-Origin", &b"*"[..]), ("Location", location.as_bytes())];
        let alternatives = of_preflight("GET", url, 307, &lines);
        let expected = offered.then(|| format!("the URL `{location}` to begin with"));
        assert_eq!(alternatives, Vec::from_iter(expected), "{url} to {location}");
    }
}

#[test]
fn fix_that_allows_null_has_a_warning_and_an_alternative() {
    for (credentials, fix, warned) in
        [(CredentialsMode::Include, "null", true), (CredentialsMode::SameOrigin, "*", false)]
    {
        let init = RequestInit { credentials, ..RequestInit::default() };
        let url = Url::new("https://files.example/7#top").unwrap();
        let request = init.request(url, Origin::parse("https://app.example").unwrap()).unwrap();
        let request =
            request.with_response_tainting(ResponseTainting::Cors).with_redirect_taint(RedirectTaint::CrossSite);
        let lines = [
            ("Access-Control-Allow-Origin", &b"https://app.example"[..]),
            ("Access-Control-Allow-Credentials", b"true"),
        ];
        let response = Response::new(200, Headers::from_pairs(&lines)).unwrap();
        let explanation = Explanation::of_response(&request, &response, Environment::new(&Profile::FETCH));
        let changes: Vec<String> = explanation.fix().map(|change| change.to_string()).collect();
        assert_eq!(changes, [format!("Access-Control-Allow-Origin: {fix}")]);
        let hints: Vec<String> = explanation.hints().map(|hint| hint.to_string()).collect();
        assert_eq!(hints.iter().any(|hint| hint.starts_with("to allow `null` is to allow every")), warned, "{hints:?}");
        assert!(explanation.page_changes().any(|(it, _)| it == PageChange::Location(b"https://files.example/7")));
    }
}
