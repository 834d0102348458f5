//! The texts of mistakes in policies, and of refusals.

use fetch_cors::{
    header::Headers,
    server::{ConfigReason, Danger, Decision, Field, OriginPattern, Policy, PolicyConfig, RuleConfig},
};

fn one() -> PolicyConfig {
    PolicyConfig::new(["https://app.example"])
}

#[test]
fn each_config_error_has_its_code_text_and_fix() {
    let any = || PolicyConfig::new(["*"]);
    for (config, code, text) in [
        (
            PolicyConfig::new([""; 0]),
            "no-origin",
            "rule 0, `origins`, 0: a rule needs an origin (list an origin, or `*`; to allow nobody, use no policy: without its \
             headers browsers refuse every other origin)",
        ),
        (
            PolicyConfig::new(["https://app.example", "https://app.example/"]),
            "trailing-slash",
            "rule 0, `origins`, 1: `https://app.example/`: origin ends with a slash, at byte 19 (drop the trailing slash: \
             `https://app.example`)",
        ),
        (
            PolicyConfig::new(["null"]),
            "opaque-origin-not-spelled-out",
            "rule 0, `origins`, 0: `null`: any page can have the origin `null` (drop it, or spell out the danger \
             `opaque-origin` on it)",
        ),
        (
            PolicyConfig::new(["http://app.example"]).credentials(),
            "insecure-scheme-not-spelled-out",
            "rule 0, `origins`, 0: `http://app.example`: an insecure origin cannot be allowed together with credentials \
             (write `https`, or spell out the danger `insecure-scheme` on it)",
        ),
        (
            any().credentials(),
            "any-origin-not-spelled-out",
            "rule 0, `origins`, 0: `*`: any origin cannot be allowed together with credentials (list the origins, drop the \
             credentials, or spell out the danger `any-origin` on it)",
        ),
        (
            one().rule(RuleConfig::new(["https://b.example"]).methods(["PUT", ""])),
            "empty-element",
            "rule 1, `methods`, 1: a list has an empty element (drop the extra comma)",
        ),
        (
            one().methods(["PU\tT"]),
            "not-a-token",
            "rule 0, `methods`, 0: `PU\\tT`: a name is not a token, at byte 2 (write one name for each element, without blanks: `PU`, `T`)",
        ),
        (
            one().methods(["put"]),
            "method-case",
            "rule 0, `methods`, 0: `put`: pages send this method in upper case only (write it in upper case: `PUT`)",
        ),
        (
            PolicyConfig::new(["https://*.vercel.app"]).credentials(),
            "public-suffix-not-spelled-out",
            "rule 0, `origins`, 0: `https://*.vercel.app`: anyone can register a name under a public suffix (list the \
             origins, or spell out the danger `public-suffix` on it)",
        ),
        (
            PolicyConfig::new(["moz-extension://*"]).credentials(),
            "any-host-not-spelled-out",
            "rule 0, `origins`, 0: `moz-extension://*`: any host of a scheme cannot be allowed together with credentials \
             (list the origins, drop the credentials, or spell out the danger `any-host` on it)",
        ),
        (
            PolicyConfig::new(["file://"]),
            "file-origin-not-spelled-out",
            "rule 0, `origins`, 0: `file://`: any file that a user opens can have the origin `file://` (drop it, or spell \
             out the danger `file-origin` on it)",
        ),
        (
            one().methods(["TRACE"]),
            "forbidden-method",
            "rule 0, `methods`, 0: `TRACE`: no page may use the method (drop it: browsers never send it)",
        ),
        (
            one().request_headers(["Cookie"]),
            "forbidden-request-header",
            "rule 0, `request_headers`, 0: `Cookie`: no page may set the request header (drop it: browsers never send it)",
        ),
        (
            one().request_headers(["access-control-allow-origin"]),
            "cors-response-header",
            "rule 0, `request_headers`, 0: `access-control-allow-origin`: the header is one of a response, not of a request \
             (drop it: the policy's answer has it already)",
        ),
        (
            one().exposed_headers(["set-cookie"]),
            "forbidden-response-header",
            "rule 0, `exposed_headers`, 0: `set-cookie`: no page may read the response header (drop it: scripts never see it)",
        ),
        (
            one().exposed_headers(["origin"]),
            "cors-request-header",
            "rule 0, `exposed_headers`, 0: `origin`: the header is not on responses that pages read (drop it: scripts never \
             see it)",
        ),
        (
            one().exposed_headers(["*"]).credentials(),
            "wildcard-with-credentials",
            "rule 0, `exposed_headers`, 0: `*`: an exposed `*` is a literal where there are credentials (list the names, or \
             expose the response's own headers)",
        ),
        (
            one().preflight_status(302),
            "status-not-ok",
            "rule 0, `preflight_status`, 0: `302`: the status of an answer to a preflight must be 200 to 299 (write 204, or \
             200)",
        ),
        (
            one().refused_preflight_status(399),
            "status-not-final",
            "rule 0, `refused_preflight_status`, 0: `399`: the status of a refusal must be 200 to 299 or 400 to 599 (write \
             403)",
        ),
        (
            one().external_lookup().rule(RuleConfig::new(["https://b.example"]).external_lookup()),
            "second-external-lookup",
            "rule 1, `external_lookup`, 0: a policy has one external look-up at most (keep one of them, and answer for both rules)",
        ),
        (
            one()
                .external_lookup()
                .rule(RuleConfig::new(["*"]).external_lookup())
                .rule(RuleConfig::new(["https://c.example"])),
            "second-external-lookup",
            "rule 1, `external_lookup`, 0: a policy has one external look-up at most (keep one of them, and answer for both rules)",
        ),
    ] {
        let errors = config.build().unwrap_err();
        assert_eq!(errors.to_string(), text);
        let error = errors.iter().next().unwrap();
        assert_eq!((error.code(), error.reason.code()), (code, code));
        assert!(text.contains(&format!("({}", error.fix())), "{text}");
    }
}

