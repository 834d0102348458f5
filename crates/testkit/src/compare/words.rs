//! Single tokens, values and header lists.

use std::collections::BTreeSet;

use fetch_cors::{
    browser::{
        Profile,
        request::{DuplicateNames, HeadersGuard, RequestHeaders},
        safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names},
    },
    header::{HeaderName, Headers, check_header_value},
    method::Method,
};

use super::{Lines, from_the_wire, lowercase, names_in_lower_case, pairs};
use crate::oracle::{self, Header, header_name, header_value, method};

/// Compares `text` as a method and as a header name.
pub fn method_and_name(text: &str) {
    let found = Method::new(text).ok();
    assert_eq!(found.is_some(), method::is_method(text.as_bytes()), "is a method: {text:?}");
    if let Some(found) = found {
        assert_eq!(found.normalize().as_str(), method::normalize_method(text));
        assert_eq!(found.is_cors_safelisted(), method::is_cors_safelisted_method(text));
        assert_eq!(found.is_forbidden(), method::is_forbidden_method(text));
    }
    let name = HeaderName::new(text).ok();
    assert_eq!(name.is_some(), header_name::is_header_name(text.as_bytes()), "is a name: {text:?}");
    let Some(name) = name else { return };
    let classes = [
        ("cors-non-wildcard", name.is_cors_non_wildcard_request_header_name()),
        ("cors-safelisted-response", name.is_cors_safelisted_response_header_name()),
        ("forbidden-response", name.is_forbidden_response_header_name()),
        ("no-cors-safelisted", name.is_no_cors_safelisted_request_header_name()),
        ("privileged-no-cors", name.is_privileged_no_cors_request_header_name()),
        ("request-body", name.is_request_body_header_name()),
    ];
    let classes: Vec<&str> = classes.into_iter().filter(|class| class.1).map(|class| class.0).collect();
    assert_eq!(classes, header_name::classes(text));
}

/// Compares a value that a page sets.
pub fn header_value(value: &[u8]) {
    let pairs = [("x-a", value)];
    let normalized = RequestHeaders::new(Headers::from_pairs(&pairs)).iter().next().map(|header| header.value.to_vec());
    let normalized = normalized.expect("the list has one header");
    assert_eq!(normalized, oracle::normalize(value));
    assert_eq!(check_header_value(&normalized).is_ok(), header_value::is_header_value(&normalized));
}

/// Compares a header list of a response: "get", "get, decode, and split" and "extract", for each name.
pub fn header_list(lines: &Lines) {
    let (pairs, list) = (pairs(lines), from_the_wire(lines));
    let headers = Headers::from_pairs(&pairs);
    let names: BTreeSet<&str> = lines.iter().map(|line| &line.0[..]).collect();
    for text in names {
        let name = HeaderName::new(text).unwrap_or(HeaderName::VARY);
        let bytes = name.as_str().as_bytes();
        let value = headers.get(name);
        let expected = oracle::get(bytes, &list);
        assert_eq!(value.map(|value| value.bytes().collect::<Vec<u8>>()), expected);
        let split = value.map(|value| value.get_decode_and_split().map(Vec::from_iter).collect::<Vec<_>>());
        assert_eq!(split, expected.map(|value| oracle::get_decode_and_split(&value)));
        let extracted = headers.extract(name).map(|values| {
            values.map(|values| values.iter().map(|value| value.as_bytes().to_vec()).collect::<Vec<_>>())
        });
        assert_eq!(extracted.map_err(drop), oracle::extract_header_list_values(bytes, &list).transpose());
    }
}

/// Compares a header list that a page sets: the classes of its headers, the guards, and the unsafe names.
pub fn request_header_list(lines: &Lines) {
    let pairs = pairs(lines);
    let given: Vec<Header> =
        lines.iter().map(|(name, value)| (name.as_bytes().to_vec(), oracle::normalize(value))).collect();
    for (name, value) in lines {
        let Ok(header_name) = HeaderName::new(name) else { continue };
        let safelisted = cors_safelisted_request_header(header_name, value, &Profile::FETCH).is_ok();
        assert_eq!(safelisted, oracle::is_cors_safelisted_request_header(name.as_bytes(), value), "{name}: {value:?}");
        let forbidden = header_name.is_forbidden_request_header(value);
        assert_eq!(forbidden, oracle::is_forbidden_request_header(name.as_bytes(), value), "{name}: {value:?}");
    }
    let headers = RequestHeaders::new(Headers::from_pairs(&pairs));
    for (doubles, list) in [(DuplicateNames::Append, &given), (DuplicateNames::Combine, &oracle::combine(&given))] {
        let names = cors_unsafe_request_header_names(headers.with_duplicate_names(doubles), &Profile::FETCH);
        let expected = oracle::cors_unsafe_request_header_names(list);
        assert_eq!(names.to_string().into_bytes(), expected.join(&b','));
        assert_eq!(names.is_empty(), expected.is_empty());
    }
    let kept = lowercase(headers.with_guard(HeadersGuard::RequestNoCors));
    assert_eq!(kept, names_in_lower_case(&oracle::append_all(&given)));
}
