//! Probes over the network.

use crate::{cors_check, server::Server};

const PAGE: &str = "https://app.example";

fn reflecting() -> Server {
    Server::new(|request| match request.header("origin") {
        Some(origin) => {
            format!(
                "200 OK\nvary: Origin\naccess-control-allow-origin: {origin}\naccess-control-allow-credentials: true"
            )
        }
        None => "200 OK\nvary: Origin".into(),
    })
}

#[test]
fn a_server_that_reflects_every_origin_is_found_and_a_code_can_be_ignored() {
    let server = reflecting();
    let url = server.url("/");
    let ran = cors_check([&*url, "--from", PAGE, "--probe"]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.out.contains("DANGEROUS any-site-reads-with-credentials"), "{}", ran.out);
    assert!(ran.out.ends_with("1 check: 1 as expected; 1 finding (1 dangerous)\n"), "{}", ran.out);
    // The check asks as the page, and so does the probe; nothing else is asked twice.
    let mut asked: Vec<_> = server
        .asked()
        .iter()
        .map(|request| (request.line.clone(), request.header("origin").map(String::from)))
        .collect();
    asked.remove(0);
    asked.sort_unstable();
    let count = asked.len();
    asked.dedup();
    assert_eq!(asked.len(), count, "{asked:?}");
    let ignored = cors_check([&*url, "--from", PAGE, "--probe", "--ignore", "any-site-reads-with-credentials"]);
    assert_eq!(ignored.status, 0, "{}", ignored.out);
    let allowed = cors_check([&*url, "--from", PAGE, "--probe", "--allow", "*"]);
    assert!(!allowed.out.contains("any-site"), "{}", allowed.out);
}

#[test]
fn a_probe_with_a_method_that_changes_something_sends_it_for_the_page_alone() {
    let server = Server::new(|request| {
        let origin = request.header("origin").unwrap_or_default();
        format!(
            "200 OK\nvary: Origin\naccess-control-allow-origin: {origin}\naccess-control-allow-credentials: true\n\
             access-control-allow-methods: DELETE"
        )
    });
    let ran = cors_check([&*server.url("/items/7"), "--from", PAGE, "-X", "DELETE", "--probe"]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    let asked = server.asked();
    let deleted: Vec<_> = asked.iter().filter(|request| request.line.starts_with("DELETE")).collect();
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].header("origin"), Some(PAGE));
}
