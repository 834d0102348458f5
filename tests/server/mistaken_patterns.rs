//! Common mistakes in patterns: each has a reason, and if there is a fix, it builds.

use fetch_cors::server::{OriginPattern, Policy, PolicyConfig, RuleConfig};
use proptest::prelude::*;

/// The codes of a pattern's faults, and the fix. Both types of policy must report the same.
fn faults(text: &str) -> (Vec<&'static str>, Option<String>) {
    let errors = PolicyConfig::new([text]).build().unwrap_err();
    let patterns = [OriginPattern::new(text)];
    assert!(Policy::builder(&patterns).errors().eq(errors.iter()), "{errors}");
    let fix = errors.iter().next().and_then(|error| error.suggestion()).map(|suggestion| suggestion.to_string());
    if let Some(fix) = &fix {
        for part in fix.split(", ").map(|part| part.trim_matches('`')) {
            assert_eq!(OriginPattern::new(part).fault(), None, "{text:?}: {fix}");
        }
    }
    (errors.iter().map(|error| error.code()).collect(), fix)
}

fn assert_faults(cases: &[(&str, &[&str], Option<&str>)]) {
    for (text, codes, fix) in cases {
        let fix = fix.map(|fix| fix.split(", ").map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", "));
        assert_eq!(faults(text), (codes.to_vec(), fix), "{text:?}");
    }
}

#[test]
fn a_quoted_origin_is_reported_as_quoted_and_its_fix_has_no_quotes() {
    assert_faults(&[
        ("\"https://a.example\"", &["quoted"], Some("https://a.example")),
        ("'https://a.example:8443'", &["quoted"], Some("https://a.example:8443")),
        ("`https://a.example`", &["quoted"], Some("https://a.example")),
        ("<https://a.example>", &["quoted"], Some("https://a.example")),
        ("[https://a.example]", &["quoted"], Some("https://a.example")),
        ("https://a.example\"", &["quoted"], Some("https://a.example")),
        ("\u{201c}https://a.example\u{201d}", &["quoted"], Some("https://a.example")),
        ("\"*\"", &["quoted"], Some("*")),
        ("'null'", &["quoted"], Some("null")),
        ("\"http://[::1]:3000\"", &["quoted"], Some("http://[::1]:3000")),
        ("\"https://A.Example/\"", &["quoted", "upper-case", "trailing-slash"], Some("https://a.example")),
    ]);
}

#[test]
fn a_list_in_one_text_is_taken_apart_only_if_every_part_is_an_origin() {
    assert_faults(&[
        (
            "[\"https://a.example\",\"https://b.example\"]",
            &["several-origins"],
            Some("https://a.example, https://b.example"),
        ),
        ("https://a.example|https://b.example", &["several-origins"], Some("https://a.example, https://b.example")),
        ("(https://a.example|https://b.example)", &["several-origins"], Some("https://a.example, https://b.example")),
        ("https://a.example,\thttps://b.example,", &["several-origins"], Some("https://a.example, https://b.example")),
        ("https://{a,b}.example.com", &["several-origins"], None),
        ("http://localhost:3000,3001", &["several-origins"], None),
        ("- https://a.example", &["several-origins"], None),
        ("origin: https://a.example", &["several-origins"], None),
    ]);
    // A list may be longer than one origin.
    let list = vec!["https://app.example"; 40].join(",");
    let (codes, fix) = faults(&list);
    assert_eq!((codes, fix.map(|fix| fix.matches("https://app.example").count())), (vec!["several-origins"], Some(40)));
}

#[test]
fn a_regular_expression_is_reported_as_one_with_the_pattern_that_it_means() {
    assert_faults(&[
        (r"^https://.*\.example\.com$", &["regular-expression"], Some("https://*.example.com")),
        (r"/^https:\/\/.*\.example\.com$/", &["regular-expression"], Some("https://*.example.com")),
        (r"https://.*\.example\.com", &["regular-expression"], Some("https://*.example.com")),
        (r"^https?://app\.example\.com$", &["regular-expression"], Some("https://app.example.com")),
        (r"^https://[^.]+\.example\.com$", &["regular-expression"], Some("https://*.example.com")),
        (r"^https://pr-.*\.example\.com$", &["regular-expression"], Some("https://pr-*.example.com")),
        (r"^https://[a-z]+\.example\.com$", &["regular-expression"], None),
        (r"^https://(.+\.)?example\.com$", &["regular-expression"], None),
    ]);
}

#[test]
fn an_international_domain_is_fixed_by_its_xn_form_where_no_table_is_needed() {
    assert_faults(&[
        ("https://m\u{fc}nchen.example", &["non-ascii"], Some("https://xn--mnchen-3ya.example")),
        ("https://*.b\u{fc}cher.example:8443", &["non-ascii"], Some("https://*.xn--bcher-kva.example:8443")),
        ("\u{65e5}\u{672c}\u{8a9e}.example", &["scheme-missing", "non-ascii"], Some("https://xn--wgv71a119e.example")),
        ("https://\u{5d0}.example", &["non-ascii"], None),
    ]);
}

