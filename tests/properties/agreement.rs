//! The crate agrees with the oracle.

use fetch_cors::{
    browser::{
        Profile,
        request::{DuplicateNames, HeadersGuard, RequestHeaders},
        safelist::{NotSafelisted, cors_safelisted_request_header, cors_unsafe_request_header_names},
    },
    header::{HeaderName, Headers},
    origin::Origin,
};
use proptest::{collection::vec, prelude::*};

use testkit::{
    generators,
    oracle::{self, Header},
};

/// The names as text. The generators make only tokens.
fn pairs(list: &[Header]) -> Vec<(&str, &[u8])> {
    list.iter().map(|(name, value)| (core::str::from_utf8(name).unwrap(), value.as_slice())).collect()
}

fn lines(name: &[u8], values: &[Vec<u8>]) -> Vec<Header> {
    values.iter().map(|value| (name.to_vec(), oracle::normalize(value))).collect()
}

fn safelisted(name: &str, value: &[u8]) -> Result<(), NotSafelisted> {
    cors_safelisted_request_header(HeaderName::new(name).unwrap(), value, &Profile::FETCH)
}

proptest! {
    #![proptest_config(crate::config(2048))]

    #[test]
    fn cors_safelisted_request_header_agrees_with_the_oracle(name in generators::name(), value in generators::value()) {
        let expected = oracle::is_cors_safelisted_request_header(name.as_bytes(), &value);
        prop_assert_eq!(safelisted(&name, &value).is_ok(), expected);
    }

    #[test]
    fn safelisted_headers_accept_the_values_that_the_oracle_accepts(name in generators::safelisted_name(), value in generators::value()) {
        let expected = oracle::is_cors_safelisted_request_header(name.as_bytes(), &value);
        prop_assert_eq!(safelisted(&name, &value).is_ok(), expected);
    }

    #[test]
    fn mime_type_essence_is_the_oracles(value in generators::content_type()) {
        let value = oracle::normalize(&value);
        let verdict = safelisted("content-type", &value);
        prop_assert_eq!(verdict.is_ok(), oracle::is_cors_safelisted_request_header(b"content-type", &value));
        let parsed = oracle::parse_a_mime_type(&value);
        match verdict {
            Ok(()) => prop_assert!(parsed.is_some()),
            Err(NotSafelisted::MimeType(_)) => prop_assert_eq!(parsed, None),
            Err(NotSafelisted::Essence { length }) => {
                prop_assert_eq!(parsed.map(|parsed| parsed.essence), Some(value[..length].to_ascii_lowercase()));
            }
            Err(NotSafelisted::Byte { .. } | NotSafelisted::ValueLength { .. }) => {}
            Err(other) => prop_assert!(false, "refused for {other:?}"),
        }
    }

    #[test]
    fn single_range_is_the_oracles(value in generators::range()) {
        let expected = oracle::is_cors_safelisted_request_header(b"range", &value);
        prop_assert_eq!(safelisted("Range", &value).is_ok(), expected);
    }

    #[test]
    fn cors_unsafe_request_header_names_are_the_oracles(list in generators::header_list()) {
        let pairs = pairs(&list);
        let headers = RequestHeaders::new(Headers::from_pairs(&pairs));
        let combined = oracle::combine(&list);
        for (doubles, list) in [(DuplicateNames::Append, &list), (DuplicateNames::Combine, &combined)] {
            let names = cors_unsafe_request_header_names(headers.with_duplicate_names(doubles), &Profile::FETCH);
            let expected = oracle::cors_unsafe_request_header_names(list);
            prop_assert_eq!(names.to_string().into_bytes(), expected.join(&b','));
            prop_assert_eq!(names.is_empty(), expected.is_empty());
        }
    }

    #[test]
    fn get_decode_and_split_is_the_oracles(
        values in vec(prop_oneof![generators::value(), generators::quoted_value()], 0..4)
    ) {
        let list = lines(b"X-A", &values);
        let pairs = pairs(&list);
        let value = Headers::from_pairs(&pairs).get(HeaderName::new("x-a").unwrap());
        let expected = oracle::get(b"x-a", &list);
        prop_assert_eq!(value.map(|value| value.bytes().collect::<Vec<u8>>()), expected.clone());
        let split = value.map(|value| value.get_decode_and_split().map(Vec::from_iter).collect::<Vec<_>>());
        prop_assert_eq!(split, expected.map(|value| oracle::get_decode_and_split(&value)));
    }

    #[test]
    fn extract_header_list_values_is_the_oracles(
        values in vec(prop_oneof![generators::value(), "[a-zA-Z, \t*-]{0,12}".prop_map(String::into_bytes)], 0..4)
    ) {
        let list = lines(b"Access-Control-Allow-Headers", &values);
        let pairs = pairs(&list);
        let extracted = Headers::from_pairs(&pairs).extract(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS);
        let bytes = |name: &str| name.as_bytes().to_vec();
        let extracted = match extracted {
            Ok(None) => None,
            Ok(Some(values)) => Some(Ok(values.iter().map(bytes).collect())),
            Err(_) => Some(Err(())),
        };
        prop_assert_eq!(extracted, oracle::extract_header_list_values(b"access-control-allow-headers", &list));
    }

    #[test]
    fn no_cors_guard_keeps_the_oracles_headers(list in generators::appended_headers()) {
        let pairs = pairs(&list);
        let headers = RequestHeaders::new(Headers::from_pairs(&pairs)).with_guard(HeadersGuard::RequestNoCors);
        let line = |name: &str, value: &[u8]| (name.as_bytes().to_vec(), value.to_vec());
        let kept: Vec<Header> = headers.iter().map(|header| line(header.name.as_str(), header.value)).collect();
        prop_assert_eq!(kept, oracle::append_all(&list));
    }

    #[test]
    fn forbidden_request_header_is_the_oracles(name in generators::name(), value in generators::value()) {
        let expected = oracle::is_forbidden_request_header(name.as_bytes(), &value);
        prop_assert_eq!(HeaderName::new(&name).unwrap().is_forbidden_request_header(&value), expected);
    }

    #[test]
    fn forbidden_method_overrides_are_the_oracles(value in "[ \t,\"\\\\]{0,2}([tT]race|TRACK|conneCT|GET|[ ,\"\\\\a]){0,4}") {
        let value = value.as_bytes();
        let expected = oracle::is_forbidden_request_header(b"X-HTTP-Method", value);
        prop_assert_eq!(HeaderName::new("x-http-method").unwrap().is_forbidden_request_header(value), expected);
    }

    #[test]
    fn origin_header_is_the_oracles(value in generators::origin()) {
        prop_assert_eq!(Origin::from_header(&value).is_ok(), oracle::is_origin_or_null(&value));
    }
}

