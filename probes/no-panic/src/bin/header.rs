//! Header lists, names and values.
#![no_std]
#![no_main]
use core::hash::{Hash, Hasher};

use fetch_cors::{
    header::{HeaderName, HeaderValue, check_header_value},
    method::Method,
};
use no_panic::*;

struct Sum(u64);

impl Hasher for Sum {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= bytes.iter().fold(0, |sum, byte| sum ^ u64::from(*byte));
    }
}

fn value(value: HeaderValue<'static>) {
    keep(value.name());
    keep(value.single());
    keep_all(value.lines());
    keep_all(value.bytes());
    value.get_decode_and_split().for_each(keep_all);
    keep((value == *bytes(), value == *text()));
    let mut sum = Sum(0);
    value.hash(&mut sum);
    keep(sum.finish());
    keep(HeaderValue::eq(&value, &headers().get(value.name()).unwrap_or(value)));
}

program!({
    keep(check_header_value(bytes()));
    keep_all(headers());
    keep(headers() == headers());
    keep(HeaderName::try_from(bytes()));
    keep(Method::try_from(bytes()));
    if let Ok(name) = HeaderName::new(text()) {
        keep((name.as_str(), name == *text()));
        keep_all(name.lowercase().bytes());
        keep(name.matches(bytes()));
        keep(name.is_forbidden_request_header_name());
        keep(name.is_forbidden_request_header(bytes()));
        keep(name.is_forbidden_response_header_name());
        keep(name.is_cors_non_wildcard_request_header_name());
        keep(name.is_privileged_no_cors_request_header_name());
        keep(name.is_no_cors_safelisted_request_header_name());
        keep(name.is_cors_safelisted_response_header_name());
        keep(name.is_worth_exposing());
        keep(name.is_request_body_header_name());
        let mut sum = Sum(0);
        name.hash(&mut sum);
        keep(sum.finish());
        if let Ok(other) = HeaderName::new(text()) {
            keep((name == other, name.cmp(&other)));
        }
        keep(headers().contains(name));
        if let Some(found) = headers().get(name) {
            value(found);
        }
        keep(headers().extract_single(name));
        if let Ok(Some(list)) = headers().extract(name) {
            keep_all(list.iter());
            keep(list.contains(text()));
            keep(list.contains_name(name));
        }
    }
    if let Ok(method) = Method::new(text()) {
        keep((method.normalize(), method.is_cors_safelisted(), method.is_forbidden(), method.as_str()));
    }
});
