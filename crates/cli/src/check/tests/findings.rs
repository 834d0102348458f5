//! Servers with one mistake each, of which the probe finds exactly that one, and servers without mistakes.

use super::{Fake, PAGE, URL, head, origin};
use crate::check::{
    finding::{Code, Severity},
    plan::Call,
    probe::{IsAllowed, Target, probe},
    transport::{Answer, Ask, Kind},
};

#[derive(Debug)]
struct Subdomains;

impl IsAllowed for Subdomains {
    fn is_allowed(&self, origin: &str) -> bool {
        origin.starts_with("https://") && origin.ends_with(".example.com")
    }
}

#[derive(Debug)]
pub struct NoOther;

impl IsAllowed for NoOther {
    fn is_allowed(&self, _: &str) -> bool {
        false
    }
}

/// The codes of the findings, and all requests that the server got.
pub fn found_with(is_allowed: &dyn IsAllowed, answer: impl FnMut(&Ask) -> Answer) -> (Vec<&'static str>, Vec<Ask>) {
    let (call, pages, mut answer) = (Call::get(URL), [PAGE.to_owned()], answer);
    let mut server = Fake::new(|ask| Some(answer(ask)));
    let target = Target { call: &call, pages: &pages, is_allowed, fresh: "fresh" };
    let findings = probe(&target, &mut server).unwrap();
    for finding in &findings {
        assert!(!finding.evidence.is_empty() && !finding.fix.is_empty() && !finding.browsers.is_empty(), "{finding:?}");
    }
    (findings.iter().map(|finding| finding.code.as_str()).collect(), server.asked)
}

fn found(answer: impl FnMut(&Ask) -> Answer) -> Vec<&'static str> {
    found_with(&NoOther, answer).0
}

/// Whether a server's answers have credentials.
#[derive(Clone, Copy, PartialEq)]
enum With {
    Credentials,
    Nothing,
}

/// A careful server, which allows the origins for which `is_allowed` is true.
fn serves(with: With, is_allowed: impl Fn(&str) -> bool) -> impl Fn(&Ask) -> Answer {
    move |ask| {
        let status = if ask.url.contains("/fresh") { 404 } else { 200 };
        let mut answer = head(status, &["vary: Origin"]);
        if let Some(origin) = origin(ask).filter(|origin| is_allowed(origin)) {
            let mut push = |name: &str, value: &str| answer.headers.push((name.into(), value.into()));
            push("access-control-allow-origin", &origin);
            if with == With::Credentials {
                push("access-control-allow-credentials", "true");
            }
            if ask.kind == Kind::Preflight {
                push("access-control-allow-methods", "PUT");
                push("access-control-allow-headers", "content-type");
            }
        }
        answer
    }
}

#[test]
fn careful_servers_have_no_findings() {
    let exactly = |origin: &str| origin == PAGE;
    assert_eq!(found(serves(With::Credentials, exactly)), [""; 0]);
    assert_eq!(found(serves(With::Nothing, exactly)), [""; 0]);
    assert_eq!(found(|_| head(200, &["access-control-allow-origin: *"])), [""; 0]);
    // A server that sends one origin to everybody need not vary.
    assert_eq!(found(|_| head(200, &["access-control-allow-origin: https://app.example.com"])), [""; 0]);
    // A server without CORS makes no mistake.
    assert_eq!(found(|_| head(200, &[])), [""; 0]);
    assert_eq!(found(|_| head(500, &[])), [""; 0]);
}

#[test]
fn each_wrong_comparison_of_origins_is_found() {
    let credentials = With::Credentials;
    assert_eq!(found(serves(credentials, |_| true)), ["any-site-reads-with-credentials"]);
    assert_eq!(found(serves(With::Nothing, |_| true)), ["any-site-reads"]);
    let or = |also: &'static str| move |origin: &str| origin == PAGE || origin == also;
    assert_eq!(found(serves(credentials, or("null"))), ["null-reads-with-credentials"]);
    assert_eq!(found(serves(With::Nothing, or("null"))), ["null-reads"]);
    assert_eq!(found(serves(credentials, or("http://app.example.com"))), ["http-page-reads-with-credentials"]);
    assert_eq!(found(serves(With::Nothing, or("http://app.example.com"))), [""; 0]);
    let begins = |origin: &str| origin.starts_with(PAGE);
    assert_eq!(found(serves(credentials, begins)), ["lookalike-reads-with-credentials"]);
    assert_eq!(found(serves(With::Nothing, begins)), ["lookalike-reads"]);
    let ends = |origin: &str| origin.starts_with("https://") && origin.ends_with("example.com");
    assert_eq!(
        found(serves(credentials, ends)),
        ["lookalike-reads-with-credentials", "subdomain-reads-with-credentials"]
    );
    let any_letter = |origin: &str| origin.replace("appx", "app.") == PAGE;
    assert_eq!(found(serves(credentials, any_letter)), ["lookalike-reads-with-credentials"]);
}