/// The generators must reach both verdicts of each check, or agreement proves little.
#[test]
fn generators_reach_both_verdicts_of_each_check() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};

    fn share<T: core::fmt::Debug>(what: &str, strategy: impl Strategy<Value = T>, holds: impl Fn(&T) -> bool) {
        let mut runner = TestRunner::deterministic();
        let count = (0..1000).filter(|_| holds(&strategy.new_tree(&mut runner).unwrap().current())).count();
        assert!((20..980).contains(&count), "{what}: {count} of 1000");
    }

    share("origins", generators::origin(), |value| oracle::is_origin_or_null(value));
    share("IPv6 origins", generators::origin(), |value| value.contains(&b'[') && oracle::is_origin_or_null(value));
    share("ranges", generators::range(), |value| oracle::is_cors_safelisted_request_header(b"range", value));
    share("safelisted types", generators::content_type(), |value| {
        oracle::is_cors_safelisted_request_header(b"content-type", value)
    });
    share("types", generators::content_type(), |value| oracle::parse_a_mime_type(value).is_some());
    share("safe lists", generators::header_list(), |list| oracle::cors_unsafe_request_header_names(list).is_empty());
    share("lists above 1024", generators::header_list(), |list| {
        let safe = |header: &&Header| oracle::is_cors_safelisted_request_header(&header.0, &header.1);
        list.iter().filter(safe).map(|header| header.1.len()).sum::<usize>() > 1024
    });
    share("appended in full", generators::appended_headers(), |list| oracle::append_all(list).len() == list.len());
    share("appended twice", generators::appended_headers(), |list| oracle::append_all(list).len() >= 2);
    share("forbidden headers", (generators::name(), generators::value()), |(name, value)| {
        oracle::is_forbidden_request_header(name.as_bytes(), value)
    });
}