#[test]
fn invisible_characters_in_a_pattern_are_reported_as_blanks() {
    assert_faults(&[
        ("\u{feff}https://a.example", &["blank"], Some("https://a.example")),
        ("https://a.example\u{200b}", &["blank"], Some("https://a.example")),
        ("\u{a0}https://a.example\u{3000}", &["blank"], Some("https://a.example")),
        ("https://a.ex\u{200b}ample", &["blank"], None),
        (" null", &["blank"], Some("null")),
        ("* ", &["blank"], Some("*")),
    ]);
}

#[test]
fn a_word_or_a_url_without_a_host_is_not_fixed_into_a_host() {
    assert_faults(&[
        ("", &["empty"], None),
        (" \t", &["empty"], None),
        ("\"\"", &["empty"], None),
        ("all", &["keyword"], Some("*")),
        ("NULL", &["keyword"], Some("null")),
        ("'self'", &["keyword"], None),
        ("none", &["keyword"], None),
        ("true", &["keyword"], None),
        ("https", &["keyword"], None),
        ("about:blank", &["scheme-without-host"], None),
        ("data:text/html,x", &["scheme-without-host"], None),
        ("blob:https://a.example/0cf0c2c4", &["scheme-without-host"], Some("https://a.example")),
        ("mailto:a@b.example", &["scheme-without-host"], None),
        ("file:", &["scheme-file"], Some("file://")),
        ("file:/a/b", &["scheme-file"], Some("file://")),
        ("https://${HOST}", &["variable"], None),
        ("{{ origin }}", &["variable"], None),
    ]);
}

#[test]
fn a_wrong_scheme_is_fixed_and_the_host_is_kept() {
    assert_faults(&[
        ("https://https://a.example", &["scheme-repeated"], Some("https://a.example")),
        ("http://https://a.example:8443/", &["scheme-repeated"], Some("https://a.example:8443")),
        ("*://*.example.com/*", &["scheme-wildcard", "path"], Some("https://*.example.com")),
        ("http*://a.example", &["scheme-wildcard"], Some("https://a.example")),
        ("https:a.example", &["scheme-missing"], Some("https://a.example")),
        ("https:\\\\a.example", &["scheme-missing"], Some("https://a.example")),
        ("::1", &["scheme-missing", "ipv6-brackets"], Some("http://[::1]")),
    ]);
}

#[test]
fn a_wildcard_in_a_wrong_place_is_fixed_where_subdomains_or_ports_were_meant() {
    assert_faults(&[
        ("https://*example.com", &["wildcard-place"], Some("https://*.example.com")),
        ("https://**.example.com", &["wildcard-place"], Some("https://*.example.com")),
        ("https://*.*.example.com", &["wildcard-place"], Some("https://*.example.com")),
        ("https://.example.com", &["leading-dot"], Some("https://*.example.com")),
        (".example.com", &["scheme-missing", "leading-dot"], Some("https://*.example.com")),
        ("localhost*", &["scheme-missing", "wildcard-place"], Some("http://localhost:*")),
        ("https://sub.*.example.com", &["wildcard-place"], None),
        ("https://example.*", &["wildcard-place"], None),
        ("http://192.168.1.*", &["wildcard-address"], None),
        ("http://10.*", &["wildcard-address"], None),
        ("http://localhost:[3000-3010]", &["port-invalid"], None),
        // A fix never allows a whole shared suffix.
        ("https://*vercel.app", &["wildcard-place"], None),
        ("https://**.github.io", &["wildcard-place"], None),
    ]);
}

#[test]
fn an_error_or_a_refusal_with_a_long_value_is_short() {
    let long = "x".repeat(1 << 20);
    let config = PolicyConfig::new([long.clone(), format!("https://a.example,{long}")])
        .methods([format!("{long} ")])
        .rule(RuleConfig::new([format!("{long}\u{202e}")]).exposed_headers([format!("{long}@")]));
    let errors = config.build().unwrap_err();
    assert!(errors.iter().count() >= 5 && errors.to_string().len() < 1024 * errors.iter().count(), "{errors}");
    let policy = PolicyConfig::new(["https://a.example", "https://b.example"]).build().unwrap();
    let request = [("origin", long.as_bytes())];
    let decision = policy.decide("GET", fetch_cors::header::Headers::from_pairs(&request));
    assert!(decision.refusal().unwrap().to_string().len() < 1024);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_fix_of_a_decorated_origin_is_a_pattern(
        before in "[\"'(\\[<^ *./a-z]{0,3}",
        origin in prop::sample::select(vec!["https://app.example.com", "http://localhost:3000", "app.example.com:8080", "http://[::1]",
            "https://b\u{fc}cher.example", "https://*.example.com", "https://a-*.example.com:*", "moz-extension://*", "http://10.0.0.1"]),
        middle in "[,;| /?#:*.$]{0,2}",
        after in "[\"')\\]>$ */,;:0-9]{0,3}",
    ) {
        let text = format!("{before}{origin}{middle}{after}");
        if OriginPattern::new(&text).fault().is_some() {
            faults(&text);
        }
    }
}