#[test]
fn a_wildcard_over_subdomains_is_a_note_unless_it_is_allowed() {
    let subdomains = |origin: &str| Subdomains.is_allowed(origin);
    assert_eq!(found(serves(With::Credentials, subdomains)), ["subdomain-reads-with-credentials"]);
    assert_eq!(Code::SubdomainReadsWithCredentials.severity(), Severity::Note);
    assert_eq!(found_with(&Subdomains, serves(With::Credentials, subdomains)).0, [""; 0]);
}

#[test]
fn preflight_that_allows_foreign_origins_is_found_even_if_they_read_nothing() {
    let reads = serves(With::Credentials, |origin| origin == PAGE);
    let sends = serves(With::Credentials, |_| true);
    let both = |ask: &Ask| if ask.kind == Kind::Preflight { sends(ask) } else { reads(ask) };
    assert_eq!(found(both), ["any-site-sends-with-credentials"]);
}

#[test]
fn grant_that_no_browser_accepts_is_reported_as_broken_not_dangerous() {
    let lines = ["access-control-allow-origin: *", "access-control-allow-credentials: true"];
    assert_eq!(found(|_| head(200, &lines)), ["wildcard-with-credentials"]);
    assert_eq!(Code::WildcardWithCredentials.severity(), Severity::Broken);
}

#[test]
fn doubled_lines_are_found_where_the_header_has_one_value() {
    let page = "access-control-allow-origin: https://app.example.com";
    assert_eq!(found(|_| head(200, &[page, page])), ["line-doubled"]);
    let max_age = "access-control-max-age: 600";
    assert_eq!(found(|_| head(200, &[page, max_age, max_age])), ["line-doubled"]);
    let methods = "access-control-allow-methods: PUT";
    assert_eq!(found(|_| head(200, &[page, methods, methods])), [""; 0]);
}

#[test]
fn a_preflight_that_asks_for_a_login_is_found() {
    let page = "access-control-allow-origin: https://app.example.com";
    let challenge = ["www-authenticate: Basic realm=x", page];
    let login = ["location: https://login.example.org/?redirect_uri=x", page];
    for refusal in [head(401, &challenge), head(401, &[]), head(302, &login), head(403, &challenge)] {
        let answer = |ask: &Ask| if ask.kind == Kind::Preflight { refusal.clone() } else { head(200, &[page]) };
        assert_eq!(found(answer), ["preflight-needs-login"], "{refusal:?}");
    }
    let answer = |ask: &Ask| if ask.kind == Kind::Preflight { head(405, &[]) } else { head(200, &[page]) };
    assert_eq!(found(answer), [""; 0]);
}

#[test]
fn an_error_without_the_headers_is_found() {
    let careful = serves(With::Nothing, |origin| origin == PAGE);
    let answer = |ask: &Ask| if ask.url.contains("/fresh") { head(404, &["vary: Origin"]) } else { careful(ask) };
    assert_eq!(found(answer), ["error-unreadable"]);
    // The page cannot read anything, so errors are not an exception.
    let answer = |ask: &Ask| head(if ask.url.contains("/fresh") { 404 } else { 200 }, &[]);
    assert_eq!(found(answer), [""; 0]);
}

