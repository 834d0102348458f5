//! `cors lint` on good and bad policies.

use super::{Finding, Level, findings, to_text};

fn lint(policy: &str) -> Vec<Finding> {
    findings(&serde_json::from_str(policy).unwrap())
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn all_errors_of_a_policy_are_reported_at_once() {
    let found = lint(r#"{"origins": ["https://a.example/", "null"]}"#);
    assert_eq!(codes(&found), ["trailing-slash", "opaque-origin-not-spelled-out"]);
    assert!(found.iter().all(|finding| finding.level == Level::Error));
    assert_eq!(
        to_text(&found),
        "error: rule 0, origins[0] `https://a.example/`: origin ends with a slash (trailing-slash)\n  \
         fix  drop the trailing slash\n\
         error: rule 0, origins[1] `null`: any page can have the origin `null`\n\
         (opaque-origin-not-spelled-out)\n  \
         fix  drop it, or spell out the danger `opaque-origin` on it\n\
         2 errors; lints come once there are none\n"
    );
    assert_eq!(codes(&lint("{}")), ["no-origin"]);
}

#[test]
fn policy_without_errors_is_linted() {
    let found = lint(r#"{"origins": "https://a.example", "methods": "GET"}"#);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|finding| finding.level == Level::Lint));
    assert!(to_text(&found).ends_with("0 errors, 2 lints\n"));
    assert_eq!(to_text(&[]), "0 errors, 0 lints\n");
}

#[test]
fn wildcards_are_compared_with_the_whole_public_suffix_list() {
    for (origin, is_public_suffix) in [
        // Only the whole list has these.
        ("https://*.nom.br", true),
        ("https://*.hasura.app", true),
        ("https://*.compute.estate", true),
        ("https://*.github.io", true),
        ("https://*.app.example", false),
        ("https://*.example.com", false),
        ("https://github.io", false),
    ] {
        let policy = serde_json::json!({ "origins": [origin, "https://b.example"], "max_age": 600 }).to_string();
        let found = lint(&policy);
        assert_eq!(codes(&found).contains(&"public-suffix"), is_public_suffix, "{origin}: {found:#?}");
    }
}
