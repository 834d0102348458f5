//! Header maps of the `http` crate, in and out.

use fetch_cors::{
    header::Headers,
    server::{Decision, PolicyConfig},
};
use http::{HeaderMap, HeaderValue};

#[test]
fn a_header_map_answers_a_header_map() {
    let policy = PolicyConfig::new(["https://*.app.example"]).exposed_headers(["etag"]).build().unwrap();
    let mut request = HeaderMap::new();
    request.insert("origin", HeaderValue::from_static("https://a.app.example"));
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    let mut response = HeaderMap::new();
    response.insert("vary", HeaderValue::from_static("accept"));
    response.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.write(&mut response).unwrap();
    headers.write(&mut response).unwrap();
    assert_eq!(response["access-control-allow-origin"], "https://a.app.example");
    assert_eq!(response.get_all("vary").iter().collect::<Vec<_>>(), ["accept", "origin"]);
    assert_eq!(response.get_all("access-control-expose-headers").iter().count(), 1);
    request.append("origin", HeaderValue::from_static("https://a.app.example"));
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    assert!(headers.refusal().is_some());
}

#[test]
fn own_names_are_one_line() {
    let policy = PolicyConfig::new(["https://app.example"]).expose_own_headers().build().unwrap();
    let mut response = HeaderMap::new();
    for name in ["etag", "x-a", "content-type", "set-cookie"] {
        response.insert(name, HeaderValue::from_static("1"));
    }
    let request = HeaderMap::new();
    let Decision::Handle(headers) = policy.decide("GET", Headers::from(&request)) else { panic!() };
    headers.write(&mut response).unwrap();
    assert_eq!(response["access-control-expose-headers"], "etag, x-a");
}
