//! The checks on responses, and the headers that a script reads.

use fetch_cors::{
    browser::{
        Profile, Response, cors_check as crate_cors_check,
        cross_origin_resource_policy::{EmbedderPolicy, IncludesCredentials, cross_origin_resource_policy_check},
        filter::filter,
        preflight::{GrantedHeaderNames, GrantedMethods, check_preflight},
        redirect::parse_referrer_policy,
        request::HostIsSite,
        timing_allow::{TimingAllow, tao_check as crate_tao_check},
    },
    header::Headers,
    origin::Origin,
};

use super::{Lines, expect_step, from_the_wire, lowercase, names_in_lower_case, pairs, with_request};
use crate::oracle::{
    Header,
    cors_check::cors_check,
    cross_origin_resource_policy,
    filtered_response::filtered_headers,
    location::{location, parse_a_referrer_policy},
    preflight::{self, Grant},
    request::Request,
    timing_allow::tao_check,
};

pub const EMBEDDER_POLICIES: [(&str, EmbedderPolicy); 3] = [
    ("unsafe-none", EmbedderPolicy::UnsafeNone),
    ("require-corp", EmbedderPolicy::RequireCorp),
    ("credentialless", EmbedderPolicy::Credentialless),
];

/// Compares all checks on the response to a request.
pub fn response(asked: &Request, status: u16, lines: &Lines) {
    let (pairs, list) = (pairs(lines), from_the_wire(lines));
    let Ok(response) = Response::new(status, Headers::from_pairs(&pairs)) else {
        return assert!(!(100..=599).contains(&status), "{status} is a status");
    };
    with_request(asked, |request| {
        match (crate_cors_check(&request, &response, &Profile::FETCH), cors_check(asked, &list)) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(step)) => expect_step(&error, step),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
        let passed = crate_tao_check(&request, &response) == TimingAllow::Passed;
        assert_eq!(passed, tao_check(asked, &list), "TAO check");
        let filtered = filter(&request, &response, &Profile::FETCH);
        assert_eq!(lowercase(filtered.headers()), names_in_lower_case(&filtered_headers(asked, &list)));
        let found = fetch_cors::browser::redirect::location(&response, &Profile::FETCH);
        let expected = location(status, &list).transpose();
        assert_eq!(
            found.map_err(drop).map(|location| location.map(|value| value.bytes().collect::<Vec<u8>>())),
            expected
        );
        assert_eq!(parse_referrer_policy(&response).as_str(), parse_a_referrer_policy(&list));
    });
    resource_policy(asked, &response, &list);
}

fn resource_policy(asked: &Request, response: &Response<'_>, list: &[Header]) {
    let (origin, url_origin) = (&asked.origin, &asked.current_url().origin);
    let parse = |origin| Origin::parse(origin).expect("an origin");
    for (word, policy) in EMBEDDER_POLICIES {
        for (includes, credentials) in [(true, IncludesCredentials::Yes), (false, IncludesCredentials::No)] {
            let check = cross_origin_resource_policy_check;
            let found = check(parse(origin), policy, response, parse(url_origin), credentials, &HostIsSite);
            let check = cross_origin_resource_policy::cross_origin_resource_policy_check;
            assert_eq!(found.is_ok(), check(origin, word, list, url_origin, includes), "{word}");
        }
    }
}

/// Compares the check of the response to a preflight: the grant, or the step that fails.
pub fn preflight_response(asked: &Request, status: u16, lines: &Lines) {
    let (pairs, list) = (pairs(lines), from_the_wire(lines));
    let Ok(response) = Response::new(status, Headers::from_pairs(&pairs)) else { return };
    with_request(asked, |request| {
        match (
            check_preflight(&request, &response, &Profile::FETCH),
            preflight::preflight_response(asked, status, &list),
        ) {
            (Ok(grant), Ok(expected)) => assert_eq!(granted(&grant), expected),
            (Err(error), Err(step)) => expect_step(&error, step.strip_prefix("CORS check, ").unwrap_or(&step)),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    });
}

fn granted(grant: &fetch_cors::browser::preflight::PreflightGrant<'_>) -> Grant {
    Grant {
        methods: match grant.methods {
            GrantedMethods::None => None,
            methods => Some(methods.iter().map(|method| method.as_bytes().to_vec()).collect()),
        },
        header_names: match grant.header_names {
            GrantedHeaderNames::None => None,
            names => Some(names.iter().map(|name| name.as_str().as_bytes().to_vec()).collect()),
        },
        max_age: grant.max_age.seconds,
    }
}