#[test]
fn config_errors_are_one_a_line() {
    let errors = one().methods(["TRACE"]).preflight_status(0).build().unwrap_err();
    let text = "rule 0, `methods`, 0: `TRACE`: no page may use the method (drop it: browsers never send it)\nrule 0, \
                `preflight_status`, 0: `0`: the status of an answer to a preflight must be 200 to 299 (write 204, or 200)";
    assert_eq!(errors.to_string(), text);
}

#[test]
fn build_with_predicate_rejects_a_rule_that_is_missing_or_taken() {
    let error = |config: PolicyConfig, rule| {
        let errors = config.build_with_predicate(rule, Box::new(|_: &str| true)).unwrap_err();
        (errors.iter().next().unwrap().code(), errors.to_string())
    };
    let (code, text) = error(one(), 1);
    assert_eq!(code, "no-such-rule");
    assert_eq!(text, "rule 1, `predicate`, 0: the policy has no rule of this number (number the rules from 0)");
    let predicate = |_: &str| true;
    let patterns = [OriginPattern::new("https://app.example")];
    let rules = [fetch_cors::server::Rule::new(&patterns).predicate(&predicate)];
    let error = Policy::builder(&patterns).predicate(&predicate).rules(&rules).build().unwrap_err();
    let text = "rule 1, `predicate`, 0: a policy has one predicate at most (join the predicates in one)";
    assert_eq!((error.code(), &*error.to_string()), ("second-predicate", text));
}

#[test]
fn dangers_and_fields_have_stable_codes_and_names() {
    let codes = Danger::ALL.iter().map(|danger| danger.code()).collect::<Vec<_>>();
    assert_eq!(codes, ["opaque-origin", "insecure-scheme", "any-origin", "public-suffix", "any-host", "file-origin"]);
    let reason = ConfigReason::DangerNotSpelledOut(Danger::PublicSuffix);
    assert_eq!(reason.code(), "public-suffix-not-spelled-out");
    assert_eq!(reason.text(), "anyone can register a name under a public suffix");
    assert_eq!(reason.fix(), "list the origins, or spell out the danger `public-suffix` on it");
    for (field, name) in [
        (Field::Origins, "origins"),
        (Field::Methods, "methods"),
        (Field::RequestHeaders, "request_headers"),
        (Field::ExposedHeaders, "exposed_headers"),
        (Field::MaxAge, "max_age"),
        (Field::Predicate, "predicate"),
        (Field::ExternalLookup, "external_lookup"),
        (Field::PreflightStatus, "preflight_status"),
        (Field::RefusedPreflightStatus, "refused_preflight_status"),
        (Field::PrivateNetwork, "private_network"),
    ] {
        assert_eq!((field.name(), format!("{field:<26}|")), (name, format!("{name:<26}|")));
    }
}

#[test]
fn refusals_have_their_code_and_text() {
    let policy = one().rule(RuleConfig::new(["https://b.example"])).build().unwrap();
    let asking = one().external_lookup().build().unwrap();
    for (policy, lines, code, text) in [
        (
            &policy,
            &[("Origin", &b"https://c.example"[..])][..],
            "origin-not-allowed",
            "no rule allows the origin `https://c.example`",
        ),
        (&policy, &[("Origin", b"null")], "origin-opaque", "no rule allows the origin `null`"),
        (
            &policy,
            &[("Origin", b"https://a.example/\xFF")],
            "origin-malformed",
            "`https://a.example/\\xff`: origin has a path, a query or a fragment, at byte 17",
        ),
        (
            &policy,
            &[("Origin", b"https://app.example"), ("origin", b"null")],
            "origin-several",
            "the request has several `Origin` lines",
        ),
        (
            &asking,
            &[("Origin", b"https://c.example")],
            "origin-not-looked-up",
            "the origin `https://c.example` was not looked up",
        ),
    ] {
        let Decision::Handle(headers) = policy.decide("GET", Headers::from_pairs(lines)) else { panic!("{lines:?}") };
        let refusal = headers.refusal().unwrap();
        assert_eq!((refusal.code(), &*refusal.to_string()), (code, text));
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_wrong_value_in_json_is_reported_when_the_policy_is_built() {
    let config = serde_json::from_str::<PolicyConfig>("{\"origins\": 7}").unwrap();
    let text = "rule 0, `origins`, 0: `7`: the field has a list, or its one element (write the elements in brackets)";
    assert_eq!(config.build().unwrap_err().to_string(), text);
}
