//! What a page could do otherwise is offered where it can, and where it helps.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use fetch_cors::{
    browser::{Environment, Explanation, Profile, RequestInit, Response, Url},
    header::Headers,
    origin::Origin,
};

/// What is offered where a preflight is answered so.
fn of_preflight(method: &str, url: &str, status: u16, lines: &[(&str, &[u8])]) -> Vec<String> {
    let init = RequestInit { method, ..RequestInit::default() };
    let request = init.request(Url::new(url).unwrap(), Origin::parse("https://app.example").unwrap()).unwrap();
    let response = Response::new(status, Headers::from_pairs(lines)).unwrap();
    let explanation = Explanation::of_preflight(&request, &response, Environment::new(&Profile::FETCH));
    explanation.alternatives().map(|alternative| alternative.to_string()).collect()
}

#[test]
fn a_method_in_another_case_is_one_that_a_page_can_send() {
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