#[test]
fn missing_vary_is_found_on_each_answer_that_depends_on_the_origin() {
    let careful = serves(With::Nothing, |origin| origin == PAGE);
    let without = |answer: Answer| Answer {
        headers: answer.headers.into_iter().filter(|(name, _)| name != "vary").collect(),
        ..answer
    };
    assert_eq!(found(|ask| without(careful(ask))), ["vary-origin-missing"]);
    // `Vary` only on the answers to the page does not help.
    let on_own = |ask: &Ask| if origin(ask).as_deref() == Some(PAGE) { careful(ask) } else { without(careful(ask)) };
    assert_eq!(found(on_own), ["vary-origin-missing"]);
    let to_nobody = |ask: &Ask| if origin(ask).is_none() { without(careful(ask)) } else { careful(ask) };
    assert_eq!(found(to_nobody), ["vary-origin-missing"]);
    let other = |value: &'static str| {
        let careful = &careful;
        move |ask: &Ask| {
            let mut answer = without(careful(ask));
            answer.headers.push(("vary".into(), value.into()));
            answer
        }
    };
    assert_eq!(found(other("Accept-Encoding")), ["vary-origin-missing"]);
    assert_eq!(found(other("Accept-Encoding, ORIGIN")), [""; 0]);
    assert_eq!(found(other("*")), [""; 0]);
    let no_store = |ask: &Ask| {
        let mut answer = without(careful(ask));
        answer.headers.push(("cache-control".into(), b"max-age=60, no-store".to_vec()));
        answer
    };
    assert_eq!(found(no_store), [""; 0]);
}

#[test]
fn shared_cache_that_mixes_origins_is_found() {
    let careful = serves(With::Nothing, |origin| origin == PAGE);
    let mut stored: Vec<(String, Answer)> = Vec::new();
    // It stores by the URL alone, and ignores `Vary`.
    let answer = |ask: &Ask| {
        if ask.kind == Kind::Preflight {
            return careful(ask);
        }
        if let Some((_, answer)) = stored.iter().find(|(url, _)| *url == ask.url) {
            return answer.clone();
        }
        stored.push((ask.url.clone(), careful(ask)));
        careful(ask)
    };
    let codes = found(answer);
    assert!(codes.contains(&"cache-mixes-origins"), "{codes:?}");
    assert!(!codes.contains(&"vary-origin-missing"), "{codes:?}");
}

#[test]
fn probe_sends_only_safe_methods_and_nothing_twice() {
    let (codes, asked) = found_with(&NoOther, serves(With::Credentials, |_| true));
    assert_eq!(codes, ["any-site-reads-with-credentials"]);
    assert!(asked.iter().all(|ask| ask.method == "GET" || ask.method == "OPTIONS"));
    for (number, ask) in asked.iter().enumerate() {
        assert!(!asked.iter().skip(number + 1).any(|other| other == ask), "twice: {ask:?}");
    }
}

#[test]
fn server_without_an_answer_is_an_error_not_a_finding() {
    let (call, pages) = (Call::get(URL), [PAGE.to_owned()]);
    let target = Target { call: &call, pages: &pages, is_allowed: &NoOther, fresh: "fresh" };
    let error = probe(&target, &mut Fake::new(|_| None)).unwrap_err();
    assert!(error.reason.ends_with("connection refused"));
}

#[test]
fn server_that_drops_requests_of_foreign_origins_has_no_findings() {
    let (call, pages) = (Call::get(URL), [PAGE.to_owned()]);
    let target = Target { call: &call, pages: &pages, is_allowed: &NoOther, fresh: "fresh" };
    let careful = serves(With::Credentials, |origin| origin == PAGE);
    let drops = |ask: &Ask| origin(ask).is_none_or(|origin| origin == PAGE).then(|| careful(ask));
    assert_eq!(probe(&target, &mut Fake::new(drops)), Ok(Vec::new()));
    let preflights_alone = |ask: &Ask| (ask.kind != Kind::Preflight).then(|| careful(ask));
    assert!(probe(&target, &mut Fake::new(preflights_alone)).is_err());
}

#[test]
fn finding_codes_are_kebab_case_and_unique() {
    for (number, code) in Code::ALL.into_iter().enumerate() {
        let word = code.as_str();
        assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{word}");
        assert_eq!(Code::ALL.into_iter().position(|other| other.as_str() == word), Some(number));
    }
}

#[test]
fn the_page_lists_each_code_with_its_severity_and_meaning() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check.md")).unwrap();
    let (_, table) = page.split_once("<!-- codes -->\n").unwrap();
    let rows: Vec<_> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    let row = |code: Code| format!("| `{}` | {} | {} |", code.as_str(), code.severity().as_str(), code.meaning());
    assert_eq!(rows, Code::ALL.map(row));
}
