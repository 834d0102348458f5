//! What goes over the network, and what comes of it.

use std::{fs, net::TcpListener};

use crate::{
    cors_check,
    server::{Request, Server},
};

const PAGE: &str = "https://app.example";

/// Allows the page what the tests ask for.
fn allowing(request: &Request) -> String {
    let preflight = "access-control-allow-methods: PUT, DELETE\naccess-control-allow-headers: content-type, x-a";
    let lists = if request.line.starts_with("OPTIONS") { preflight } else { "x-b: 1" };
    format!("200 OK\naccess-control-allow-origin: {PAGE}\naccess-control-allow-credentials: true\n{lists}")
}

#[test]
fn a_simple_request_is_sent_once_with_what_a_browser_sends() {
    let server = Server::new(allowing);
    let ran = cors_check([&*server.url("/items?page=2#top"), "--from", PAGE]);
    assert_eq!((ran.status, &*ran.errors), (0, ""), "{}", ran.out);
    let [request] = &server.asked()[..] else { panic!("{:?}", server.asked()) };
    assert_eq!(request.line, "GET /items?page=2 HTTP/1.1");
    assert_eq!(request.header("origin"), Some(PAGE));
    assert_eq!(request.header("sec-fetch-site"), Some("cross-site"));
    assert_eq!(request.header("accept"), Some("*/*"));
    assert_eq!(request.header("host"), Some(&*format!("127.0.0.1:{}", server.port)));
}

#[test]
fn a_preflight_comes_first_and_the_tools_own_credentials_come_with_the_request_alone() {
    let server = Server::new(allowing);
    let url = server.url("/items/7");
    let call = ["-X", "DELETE", "-H", "X-A: 1", "--body", "why", "--credentials", "include"];
    let own = ["--server-header", "Cookie: session=1", "--server-header", "X-Gate: open"];
    let ran = cors_check([&*url, "--from", PAGE].into_iter().chain(call).chain(own));
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.errors);
    let [preflight, request] = &server.asked()[..] else { panic!("{:?}", server.asked()) };
    assert_eq!(preflight.line, "OPTIONS /items/7 HTTP/1.1");
    assert_eq!(preflight.header("access-control-request-method"), Some("DELETE"));
    assert_eq!(preflight.header("access-control-request-headers"), Some("x-a"));
    assert_eq!((preflight.header("cookie"), preflight.header("x-gate")), (None, Some("open")));
    assert_eq!((&*request.line, &*request.body), ("DELETE /items/7 HTTP/1.1", "why"));
    assert_eq!((request.header("cookie"), request.header("x-gate")), (Some("session=1"), Some("open")));
    assert_eq!(request.header("content-type"), Some("text/plain;charset=UTF-8"));
}

#[test]
fn a_redirect_is_followed_and_the_tools_own_headers_stay_at_home() {
    let other = Server::new(|request| {
        format!("200 OK\naccess-control-allow-origin: {}", request.header("origin").unwrap_or_default())
    });
    let location = other.url("/there");
    let server = Server::new(move |_| format!("302 Found\naccess-control-allow-origin: {PAGE}\nlocation: {location}"));
    let ran = cors_check([&*server.url("/"), "--from", PAGE, "--server-header", "X-Gate: open"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.errors);
    let [request] = &other.asked()[..] else { panic!("{:?}", other.asked()) };
    assert_eq!((request.header("origin"), request.header("x-gate")), (Some("null"), None));
    assert_eq!(server.asked().first().and_then(|request| request.header("x-gate")), Some("open"));
}

#[test]
fn refusal_exits_with_1_unless_it_is_expected() {
    let server = Server::new(|_| "200 OK\naccess-control-allow-origin: https://other.example".into());
    let url = server.url("/");
    let ran = cors_check([&*url, "--from", PAGE]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("  fix: Access-Control-Allow-Origin: https://app.example\n"), "{}", ran.out);
    assert_eq!(cors_check([&*url, "--from", PAGE, "--expect", "refused"]).status, 0);
}

#[test]
fn header_on_two_lines_is_read_as_two_lines() {
    let line = format!("access-control-allow-origin: {PAGE}");
    let server = Server::new(move |_| format!("200 OK\n{line}\n{line}"));
    let ran = cors_check([&*server.url("/"), "--from", PAGE, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["checks"][0]["browsers"]["webkit"]["code"], "allow-origin-multiple", "{}", ran.out);
}

#[test]
fn missing_answer_exits_with_3_and_is_not_retried() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = listener.local_addr().unwrap().port();
    drop(listener);
    let ran = cors_check([&*format!("http://127.0.0.1:{free}/"), "--from", PAGE, "--probe"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    assert!(ran.out.contains("NO ANSWER: this says nothing about CORS"), "{}", ran.out);
    // A server that takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let ran = cors_check([&*url, "--from", PAGE, "--max-time", "0.3"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    silent.set_nonblocking(true).unwrap();
    assert!(silent.accept().is_ok() && silent.accept().is_err(), "one connection was made");
    let broken = Server::new(|_| "nonsense".into());
    assert_eq!(cors_check([&*broken.url("/"), "--from", PAGE]).status, 3);
}

#[test]
fn untrusted_certificate_is_refused_unless_the_option_allows_it() {
    let certificate = rcgen::generate_simple_self_signed(["api.example".to_owned()]).unwrap();
    let server = Server::with_tls(&certificate, allowing);
    let directory = std::env::temp_dir().join(format!("cors-check-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    let file = directory.join("certificate.pem");
    fs::write(&file, certificate.cert.pem()).unwrap();
    let (url, file) = (format!("https://api.example:{}/", server.port), file.to_str().unwrap());
    let resolve = format!("api.example:{}:127.0.0.1", server.port);
    let common = [&*url, "--from", PAGE, "--resolve", &resolve];
    let with = |more: &[&'static str]| cors_check(common.into_iter().chain(more.iter().copied()));
    let unknown = with(&[]);
    assert_eq!(unknown.status, 3, "{}", unknown.out);
    assert!(unknown.out.contains("certificate"), "{}", unknown.out);
    assert_eq!(with(&["--insecure"]).status, 0);
    let known = cors_check(common.into_iter().chain(["--cacert", file]));
    assert_eq!(known.status, 0, "{}{}", known.out, known.errors);
    let asked = server.asked();
    assert!(asked.iter().all(|request| request.header("host") == Some(&*format!("api.example:{}", server.port))));
    fs::remove_dir_all(&directory).unwrap();
}
