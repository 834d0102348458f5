//! The server half answers a probe: there is no finding that the policy does not allow explicitly.

use fetch_cors::{
    header::Headers,
    server::{Decision, OwnedPolicy, PolicyConfig},
};

use super::{
    PAGE,
    findings::{NoOther, found_with},
};
use crate::check::transport::{Answer, Ask};

fn policy(json: &str) -> OwnedPolicy {
    serde_json::from_str::<PolicyConfig>(json).unwrap().build().unwrap()
}

/// The answer of a server with the policy. Paths below the URL do not exist.
fn answer(policy: &OwnedPolicy, ask: &Ask) -> Answer {
    let pairs: Vec<(&str, &[u8])> = ask.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let decision = policy.decide(&ask.method, Headers::from_pairs(&pairs));
    let of_application = if ask.url.contains("/fresh") { 404 } else { 200 };
    let status = match decision {
        Decision::Handle(_) => of_application,
        Decision::AnswerPreflight(_) | Decision::Forbid(_) => decision.status().unwrap(),
    };
    let mut lines: Vec<(&str, &[u8])> = Vec::new();
    decision.write(&mut lines).unwrap();
    let line = |(name, value): (&str, &[u8])| (name.to_ascii_lowercase(), value.to_vec());
    Answer { status, headers: lines.into_iter().map(line).collect() }
}

#[test]
fn probe_of_a_policys_server_finds_exactly_its_allowed_dangers() {
    let credentials = r#""credentials": true, "methods": "PUT", "request_headers": "content-type""#;
    let page = format!(r#""{PAGE}""#);
    for (origins, settings, expected) in [
        (&*page, "\"max_age\": 600", ""),
        (&page, credentials, ""),
        (r#""*""#, "\"methods\": \"*\"", ""),
        (r#"["https://app.example.com", "https://admin.example.com"]"#, credentials, ""),
        (&page, r#""credentials": true, "enforcement": "server""#, ""),
        (&page, r#""credentials": true, "disclosure": "minimal""#, ""),
        (r#""https://*.example.com""#, credentials, "subdomain-reads-with-credentials"),
        (r#"{"pattern": "*", "dangerously_allow": ["any-origin"]}"#, credentials, "any-site-reads-with-credentials"),
        (
            r#"["https://app.example.com", {"pattern": "null", "dangerously_allow": ["opaque-origin"]}]"#,
            credentials,
            "null-reads-with-credentials",
        ),
        (
            r#"["https://app.example.com", {"pattern": "http://app.example.com", "dangerously_allow": ["insecure-scheme"]}]"#,
            credentials,
            "http-page-reads-with-credentials",
        ),
    ] {
        let json = format!(r#"{{"origins": {origins}, {settings}}}"#);
        let policy = policy(&json);
        let (codes, _) = found_with(&NoOther, |ask| answer(&policy, ask));
        assert_eq!(codes.join(" "), expected, "{json}");
    }
}
